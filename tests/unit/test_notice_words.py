"""What the words of a notice may not say: data of persons, and the name of a party that is anonymised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import make

from chengxin.agencies import uscc
from chengxin.core.personal import Personal
from chengxin.standing.sanctions.basis import (
    Article,
    catalogue,
    kept,
    named_in,
    readable,
    rows_in,
    rows_of,
    written,
)
from chengxin.standing.sanctions.kinds import Category
from chengxin.standing.sanctions.masking import kinds_in, masked
from chengxin.standing.sanctions.naming import anonymised, telling_part

NAME, CODE = "江州捷聘人力资源有限公司", "91990000MA0000001X"
CITY = ("江州市",)


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [
        ("电话13900000000。", "电话139******00。", Personal.PHONE),
        ("拨打 139 0000 0000 联系", "拨打 139********00 联系", Personal.PHONE),
        ("tel:13900000000,QQ", "tel:139******00,QQ", Personal.PHONE),
        ("１３９００００００００", "１３９******００", Personal.PHONE),
        ("身份证11000019900101123X", "身份证110*************3X", Personal.IDENTITY),
        ("微信wx_zhaoyu88，后来", "微信wx_******88，后来", Personal.WECHAT),
        ("写信到 a.b@example.com", "写信到 a***@example.com", Personal.EMAIL),
    ],
)
def test_data_of_persons_is_masked(text: str, shown: str, kind: Personal) -> None:
    assert masked(text).text == shown
    assert masked(text).found == (kind,)


@pytest.mark.parametrize(
    "text",
    ["收取押金共4200元", CODE, "江人社罚〔2026〕9号", "2026年8月", "12333", "许可证号990000202600000017", ""],
)
def test_what_is_no_data_of_a_person_stays(text: str) -> None:
    assert masked(text).text == text
    assert masked(text).found == ()


@given(st.text(alphabet="0123456789Xx 电话：,-@.a", max_size=40))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text).text
    assert masked(once).text == once


@given(st.integers(10**9, 10**10 - 1))
def test_no_mobile_number_survives(rest: int) -> None:
    number = f"13{rest}"[:11]
    assert number not in masked(f"他的电话是{number}，请保密").text
    assert len(number) < uscc.LENGTH


def test_several_kinds_are_told_once_each() -> None:
    assert kinds_in("13900000000", "13900000001 a@b.cn") == [Personal.PHONE, Personal.EMAIL]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (NAME, "江州某人力资源有限公司"),
        ("江州市远帆人才服务有限公司", "江州市某人才服务有限公司"),
        ("江州鸿途职业介绍所", "江州某职业介绍所"),
        ("“招工到江州”微信群", "某机构"),
    ],
)
def test_an_anonymised_name_keeps_place_and_trade_only(name: str, shown: str) -> None:
    assert anonymised(name, CITY) == shown
    assert anonymised(shown, CITY) == shown


def test_the_telling_part_of_a_name_is_found() -> None:
    assert telling_part(NAME, CITY) == "捷聘"


def test_an_anonymised_wording_tells_nowhere_who_it_was() -> None:
    wording = make.wording(
        naming="anonymised",
        party_uscc=CODE,
        agency_id=7,
        facts=f"{NAME}（简称捷聘，{CODE}）收取押金。",
        summary="捷聘收取押金",
        evidence=f"{NAME}的收据3份",
    )
    values = wording.columns(CITY)
    public = {name: value for name, value in values.items() if not name.startswith("withheld_")}
    assert "捷聘" not in str(public)
    assert CODE not in str(public)
    assert (values["agency_id"], values["party_name"]) == (None, "江州某人力资源有限公司")
    assert (values["withheld_agency_id"], values["withheld_name"], values["withheld_uscc"]) == (7, NAME, CODE)


def test_a_full_wording_withholds_nothing() -> None:
    values = make.wording(party_uscc=CODE).columns(CITY)
    assert (values["party_name"], values["party_uscc"], values["withheld_name"]) == (NAME, CODE, "")


def test_a_wording_masks_what_it_keeps() -> None:
    values = make.wording(facts="联系人电话13900000000，收取押金。").columns()
    assert "13900000000" not in values["facts"]


def test_rows_of_a_basis_are_read_as_people_write_them() -> None:
    rows = rows_in(
        "《人力资源市场暂行条例》第四十三条\n就业促进法 第六十六条第一款\n\n《人力资源服务机构管理规定》"
    )
    assert rows == [
        Article("人力资源市场暂行条例", "第四十三条"),
        Article("就业促进法", "第六十六条第一款"),
        Article("人力资源服务机构管理规定", ""),
    ]
    assert rows_in(written(rows)) == rows
    assert rows_of(kept(rows)) == rows


def test_rows_are_found_in_a_sentence() -> None:
    told = "《人力资源市场暂行条例》第二十四条、第四十三条，《就业促进法》第六十六条第一款。"
    assert readable(named_in(told)) == (
        "《人力资源市场暂行条例》第二十四条、《人力资源市场暂行条例》第四十三条、《就业促进法》第六十六条第一款"
    )


def test_the_catalogue_knows_only_violations_of_the_platform() -> None:
    assert {each.category for each in catalogue()} < set(Category)
    assert len(catalogue()) > len({each.category for each in catalogue()})
