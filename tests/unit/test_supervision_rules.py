"""Marks, links and permit decisions: what may be entered, and what never."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.permits.rules import Change, Fact
from chengxin.core.errors import DomainError
from chengxin.standing.abnormal import rules as abnormal
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.lineage import rules as lineage
from chengxin.standing.lineage.labels import TIE
from chengxin.standing.lineage.rules import Tie
from chengxin.standing.permits import rules as permits

TODAY = date(2026, 11, 20)
TOMORROW = TODAY + timedelta(days=1)
NODES = st.integers(1, 8)


def test_every_cause_and_every_tie_has_words() -> None:
    assert set(CAUSE) == set(Cause)
    assert set(TIE) == set(Tie)


def test_a_mark_begins_today_or_earlier() -> None:
    abnormal.check_day(TODAY, TODAY)
    with pytest.raises(DomainError, match="after today"):
        abnormal.check_day(TOMORROW, TODAY)


def test_another_cause_is_described() -> None:
    abnormal.check_facts(Cause.IDLE, "")
    with pytest.raises(DomainError, match="Say what happened"):
        abnormal.check_facts(Cause.OTHER, " ")


def test_a_cause_marks_an_agency_once() -> None:
    with pytest.raises(DomainError, match="already"):
        abnormal.check_free(waiting=True)


def test_an_organisation_is_not_tied_to_itself() -> None:
    with pytest.raises(DomainError, match="to itself"):
        lineage.check_link(1, 1, [])


def test_two_are_tied_once() -> None:
    with pytest.raises(DomainError, match="tied already"):
        lineage.check_link(1, 2, [(1, 2)])


def test_a_circle_of_any_length_is_refused() -> None:
    with pytest.raises(DomainError, match="circle"):
        lineage.check_link(3, 1, [(1, 2), (2, 3)])
    lineage.check_link(1, 3, [(1, 2), (2, 3)])


@given(pairs=st.lists(st.tuples(NODES, NODES), max_size=30))
def test_links_taken_one_by_one_never_close_a_circle(pairs: list[tuple[int, int]]) -> None:
    taken: list[tuple[int, int]] = []
    for earlier, later in pairs:
        try:
            lineage.check_link(earlier, later, taken)
        except DomainError:
            continue
        taken.append((earlier, later))
    order: list[int] = []
    left = {node for pair in taken for node in pair}
    while left:
        free = [node for node in left if not any(late == node and soon in left for soon, late in taken)]
        assert free, taken
        order += free
        left -= set(free)
    assert len(order) == len(set(order))


@pytest.mark.parametrize(("document", "issuer"), [("", "江州市市场监督管理局"), ("准予变更通知书", " ")])
def test_a_link_names_its_document_and_who_issued_it(document: str, issuer: str) -> None:
    with pytest.raises(DomainError, match="Name the document"):
        lineage.check_source(document, issuer)


def test_a_link_is_not_of_tomorrow() -> None:
    with pytest.raises(DomainError, match="after today"):
        lineage.check_day(TOMORROW, TODAY)


@pytest.mark.parametrize("change", list(Change))
def test_only_revocation_and_suspension_take_two_persons(change: Change) -> None:
    assert permits.takes_two(change) is (change in {Change.REVOKED, Change.SUSPENDED})


@pytest.mark.parametrize("change", [Change.GRANTED, Change.EXPIRED])
def test_what_a_register_or_the_calendar_says_is_not_entered_by_hand(change: Change) -> None:
    with pytest.raises(DomainError, match="by hand"):
        permits.check_fact(change, "", "")


@pytest.mark.parametrize(("fact", "new"), [("", "职业中介"), ("colour", "red"), ("scope", " ")])
def test_a_change_says_what_changed_and_how(fact: str, new: str) -> None:
    with pytest.raises(DomainError, match="Say what changed"):
        permits.check_fact(Change.CHANGED, fact, new)


def test_a_renewal_is_about_the_last_day() -> None:
    assert permits.check_fact(Change.RENEWED, "", "2031-04-02") is Fact.VALID_TO
    assert permits.day_of(" 2031-04-02 ") == date(2031, 4, 2)
    with pytest.raises(DomainError, match="year-month-day"):
        permits.day_of("in five years")


@pytest.mark.parametrize(("on_day", "decided_on"), [(TOMORROW, TODAY), (TODAY, TOMORROW)])
def test_a_decision_is_entered_when_it_has_been_made_and_holds(on_day: date, decided_on: date) -> None:
    with pytest.raises(DomainError):
        permits.check_days(on_day=on_day, decided_on=decided_on, today=TODAY)
