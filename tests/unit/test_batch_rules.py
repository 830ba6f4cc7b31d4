"""The moves of a batch and the checks before its approval."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.standing.batches.rules import (
    MOVES,
    WARNINGS,
    Act,
    Change,
    Check,
    Item,
    State,
    check_findings,
    check_label,
    check_second_person,
    findings,
    label_of,
    move,
)

TODAY = date(2026, 11, 20)
AUTHORITY = "江州市人力资源和社会保障局"


def item(number: int = 1, **values: object) -> Item:
    given: dict[str, object] = {
        "id": number,
        "name": f"江州{number}号人力资源有限公司",
        "key": f"江人社罚2026{number}号 exposure",
        "authority": AUTHORITY,
        "resolved": True,
        "served": True,
        "publishable": True,
        "max_until": date(2027, 10, 28),
        **values,
    }
    return Item(**given)  # type: ignore[arg-type]


def checks(*items: Item, change: Change | None = None, published: tuple[str, ...] = ()) -> list[Check]:
    found = findings(items, authority=AUTHORITY, published=published, change=change, today=TODAY)
    return [each.check for each in found]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_only_the_moves_of_the_table_are_taken(state: State, act: Act) -> None:
    if state in MOVES[act].sources:
        assert move(state, act, reason="核对无误") in State
    else:
        with pytest.raises(DomainError, match="cannot take this step"):
            move(state, act, reason="核对无误")


def test_what_is_published_or_given_up_never_moves_again() -> None:
    assert all(not {State.PUBLISHED, State.DISSOLVED} & rule.sources for rule in MOVES.values())


def test_only_a_batch_that_was_handed_in_is_published() -> None:
    assert MOVES[Act.PUBLISH].sources == {State.HANDED_IN}
    assert MOVES[Act.PUBLISH].second_person


@pytest.mark.parametrize("act", [Act.REFUSE, Act.RETURN, Act.PUBLISH, Act.DISSOLVE])
def test_an_act_with_consequences_asks_for_a_reason(act: Act) -> None:
    with pytest.raises(DomainError, match="reason"):
        move(State.HANDED_IN, act, reason=" ")


@given(st.lists(st.sampled_from(Act), max_size=40))
def test_no_walk_publishes_without_handing_in_first(acts: list[Act]) -> None:
    state, handed_in = State.ASSEMBLING, False
    for act in acts:
        if state not in MOVES[act].sources:
            continue
        if act is Act.PUBLISH:
            assert handed_in
        handed_in = (handed_in or act is Act.HAND_IN) and act is not Act.RETURN
        state = move(state, act, reason="核对无误")


@pytest.mark.parametrize("label", ["2026Q1", "2026Q4", "2026H1", "2026H2"])
def test_a_quarter_or_half_year_is_a_label(label: str) -> None:
    check_label(label)


@pytest.mark.parametrize("label", ["", "2026", "2026Q5", "2026Q0", "26Q1", "2026q1", "2026H3", "２０２６Q1"])
def test_anything_else_is_no_label(label: str) -> None:
    with pytest.raises(DomainError, match="2026Q1"):
        check_label(label)


@given(st.dates(date(2012, 1, 1), date(2098, 12, 31)))
def test_every_day_lies_in_a_quarter_that_is_a_label(day: date) -> None:
    check_label(label_of(day))
    assert label_of(day) == f"{day.year}Q{(day.month - 1) // 3 + 1}"


def test_a_batch_in_order_has_no_finding() -> None:
    assert checks(item(1), item(2)) == []


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"served": False}, Check.NOT_SERVED),
        ({"missing": ("basis",)}, Check.MISSING_FIELDS),
        ({"max_until": date(2026, 11, 19)}, Check.TERM_OVER),
        ({"publishable": False}, Check.INTERNAL),
        ({"resolved": False}, Check.PARTY_UNRESOLVED),
        ({"authority": "江北区人力资源和社会保障局"}, Check.OTHER_AUTHORITY),
        ({"flags": ("uscc_check",)}, Check.DOUBTFUL),
    ],
)
def test_each_fault_of_a_notice_is_found(values: dict[str, object], check: Check) -> None:
    assert checks(item(1), item(2, **values)) == [check]


def test_the_last_day_counts_in_full() -> None:
    assert checks(item(1, max_until=TODAY)) == []


def test_an_empty_batch_is_stopped() -> None:
    assert checks() == [Check.EMPTY]


def test_a_decision_that_stands_twice_is_found_in_both_places() -> None:
    assert checks(item(1, key="a"), item(2, key="a"), item(3)) == [Check.DUPLICATE, Check.DUPLICATE]
    assert checks(item(1, key="a"), published=("a",)) == [Check.DUPLICATE]


def test_decisions_without_a_number_are_not_taken_for_the_same() -> None:
    assert checks(item(1, key=""), item(2, key="")) == []


@pytest.mark.parametrize(
    ("before", "now", "large"),
    [(10, 12, False), (10, 16, True), (10, 4, True), (4, 1, False), (0, 40, False)],
)
def test_a_large_change_of_the_count_is_a_warning(before: int, now: int, *, large: bool) -> None:
    change = Change("2026Q3", before, now)
    assert (checks(item(1), change=change) == [Check.COUNT_CHANGED]) is large


def test_warnings_do_not_stop_a_batch_and_everything_else_does() -> None:
    warned = findings([item(1, resolved=False)], authority=AUTHORITY, published=(), change=None, today=TODAY)
    check_findings(warned)
    for check in set(Check) - WARNINGS - {Check.EMPTY, Check.DUPLICATE}:
        assert check in {Check.NOT_SERVED, Check.MISSING_FIELDS, Check.TERM_OVER, Check.INTERNAL}
    stopped = findings([item(1, served=False)], authority=AUTHORITY, published=(), change=None, today=TODAY)
    with pytest.raises(DomainError, match="stop this batch"):
        check_findings(stopped)


def test_what_stops_comes_before_what_warns() -> None:
    assert checks(item(1, resolved=False), item(2, served=False)) == [
        Check.NOT_SERVED,
        Check.PARTY_UNRESOLVED,
    ]


def test_no_first_person_approves() -> None:
    with pytest.raises(NotAllowedError):
        check_second_person("account:1", first_persons={"account:1"})
    check_second_person("account:2", first_persons={"account:1"})
