"""The words of penalty tables, read as what they say and never as more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.persons import columns_of, is_natural_person
from chengxin.agencies.vocabulary import text_of
from chengxin.core.days import day_in
from chengxin.standing.sanctions.penalties import (
    category_of,
    heaviest,
    lasts_until,
    legal_kinds_in,
    money,
    months_in,
    notice_kind_of,
)
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, term


@pytest.mark.parametrize(
    "cell", ["— —", "——", "－", "/", "\\", "无", "NULL", "null", " ", "", "--", "…", "N/A", "*"]
)
def test_a_mark_for_nothing_is_nothing(cell: str) -> None:
    assert text_of(cell) == ""


@pytest.mark.parametrize("text", ["2099-12-31", "2099/12/31", "２０９９年１２月３１日", "9999-12-31", "长期"])
def test_the_end_of_2099_is_no_end(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-28",
        "2026/10/28",
        "2026.10.28",
        "20261028",
        "2026年10月28日",
        "２０２６-１０-２８",
        "46323",
        "2026-10-28 00:00:00",
    ],
)
def test_a_day_is_read_in_each_shape(text: str) -> None:
    assert day_in(text) == date(2026, 10, 28)


@pytest.mark.parametrize("text", ["2026-13-01", "2026-02-30", "26-10-28", "soon", "99999", "4632"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        day_in(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("罚款", [LegalKind.FINE]),
        ("罚款;没收违法所得、没收非法财物", [LegalKind.FINE, LegalKind.CONFISCATION]),
        ("警告、罚款", [LegalKind.WARNING, LegalKind.FINE]),
        ("责令停产停业", [LegalKind.CLOSURE]),
        ("吊销许可证件", [LegalKind.LICENCE_REVOCATION]),
        ("行政拘留", []),
        ("其他", []),
    ],
)
def test_the_kinds_of_a_penalty_are_read(text: str, kinds: list[LegalKind]) -> None:
    assert legal_kinds_in(text) == kinds


def test_suspended_or_revoked_is_decided_by_the_decision_or_not_at_all() -> None:
    both = "暂扣或者吊销许可证"
    assert legal_kinds_in(both, "吊销人力资源服务许可证") == [LegalKind.LICENCE_REVOCATION]
    assert legal_kinds_in(both, "暂扣许可证三个月") == [LegalKind.LICENCE_SUSPENSION]
    assert legal_kinds_in(both, "") == []


def test_the_heaviest_kind_rules() -> None:
    assert heaviest([LegalKind.WARNING, LegalKind.FINE, LegalKind.CONFISCATION]) == LegalKind.CONFISCATION
    assert heaviest([LegalKind.FINE, LegalKind.LICENCE_REVOCATION]) == LegalKind.LICENCE_REVOCATION


def test_only_a_licence_that_was_touched_is_a_licence_action() -> None:
    actions = {kind for kind in LegalKind if notice_kind_of(kind) is NoticeKind.LICENCE_ACTION}
    assert actions == {LegalKind.LICENCE_REVOCATION, LegalKind.LICENCE_SUSPENSION, LegalKind.RESCISSION}


@pytest.mark.parametrize(
    ("texts", "category"),
    [
        (("发布虚假招聘信息", ""), "false_posting"),
        (("未经许可擅自从事职业中介活动", ""), "unlicensed"),
        (("", "向求职者收取押金300元"), "deposit"),
        (("", "拖欠12名劳动者工资"), "wage_arrears"),
        (("no_display", ""), "no_display"),
        (("别的", "别的"), "other"),
    ],
)
def test_the_conduct_is_read_from_type_and_facts(texts: tuple[str, ...], category: str) -> None:
    assert category_of(*texts) == category


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("1.5", "万元", "1.5万元"),
        ("２.000000", "万元", "2万元"),
        ("0.032", "万元", "0.032万元"),
        ("0", "万元", ""),
        ("0.000000", "万元", ""),
        ("510240.0", "元", "510,240元"),
        ("1,087,100", "元", "1,087,100元"),
        ("约三万元", "元", "约三万元"),
    ],
)
def test_an_amount_keeps_its_unit_and_a_zero_is_none(text: str, unit: str, said: str) -> None:
    assert money(text, unit) == said


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1 year", 12),
        ("3 years", 36),
        ("6 months", 6),
        ("两年", 24),
        ("6个月", 6),
        ("十年", 120),
        ("for good", 0),
    ],
)
def test_a_duration_is_read(text: str, months: int) -> None:
    assert months_in(text) == months


def test_an_end_comes_before_a_duration() -> None:
    start = date(2026, 1, 31)
    assert lasts_until(start, "1 month", "") == date(2026, 2, 28)
    assert lasts_until(start, "1 month", "2026-06-30") == date(2026, 6, 30)
    assert lasts_until(start, "", "") is None
    assert lasts_until(start, "", "2099-12-31") is None


@given(
    st.dates(date(2020, 1, 1), date(2026, 11, 20)),
    st.dates(date(2015, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["minor", "general", "serious"]),
)
def test_a_list_can_only_shorten_the_term_of_the_law(decided: date, listed: date, severity: str) -> None:
    law = term(decided, severity=severity, legal_kind="fine", notice_kind="exposure")
    kept = law.capped(listed)
    assert kept.max_until == min(law.max_until, listed)
    assert kept.min_until <= kept.max_until
    assert law.capped(None) == law


@pytest.mark.parametrize(
    ("given", "person"),
    [
        ({"subject": "自然人", "name": "王小明"}, True),
        ({"subject": "自然人", "name": "江州远帆人力资源有限公司"}, True),
        ({"subject": "法人及非法人组织", "name": "王小明"}, False),
        ({"name": "王小明"}, True),
        ({"name": "王小明", "code": "99010119900101****"}, True),
        ({"name": "阿依古丽·买买提"}, True),
        ({"name": "江州远帆人力资源有限公司", "person_number": "11010519491231002X"}, False),
        ({"name": "好运商行", "code": ""}, False),
        ({"name": "王小明", "code": "91990101MA0000001X"}, False),
    ],
)
def test_a_person_is_told_from_a_firm(given: dict[str, str], *, person: bool) -> None:
    asked = {"subject": "", "name": "", "code": "", "person_number": "", **given}
    assert is_natural_person(**asked) is person


def test_the_columns_of_persons_are_known_by_their_titles() -> None:
    header = (
        "行政相对人名称",
        "法定代表人身份证号",
        "自然人证件号码",
        "统一社会信用代码或证件号码",
        "处罚内容",
        "法定代表人证件类型",
    )
    assert columns_of(header) == [1, 2, 5]
