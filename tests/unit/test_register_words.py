"""The words of published registers, read as what they say and never as more."""

from datetime import date

import pytest

from chengxin.agencies.rules import PermitKind, PermitStatus
from chengxin.agencies.vocabulary import (
    broader,
    kind_of,
    list_of,
    narrower,
    services_of,
    split_formerly,
    status_of,
    text_of,
)
from chengxin.core.days import day_in


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Valid License", PermitStatus.VALID),
        ("valid license - provisional", PermitStatus.VALID),
        ("Expired", PermitStatus.EXPIRED),
        ("Denied Renewal", PermitStatus.EXPIRED),
        ("Delisted", PermitStatus.DEREGISTERED),
        ("Ceased Operations", PermitStatus.DEREGISTERED),
        ("有效", PermitStatus.VALID),
        ("已注销", PermitStatus.DEREGISTERED),
        ("注销（企业申请）", PermitStatus.DEREGISTERED),
        ("吊销", PermitStatus.REVOKED),
        ("撤销", PermitStatus.RESCINDED),
        ("撤回", PermitStatus.WITHDRAWN),
        ("有效期届满", PermitStatus.EXPIRED),
        ("暂扣", PermitStatus.SUSPENDED),
    ],
)
def test_known_words_are_read(text: str, status: PermitStatus) -> None:
    assert status_of(text) == status


@pytest.mark.parametrize(
    "text", ["Cancelled", "无效", "not valid", "Preventive Suspension lifted", "待核实", ""]
)
def test_a_word_that_does_not_say_is_unknown(text: str) -> None:
    assert status_of(text) == PermitStatus.UNKNOWN


@pytest.mark.parametrize("text", ["-", "/", "无", "N/A", "null", "  ", "N.S. (Municipality Not Stated)"])
def test_placeholders_say_nothing(text: str) -> None:
    assert text_of(text) == ""


def test_lists_are_cut_at_every_usual_mark() -> None:
    assert list_of("甲公司; 乙公司；丙公司、甲公司\n丁公司") == ["甲公司", "乙公司", "丙公司", "丁公司"]


def test_a_service_named_as_the_law_does_becomes_its_code() -> None:
    assert services_of("高级人才寻访；劳务派遣") == ["executive_search", "dispatch"]


def test_a_service_in_words_of_the_source_keeps_them() -> None:
    assert services_of("猎头;网络招聘、灵活用工") == ["猎头", "网络招聘", "灵活用工"]


def test_a_narrower_service_counts_with_the_broader_one() -> None:
    assert [broader(each) for each in ("网络招聘", "Headhunting", "灵活用工")] == [
        "recruitment",
        "executive_search",
        "",
    ]
    assert "网络招聘" in narrower("recruitment")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "江州远帆人力资源有限公司（原江州远航职业介绍所）",
            ("江州远帆人力资源有限公司", "江州远航职业介绍所"),
        ),
        ("江州远帆人力(曾用名：江州小帆)", ("江州远帆人力", "江州小帆")),
        ("RIVER CITY STAFFING INC (FORMERLY RIVER STAFFING", ("RIVER CITY STAFFING INC", "RIVER STAFFING")),
        ("RIVER CITY STAFFING INC (FOR. RIVER `L.)", ("RIVER CITY STAFFING INC", "RIVER `L.")),
        ("江州人力（原州）有限公司", ("江州人力（原州）有限公司", "")),
        ("RIVER (RIVERINE) INCORPORATED", ("RIVER (RIVERINE) INCORPORATED", "")),
        ("(FORMERLY X)", ("(FORMERLY X)", "")),
    ],
)
def test_a_former_name_behind_the_name_is_taken_off(name: str, parts: tuple[str, str]) -> None:
    assert split_formerly(name) == parts


def test_the_kind_of_a_permit_is_read_from_its_word_or_its_number() -> None:
    assert kind_of("备案凭证") == PermitKind.FILING
    assert kind_of("劳务派遣经营许可证") == PermitKind.DISPATCH_LICENCE
    assert kind_of("", "江人服备字〔2026〕第0001号") == PermitKind.FILING
    assert kind_of("", "(江)人服证字〔2026〕第0001号") == PermitKind.LICENCE


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026/1/31",
        "2026.01.31",
        "20260131",
        "2026年1月31日",
        "２０２６-０１-３１",
        "2026-01-31T05:00:00.250Z",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text: str) -> None:
    assert day_in(text) == date(2026, 1, 31)


@pytest.mark.parametrize("text", ["长期", "9999-12-31", ""])
def test_a_term_without_end_has_no_last_day(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize("text", ["1901-01-01", "2026-02-30", "soon", "٢٠٢٦-٠١-٣١x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        day_in(text)
