"""The queue holds what an officer can act on now; the rest waits for others and is counted nowhere else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts.rules import Officer, Role
from chengxin.core import clock
from chengxin.core.sealing import Keyring
from chengxin.desk.queue import waiting
from chengxin.desk.queue.filtering import EVERYTHING, Chip, Filter, Stage
from chengxin.desk.queue.waiting import Place
from chengxin.standing.permits.models import PermitAct

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KEY = Keyring.generate().recipients
OTHERS = Filter(stage=Stage.OTHERS)


def officer(number: int, *roles: Role) -> Officer:
    return Officer(id=number, username=f"staff{number}", name="王建华", roles=frozenset(roles))


def account(actor: str) -> int:
    return int(actor.partition(":")[2])


def places(session: Session, who: Officer, view: Filter = EVERYTHING) -> list[Place]:
    found = list(waiting.page_of(session, view=view, officer=who, today=TODAY))
    counts = waiting.counts(session, parts=[view, EVERYTHING], officer=who, today=TODAY)
    assert counts.of_part[0] == len(found)
    assert counts.all == counts.of_part[1]
    return found


def kinds(session: Session, who: Officer, view: Filter = EVERYTHING) -> list[str]:
    return [place.kind for place in places(session, who, view)]


def test_a_notice_before_publication_is_a_publishers_and_not_its_authors(session: Session) -> None:
    author, reviewer = make.actors(session)
    other = make.actors(session, count=1)[0]
    with clock.frozen(NOON):
        make.served_notice(session, author=author, reviewer=reviewer)
    publisher = officer(account(other), Role.PUBLISHER)
    overdue = Filter(chip=Chip.OVERDUE)
    assert kinds(session, publisher) == kinds(session, publisher, overdue) == ["notice"]
    for who in (officer(account(author), Role.PUBLISHER), officer(account(other), Role.MODERATOR)):
        assert kinds(session, who) == kinds(session, who, overdue) == []
        assert kinds(session, who, OTHERS) == ["notice"]


def test_what_waits_for_others_is_never_next_and_still_found_by_its_words(session: Session) -> None:
    author, reviewer = make.actors(session)
    with clock.frozen(NOON):
        notice = make.served_notice(session, author=author, reviewer=reviewer)
    case = make.complaint(session, make.filing(KEY), accept_by=TODAY)
    moderator = officer(99, Role.MODERATOR)
    here = Place(TODAY, "complaint", case.id)
    found = [
        waiting.after(session, here, view=view, officer=moderator, today=TODAY)
        for view in (EVERYTHING, OTHERS)
    ]
    assert [each.kind if each else None for each in found] == [None, "notice"]
    words = Filter(words=notice.party_name)
    assert sorted(kinds(session, moderator, words)) == ["complaint", "notice"]
    assert waiting.after(session, here, view=words, officer=moderator, today=TODAY) is None


def test_a_permit_decision_is_for_a_second_person_with_the_right(session: Session) -> None:
    first, second = make.actors(session)
    owner = make.agency(session)
    permit = make.permit(session, owner)
    made = PermitAct(
        permit_id=permit.id,
        agency_id=owner.id,
        change="revoked",
        on_day=TODAY,
        decided_on=TODAY,
        decision_no="江人社撤〔2026〕1号",
        publish_by=TODAY - DAY,
        state="proposed",
        proposed_by=account(first),
        created_at=NOON,
    )
    session.add(made)
    session.flush()
    assert kinds(session, officer(account(second), Role.PUBLISHER)) == ["permit_act"]
    for who in (officer(account(first), Role.PUBLISHER), officer(account(second), Role.MODERATOR)):
        assert kinds(session, who) == []
        assert kinds(session, who, OTHERS) == ["permit_act"]


def test_a_review_is_not_for_whoever_gave_the_answer(session: Session) -> None:
    make.complaint(session, make.filing(KEY), state="review", answered_by=7, answer_by=TODAY)
    assert kinds(session, officer(8, Role.MODERATOR)) == ["complaint"]
    assert kinds(session, officer(7, Role.MODERATOR)) == []
    assert kinds(session, officer(7, Role.MODERATOR), OTHERS) == ["complaint"]


def test_an_extension_waits_for_those_who_decide_it_without_reading_cases(session: Session) -> None:
    make.complaint(session, make.filing(KEY), state="investigating", extension_asked_by=7, answer_by=TODAY)
    assert kinds(session, officer(8, Role.PUBLISHER)) == ["extension"]
    assert kinds(session, officer(8, Role.PUBLISHER, Role.MODERATOR)) == ["complaint"]
    assert kinds(session, officer(8, Role.LEGAL_REVIEWER)) == []


@pytest.mark.parametrize("stage", [Stage.HEARD, ""])
def test_news_of_an_ended_case_waits_until_it_was_seen(session: Session, stage: str) -> None:
    gone = make.complaint(session, make.filing(KEY), state="withdrawn", closed_on=TODAY, heard_at=NOON)
    seen = make.complaint(session, make.filing(KEY, nonce="two"), state="withdrawn", closed_on=TODAY)
    moderator = officer(8, Role.MODERATOR)
    assert places(session, moderator, Filter(stage=stage)) == [Place(date(9999, 12, 30), "heard", gone.id)]
    assert seen.heard_at is None


def test_a_new_message_puts_an_open_case_among_the_news(session: Session) -> None:
    told = make.complaint(session, make.filing(KEY), heard_at=NOON)
    make.complaint(session, make.filing(KEY, nonce="two"))
    found = places(session, officer(8, Role.MODERATOR), Filter(stage=Stage.HEARD))
    assert [(place.kind, place.id) for place in found] == [("complaint", told.id)]


def test_the_page_of_a_place_is_where_it_is_listed(session: Session) -> None:
    for number in range(70):
        make.complaint(session, make.filing(KEY, nonce=f"n{number}"), accept_by=TODAY + DAY * (number % 7))
    who = officer(8, Role.MODERATOR)
    for page in (1, 2, 3):
        for place in waiting.page_of(session, view=EVERYTHING, officer=who, today=TODAY, page=page):
            assert waiting.page_with(session, place, view=EVERYTHING, officer=who, today=TODAY) == page
