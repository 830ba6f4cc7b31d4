"""Data of persons is found however it is written; numbers of firms and documents stay."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.personal import Personal, find_personal, is_identity_number

FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
SPOKEN = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
SHAPES: dict[str, Callable[[str], str]] = {
    "plain": lambda digits: digits,
    "full width": lambda digits: digits.translate(FULL_WIDTH),
    "in characters": lambda digits: digits.translate(SPOKEN),
    "in formal characters": lambda digits: digits.translate(FORMAL),
    "with blanks": lambda digits: f"{digits[:3]} {digits[3:7]} {digits[7:]}",
    "with hyphens": lambda digits: f"{digits[:3]}-{digits[3:7]}-{digits[7:]}",
    "one by one": "、".join,
}


def kinds(text: str) -> list[tuple[str, Personal]]:
    return [(text[each.start : each.end], each.kind) for each in find_personal(text)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("number", ["13800138000", "19912345678", "14535601309"])
def test_a_phone_is_found_in_every_shape(shape: str, number: str) -> None:
    written = SHAPES[shape](number)
    assert kinds(f"请联系我{written}，谢谢") == [(written, Personal.PHONE)]


@pytest.mark.parametrize("before", ["+86", "86", "0086", "+86 "])
def test_a_phone_is_found_with_the_code_of_the_country(before: str) -> None:
    assert kinds(f"电话{before}13800138000。") == [(f"{before}13800138000", Personal.PHONE)]


@pytest.mark.parametrize("shape", ["plain", "full width", "in characters", "with blanks"])
@pytest.mark.parametrize("number", ["990000199001011236", "990000990101123"])
def test_what_begins_like_no_province_is_no_identity_number(shape: str, number: str) -> None:
    assert Personal.IDENTITY not in [kind for _, kind in kinds(f"号码{SHAPES[shape](number)}")]


@pytest.mark.parametrize("shape", ["plain", "full width", "with blanks", "with hyphens"])
@pytest.mark.parametrize("number", ["110000190001010009", "11000019000101000X", "11000019000101000x"])
def test_an_identity_number_is_found_also_with_a_wrong_check(shape: str, number: str) -> None:
    written = SHAPES[shape](number)
    assert kinds(f"本人身份证{written}，") == [(written, Personal.IDENTITY)]


def test_an_identity_number_of_the_old_kind_is_found() -> None:
    assert kinds("旧身份证110000620101001。") == [("110000620101001", Personal.IDENTITY)]


@pytest.mark.parametrize(
    "number", ["6222020200112233446", "6222 0202 0011 2233 446", "4111111111111111", "4111-1111-1111-1111"]
)
def test_a_bank_card_is_found(number: str) -> None:
    assert kinds(f"打到卡号{number}，") == [(number, Personal.BANK_CARD)]


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("邮箱zhao.yu+work@mail.example.org回复", "zhao.yu+work@mail.example.org", Personal.EMAIL),
        ("邮箱zhaoyu＠example．org", "zhaoyu＠example．org", Personal.EMAIL),
        ("微信wx_zhaoyu88，后来", "wx_zhaoyu88", Personal.WECHAT),
        ("加我微信号：zhaoyu-1988", "zhaoyu-1988", Personal.WECHAT),
        ("加VX zhaoyu1988", "zhaoyu1988", Personal.WECHAT),
        ("微信13800138000", "13800138000", Personal.WECHAT),
        ("QQ：1234567890", "1234567890", Personal.QQ),
        ("扣扣群是12 345 678", "12 345 678", Personal.QQ),
    ],
)
def test_an_account_is_found_by_what_stands_before_it(text: str, found: str, kind: Personal) -> None:
    assert kinds(text) == [(found, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码91990000MA0000000X",
        "单位信用代码 91990000MB1111111T",
        "（江）人服证字〔2019〕第0113800138000号",
        "江人社监罚字〔2022〕第295号",
        "订单号 20261122138001380005",
        "合同编号13800138000123",
        "2026年11月22日交了13800元",
        "拨打12333或者0999-12333",
        "工资3800元，押金1200元，共5000元",
        "一共一百三十八人，其中八人已退费",
        "2026-11-22 09:30 到 2026-11-23 18:00",
    ],
)
def test_what_names_no_person_stays(text: str) -> None:
    assert kinds(text) == []


def test_words_of_people_who_chat_stay() -> None:
    assert kinds("我在微信群里看到招工，加了微信以后被拉黑") == []


@given(st.text(max_size=300))
def test_nothing_is_found_twice_and_everything_has_its_place(text: str) -> None:
    found = find_personal(text)
    ends = [0, *(each.end for each in found)]
    assert all(before <= each.start < each.end for before, each in zip(ends, found, strict=False))
    assert not found or found[-1].end <= len(text)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(sorted(SHAPES)))
def test_every_phone_is_found_in_every_shape(number: str, shape: str) -> None:
    written = SHAPES[shape](number)
    assert kinds(f"我的手机{written}。") == [(written, Personal.PHONE)]


@pytest.mark.parametrize(
    "digits", ["", "1", "11000019001301000X", "110000190001320009", "1100001900010100099"]
)
def test_what_has_no_day_of_birth_is_no_identity_number(digits: str) -> None:
    assert not is_identity_number(digits)
