"""Permits: the five endings, the moves between them, and what they add up to."""

from dataclasses import dataclass
from datetime import date

import pytest

from chengxin.agencies.rules import (
    ENDINGS,
    LicenceStatus,
    PermitStatus,
    licence_status,
    move_permit,
    shrinks_too_much,
    status_at,
)
from chengxin.core.errors import DomainError

TODAY = date(2026, 11, 20)


@dataclass
class Facts:
    """A permit as the rules see it."""

    status: str
    kind: str = "licence"
    status_on: date | None = None
    valid_to: date | None = None


def test_a_valid_permit_past_its_term_has_expired_before_anybody_wrote_it_down() -> None:
    assert status_at("valid", date(2026, 11, 20), TODAY) == PermitStatus.VALID
    assert status_at("valid", date(2026, 11, 19), TODAY) == PermitStatus.EXPIRED


def test_a_revoked_permit_stays_revoked_after_its_term() -> None:
    assert status_at("revoked", date(2020, 1, 1), TODAY) == PermitStatus.REVOKED


def test_an_unknown_status_is_never_valid() -> None:
    assert status_at("whatever", date(2030, 1, 1), TODAY) == PermitStatus.UNKNOWN
    assert licence_status([Facts("whatever")], TODAY) == LicenceStatus.UNKNOWN


def test_no_permit_is_said_as_such() -> None:
    assert licence_status([], TODAY) == LicenceStatus.NONE


def test_one_valid_licence_outweighs_old_ones() -> None:
    held = [Facts("deregistered"), Facts("valid", valid_to=date(2030, 1, 1)), Facts("expired")]
    assert licence_status(held, TODAY) == LicenceStatus.VALID


def test_a_revoked_licence_outweighs_a_valid_dispatch_licence() -> None:
    held = [Facts("valid", kind="dispatch_licence"), Facts("revoked")]
    assert licence_status(held, TODAY) == LicenceStatus.REVOKED


def test_of_ended_licences_the_latest_speaks() -> None:
    held = [Facts("revoked", status_on=date(2024, 1, 1)), Facts("deregistered", status_on=date(2025, 1, 1))]
    assert licence_status(held, TODAY) == LicenceStatus.DEREGISTERED


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_a_valid_permit_can_end_in_each_of_five_ways(ending: PermitStatus) -> None:
    assert move_permit("valid", ending) == ending


def test_the_five_endings_are_five_words() -> None:
    assert len(ENDINGS) == 5
    assert len({LicenceStatus(each) for each in ENDINGS}) == 5


def test_a_deregistered_permit_stays_so() -> None:
    with pytest.raises(DomainError, match="no other status"):
        move_permit("deregistered", PermitStatus.VALID)


def test_a_revoked_permit_is_never_valid_again() -> None:
    with pytest.raises(DomainError, match="deregistered"):
        move_permit("revoked", PermitStatus.VALID)


def test_a_list_may_lose_a_tenth_and_not_more() -> None:
    assert not shrinks_too_much(100, 90)
    assert shrinks_too_much(100, 89)
    assert not shrinks_too_much(0, 0)
