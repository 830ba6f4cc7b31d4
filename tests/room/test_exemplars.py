"""Titles in the database: nominated, shortlisted within the places, awarded by a second person, taken back."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make, rounds
from tests.desk import Brake

from chengxin.core.errors import DomainError, NotAllowedError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing import titles
from chengxin.standing.exemplars import actions, queries
from chengxin.standing.exemplars import selection_queries as found
from chengxin.standing.exemplars.labels import holder_words, merit_words
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import State

TODAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def _monday(clock: Brake) -> Iterator[None]:
    with clock(rounds.MONDAY):
        yield


def verbs(session: Session, honour: Honour) -> list[str]:
    """Return what happened to a title, oldest first, with a star where the public saw it."""
    events = ledger.of_subject(session, Subject("honour", honour.id))
    return [each.verb.removeprefix("honour.") + "*" * bool(each.public_version) for each in events]


def test_a_nomination_is_seen_by_nobody_outside(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    made = rounds.nominated(session, first, rounds.opened(session, first), rounds.licensed(session))
    assert queries.by_year(session, 2026) == []
    assert queries.by_agency(session, made.agency_id) == []
    assert ledger.publication_version(session) == 0
    assert verbs(session, made) == ["nominated"]


def test_a_title_goes_from_nomination_to_award(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session), merit="退费平均两天")
    rounds.announced(session, first, batch, [made])
    with clock(rounds.OVER):
        rounds.awarded(session, second, batch)
    assert verbs(session, made) == ["nominated", "checked", "shortlisted", "announced*", "awarded*"]
    assert (made.decision_no, made.valid_until) == ("江人社发〔2026〕88号", date(2027, 12, 31))
    assert queries.by_year(session, 2026) == [made]
    assert titles.latest(session, today=TODAY) == [made]


def test_an_award_counts_for_the_standing_and_the_figures(session: Session) -> None:
    owner = rounds.licensed(session)
    made = make.honour(session, owner)
    assert queries.years(session) == {2026: 1}
    assert titles.counted_agencies(session, today=TODAY) == 1
    assert queries.by_agencies(session, [owner.id], today=TODAY) == {owner.id: [made]}
    assert ledger.publication_version(session) == 1


PERMITS: tuple[dict[str, Any], ...] = (
    {},
    {"valid_to": None},
    {"valid_to": date(2026, 11, 8)},
    {"kind": "filing"},
    {"kind": "filing", "status": "revoked", "status_on": date(2026, 1, 5)},
    {"status": "unknown"},
    {"status": "revoked", "status_on": date(2026, 1, 5)},
)


def test_the_figure_agrees_with_judging_every_holder_by_itself(session: Session) -> None:
    for status, permit, against in product(["active", "closed"], [*PERMITS, None], [False, True]):
        owner = make.agency(session, status=status)
        if permit is not None:
            make.permit(session, owner, **permit)
        if against:
            make.notice(session, agency_id=owner.id)
        make.honour(session, owner)
    held = queries.holders_in_force(session, today=TODAY)
    judged = titles.conflicts_of(session, held, today=TODAY)
    assert len(held) == 32
    assert titles.counted_agencies(session, today=TODAY) == len(held) - len(judged) == 3
    assert titles.outweighed_holders(session, today=TODAY) == judged


@pytest.mark.parametrize("kind", ["window", "person"])
def test_a_window_or_a_worker_does_not_make_its_agency_exemplary(session: Session, kind: str) -> None:
    owner = rounds.licensed(session)
    make.honour(session, owner, kind=kind, holder="一号窗口")
    assert queries.by_agencies(session, [owner.id], today=TODAY) == {owner.id: []}
    assert titles.latest(session, today=TODAY) == []
    assert titles.counted_agencies(session, today=TODAY) == 0


def test_the_shortlist_never_has_more_than_the_places(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first, agency_places=1)
    one = rounds.nominated(session, first, batch, rounds.licensed(session))
    other = rounds.nominated(session, first, batch, rounds.licensed(session, name="江州和光人才服务有限公司"))
    rounds.reviewed(session, first, batch, [one])
    actions.check(session, actor=first, **rounds.held(other))
    with pytest.raises(DomainError, match="All 1 places are taken"):
        actions.shortlist(session, actor=first, **rounds.held(other))
    actions.refuse(session, actor=first, reason="名额已满", **rounds.held(one))
    actions.shortlist(session, actor=first, **rounds.held(other))
    assert found.taken(session, batch.id)["agency"] == 1


def test_the_same_is_not_nominated_twice(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch, owner = rounds.opened(session, first), rounds.licensed(session)
    made = rounds.nominated(session, first, batch, owner)
    with pytest.raises(DomainError, match="already nominated"):
        rounds.nominated(session, first, batch, owner)
    actions.refuse(session, actor=first, reason="材料不全", **rounds.held(made))
    rounds.nominated(session, first, batch, owner)


def test_a_round_of_a_region_takes_agencies_of_that_region_only(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    make.region(session)
    make.region(session, code="990102", name="江北区", parent="990000")
    make.region(session, code="980000", name="河州市")
    batch = rounds.opened(session, first, region_code="990000")
    rounds.nominated(session, first, batch, rounds.licensed(session, region_code="990102"))
    with pytest.raises(DomainError, match="region"):
        rounds.nominated(session, first, batch, rounds.licensed(session, region_code="980000"))


def test_a_kind_without_places_is_not_nominated(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first, window_places=0)
    with pytest.raises(DomainError, match="no title of this kind"):
        rounds.nominated(session, first, batch, rounds.licensed(session), kind="window", holder="一号窗口")


def test_a_later_title_of_the_same_holder_is_a_renewal(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    owner = rounds.licensed(session)
    earlier = make.honour(session, owner, year=2025)
    made = rounds.nominated(session, first, rounds.opened(session, first), owner)
    assert made.renews_id == earlier.id


def test_a_title_is_taken_back_by_two_persons_with_a_reason_everybody_reads(session: Session) -> None:
    first, second = make.actors(session)
    made = make.honour(session, rounds.licensed(session))
    actions.propose_withdrawal(session, actor=first, reason="提供虚假材料", **rounds.held(made))
    assert queries.by_year(session, 2026) == [made]
    with pytest.raises(NotAllowedError):
        actions.withdraw(session, actor=first, **rounds.held(made))
    actions.withdraw(session, actor=second, **rounds.held(made))
    assert queries.by_year(session, 2026) == []
    assert queries.withdrawn(session, 2026) == [made]
    assert (made.state_reason, made.ended_on) == ("提供虚假材料", TODAY)
    assert titles.counted_agencies(session, today=TODAY) == 0
    assert verbs(session, made) == ["awarded*", "withdrawal_proposed", "withdrawn*"]


def test_a_proposed_withdrawal_can_be_turned_down_and_proposed_again(session: Session) -> None:
    first, second = make.actors(session)
    made = make.honour(session, rounds.licensed(session))
    actions.propose_withdrawal(session, actor=first, reason="有人反映", **rounds.held(made))
    actions.keep(session, actor=second, reason="查无实据", **rounds.held(made))
    assert made.withdrawal_by is None
    actions.propose_withdrawal(session, actor=second, reason="又有人反映", **rounds.held(made))
    assert made.state == State.AWARDED


def test_the_database_itself_refuses_one_person_alone(session: Session) -> None:
    made = make.honour(session, rounds.licensed(session))
    for column in ("nominated_by", "shortlisted_by"):
        alone = update(Honour).where(Honour.id == made.id).values({column: made.awarded_by})
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(alone)
    ended = update(Honour).where(Honour.id == made.id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(ended.values(withdrawal_by=made.awarded_by, ended_by=made.awarded_by))


def test_a_lost_race_writes_nothing(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    made = rounds.nominated(session, first, rounds.opened(session, first), rounds.licensed(session))
    seen = rounds.held(made)
    actions.check(session, actor=first, **seen)
    with pytest.raises(StaleError):
        actions.refuse(session, actor=first, reason="迟到", **seen)


def test_a_title_past_its_last_day_stays_on_its_year_but_counts_no_more(session: Session) -> None:
    owner = rounds.licensed(session)
    made = make.honour(session, owner, year=2024)
    assert queries.by_year(session, 2024) == [made]
    assert queries.by_agency(session, owner.id) == [made]
    assert queries.by_agencies(session, [owner.id], today=TODAY) == {owner.id: []}
    assert titles.counted_agencies(session, today=TODAY) == 0


def test_a_title_is_suspended_while_a_notice_is_in_force_and_returns_with_its_end(session: Session) -> None:
    owner = rounds.licensed(session)
    made = make.honour(session, owner)
    notice = make.notice(session, agency_id=owner.id)
    assert titles.counted_agencies(session, today=TODAY) == 0
    assert titles.latest(session, today=TODAY) == []
    assert list(titles.outweighed_holders(session, today=TODAY)) == [owner.id]
    assert queries.by_year(session, 2026) == [made]
    assert notice.max_until == date(2027, 10, 28)
    assert titles.counted_agencies(session, today=date(2027, 10, 29)) == 1


def test_a_person_who_takes_the_consent_back_is_erased_for_good(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    told: dict[str, Any] = {"merit": "秦小满从业十一年", "consent_on": TODAY, "kind": "person"}
    made = make.honour(session, rounds.licensed(session), holder="秦小满", **told)
    assert holder_words(made) == "秦小满"
    actions.erase_name(session, actor=first, **rounds.held(made))
    assert (made.holder, merit_words(made), made.consent_withdrawn_on) == ("", "", TODAY)
    assert verbs(session, made) == ["awarded*", "name_erased*"]
    events = ledger.of_subject(session, Subject("honour", made.id))
    assert not any("秦小满" in f"{each.old}{each.new}{each.reason}" for each in events)
    with pytest.raises(DomainError, match="erased"):
        actions.record_consent(session, actor=first, consent_on=TODAY, **rounds.held(made))


def test_a_consent_is_recorded_with_its_day_and_the_version_of_its_text(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch, owner = rounds.opened(session, first), rounds.licensed(session)
    made = rounds.nominated(session, first, batch, owner, kind="person", holder="秦小满")
    assert made.consent_text == ""
    actions.record_consent(session, actor=first, consent_on=date(2026, 11, 6), **rounds.held(made))
    assert (made.consent_on, made.consent_text) == (date(2026, 11, 6), "2026-1")
    assert verbs(session, made) == ["nominated", "consented"]
