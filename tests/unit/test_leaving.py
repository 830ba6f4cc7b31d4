"""How an agency leaves the register, and which mergers there may be."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.leaving import Leaving, check_merger, check_reason, departure_of
from chengxin.agencies.rules import ENDINGS, AgencyStatus, PermitStatus
from chengxin.core.errors import DomainError

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Held:
    """A permit as the rules see it."""

    status: str = "valid"
    valid_to: date | None = date(2029, 4, 2)
    status_on: date | None = None
    kind: str = "licence"


def left(*permits: Held, **facts: object) -> Leaving | None:
    given = {"status": "active", "left_on": None, "merged": False, "today": TODAY, **facts}
    found = departure_of(permits=permits, **given)  # type: ignore[arg-type]
    return found.kind if found else None


def test_a_licensed_agency_has_not_left() -> None:
    assert left(Held()) is None


def test_an_agency_that_never_had_a_licence_has_not_left() -> None:
    assert left() is None
    assert left(Held(status="unknown")) is None


@pytest.mark.parametrize("status", sorted(ENDINGS - {PermitStatus.EXPIRED}))
def test_an_ended_licence_is_a_departure(status: str) -> None:
    assert left(Held(status=status, status_on=date(2026, 5, 1))) is Leaving.LICENCE_ENDED


def test_a_licence_past_its_term_has_ended_the_day_it_ran_out() -> None:
    found = departure_of(
        status="active",
        left_on=None,
        merged=False,
        permits=[Held(valid_to=date(2026, 3, 31))],
        today=TODAY,
    )
    assert found is not None
    assert (found.kind, found.on) == (Leaving.LICENCE_ENDED, date(2026, 3, 31))


def test_one_valid_licence_beside_an_ended_one_is_no_departure() -> None:
    assert left(Held(status="revoked"), Held()) is None


def test_closing_and_missing_from_the_list_are_told_apart() -> None:
    assert left(Held(), status="closed") is Leaving.CLOSED
    assert left(Held(), status="unlisted") is Leaving.UNLISTED
    assert left(Held(), status="closed", merged=True) is Leaving.MERGED


@given(st.sampled_from(AgencyStatus), st.booleans(), st.sampled_from(PermitStatus))
def test_a_valid_licence_in_business_is_the_only_way_to_be_listed(
    status: AgencyStatus,
    merged: bool,  # noqa: FBT001 (drawn by hypothesis)
    permit: PermitStatus,
) -> None:
    stays = not merged and status in {"active", "suspended", "abnormal"} and permit not in ENDINGS
    assert (left(Held(status=permit), status=status, merged=merged) is None) == stays


@pytest.mark.parametrize(
    ("old", "new", "old_into", "new_into"), [(1, 1, None, None), (1, 2, 3, None), (1, 2, None, 3)]
)
def test_a_forbidden_merger_is_refused(
    old: int, new: int, old_into: int | None, new_into: int | None
) -> None:
    with pytest.raises(DomainError):
        check_merger(old, new, old_into=old_into, new_into=new_into)


def test_a_merger_asks_for_a_reason() -> None:
    assert check_reason("  吸收合并，见核准通知 ") == "吸收合并，见核准通知"
    with pytest.raises(DomainError):
        check_reason("  ")
