"""The standing of an agency follows from its records and from today, and from nothing else."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.agencies.rules import AgencyStatus, LicenceStatus
from chengxin.standing.rules import Standing, Verdict, standing_of, standing_of_notice
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, State

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Sanctioned:
    """A sanction as the rules see one."""

    notice_kind: str = NoticeKind.EXPOSURE
    legal_kind: str = LegalKind.FINE
    state: str = State.PUBLISHED
    decision_date: date = date(2026, 10, 28)
    max_until: date = date(2027, 10, 28)
    year: int | None = 2026
    number: int | None = 7
    title: str = "公告"
    summary: str = "收取押金"


@dataclass(frozen=True)
class Honoured:
    """A title as the rules see one."""

    state: str = "awarded"
    year: int = 2026
    valid_until: date | None = date(2027, 12, 31)


def judge(
    *sanctions: Sanctioned,
    honours: tuple[Honoured, ...] = (),
    licence: str = LicenceStatus.VALID,
    licence_since: date | None = None,
    agency_status: str = AgencyStatus.ACTIVE,
    today: date = TODAY,
) -> Verdict:
    return standing_of(
        sanctions=sanctions,
        honours=honours,
        licence=licence,
        licence_since=licence_since,
        agency_status=agency_status,
        today=today,
    )


def test_a_licensed_agency_without_records_is_registered() -> None:
    verdict = judge()
    assert verdict.standing is Standing.REGISTERED
    assert verdict.also == ()
    assert verdict.until is None


@pytest.mark.parametrize(
    "licence", [status for status in LicenceStatus if status not in {"valid", "revoked"}]
)
def test_without_a_valid_licence_nobody_is_registered(licence: str) -> None:
    assert judge(licence=licence).standing is Standing.UNVERIFIED


def test_a_closed_agency_is_not_registered() -> None:
    assert judge(agency_status=AgencyStatus.CLOSED).standing is Standing.UNVERIFIED


def test_a_title_in_force_makes_exemplary() -> None:
    verdict = judge(honours=(Honoured(),))
    assert (verdict.standing, verdict.year) == (Standing.EXEMPLARY, 2026)


def test_a_title_does_not_hide_a_missing_licence() -> None:
    verdict = judge(honours=(Honoured(),), licence=LicenceStatus.UNKNOWN)
    assert verdict.standing is Standing.UNVERIFIED
    assert [mark.standing for mark in verdict.also] == [Standing.EXEMPLARY]


@pytest.mark.parametrize("state", ["nominated", "declined", "withdrawn"])
def test_only_an_awarded_title_counts(state: str) -> None:
    assert judge(honours=(Honoured(state=state),)).standing is Standing.REGISTERED


def test_a_title_counts_until_its_last_day() -> None:
    honours = (Honoured(valid_until=TODAY),)
    assert judge(honours=honours).standing is Standing.EXEMPLARY
    assert judge(honours=honours, today=date(2026, 11, 23)).standing is Standing.REGISTERED


@pytest.mark.parametrize(
    ("notice", "legal", "standing"),
    [
        ("exposure", "fine", Standing.EXPOSED),
        ("yellow_card", "warning", Standing.YELLOW_CARD),
        ("serious_listing", "listing", Standing.SERIOUS_LISTING),
        ("licence_action", "licence_revocation", Standing.REVOKED),
        ("licence_action", "licence_suspension", Standing.EXPOSED),
        ("licence_action", "deregistration", Standing.EXPOSED),
    ],
)
def test_each_notice_gives_its_standing(notice: str, legal: str, standing: Standing) -> None:
    assert standing_of_notice(notice, legal) is standing


def test_the_heaviest_comes_first_and_the_rest_is_listed() -> None:
    card = Sanctioned(notice_kind="yellow_card", legal_kind="warning", number=8)
    verdict = judge(Sanctioned(), card, honours=(Honoured(),))
    assert [mark.standing for mark in verdict.marks] == [
        Standing.YELLOW_CARD,
        Standing.EXPOSED,
        Standing.EXEMPLARY,
    ]
    assert verdict.notice is not None
    assert (verdict.notice.year, verdict.notice.number) == (2026, 8)


def test_the_verdict_says_until_when_and_why() -> None:
    verdict = judge(Sanctioned())
    assert verdict.until == date(2027, 10, 28)
    assert verdict.notice is not None
    assert verdict.notice.reason == "收取押金"


def test_of_two_equal_marks_the_longer_one_comes_first() -> None:
    verdict = judge(Sanctioned(max_until=date(2027, 1, 1)), Sanctioned(max_until=date(2027, 6, 1)))
    assert verdict.until == date(2027, 6, 1)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_a_published_notice_counts(state: str) -> None:
    assert judge(Sanctioned(state=state)).standing is Standing.REGISTERED


def test_a_notice_counts_through_its_last_day_and_no_longer() -> None:
    ending = Sanctioned(max_until=TODAY)
    assert judge(ending).standing is Standing.EXPOSED
    assert judge(ending, today=date(2026, 11, 23)).standing is Standing.REGISTERED


def test_a_revocation_on_record_counts_without_a_notice() -> None:
    assert judge(licence=LicenceStatus.REVOKED).standing is Standing.REVOKED


def test_a_revocation_with_its_notice_is_told_once() -> None:
    notice = Sanctioned(notice_kind="licence_action", legal_kind="licence_revocation")
    verdict = judge(notice, licence=LicenceStatus.REVOKED, licence_since=date(2026, 10, 28))
    assert [mark.standing for mark in verdict.marks] == [Standing.REVOKED]
    assert verdict.notice is not None


def test_a_revocation_past_its_longest_term_is_only_a_missing_licence() -> None:
    verdict = judge(licence=LicenceStatus.REVOKED, licence_since=date(2023, 11, 21))
    assert verdict.standing is Standing.UNVERIFIED


def test_the_verdict_knows_how_long_it_holds() -> None:
    first = Sanctioned(notice_kind="yellow_card", max_until=date(2027, 6, 1))
    assert judge(first, Sanctioned(max_until=date(2027, 1, 1))).holds_until == date(2027, 1, 1)


SANCTIONS = st.builds(
    Sanctioned,
    notice_kind=st.sampled_from(NoticeKind),
    legal_kind=st.sampled_from(LegalKind),
    state=st.sampled_from(State),
    max_until=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
HONOURS = st.builds(Honoured, valid_until=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)))


@given(
    st.lists(SANCTIONS, max_size=6),
    st.lists(HONOURS, max_size=3),
    st.sampled_from(LicenceStatus),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
def test_marks_fall_in_weight_and_none_has_ended(
    sanctions: list[Sanctioned], honours: list[Honoured], licence: str, today: date
) -> None:
    verdict = judge(*sanctions, honours=tuple(honours), licence=licence, today=today)
    weights = [mark.standing.weight for mark in verdict.marks]
    assert weights == sorted(weights, reverse=True)
    assert all(mark.until is None or mark.until >= today for mark in verdict.marks)
    if licence != LicenceStatus.VALID:
        assert verdict.standing is not Standing.REGISTERED
