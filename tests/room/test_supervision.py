"""Marks, links and permit decisions on both databases: two persons, one event a change, ends at once."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make

from chengxin.core import clock
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.abnormal import actions as abnormal
from chengxin.standing.abnormal import queries as marks
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.queries import Filters
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.confirming import queries as confirming
from chengxin.standing.confirming.rules import Act, State
from chengxin.standing.lineage import actions as lineage
from chengxin.standing.lineage import queries as links
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.lineage.rules import Tie

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> object:
    with clock.frozen(NOON):
        yield


def proposed(session: Session, actor: str, **values: Any) -> AbnormalMark:
    given = {"cause": Cause.UNREACHABLE, "set_on": TODAY, "agency_id": 0, **values}
    given["agency_id"] = given["agency_id"] or make.agency(session).id
    return abnormal.propose(session, actor=actor, **given)


def stepped(session: Session, mark: AbnormalMark, actor: str, act: Act, reason: str = "核实") -> AbnormalMark:
    return abnormal.step(session, actor=actor, mark_id=mark.id, version=mark.version, act=act, reason=reason)


def verbs(session: Session, kind: str, number: int) -> list[str]:
    return [each.verb.partition(".")[2] for each in ledger.of_subject(session, Subject(kind, number))]


def test_a_mark_is_public_from_its_second_person_to_its_removal(session: Session) -> None:
    first, second = make.actors(session)
    mark = proposed(session, first)
    ids = [mark.agency_id]
    assert marks.by_agencies(session, ids) == {mark.agency_id: []}
    stepped(session, mark, second, Act.CONFIRM)
    assert marks.by_agencies(session, ids) == {mark.agency_id: [mark]}
    stepped(session, mark, second, Act.PROPOSE_REMOVAL)
    assert marks.count_in_force(session, Filters()) == 1
    stepped(session, mark, first, Act.REMOVE)
    assert marks.in_force(session, Filters()) == []
    assert marks.by_agencies(session, ids) == {mark.agency_id: []}
    assert (mark.state, mark.ended_on, mark.end_reason) == (State.REMOVED, TODAY, "核实")
    told = verbs(session, "abnormal_mark", mark.id)
    assert told == ["proposed", "confirmed", "removal_proposed", "removed"]
    assert ledger.publication_version(session) == 2


def test_nobody_confirms_or_removes_alone(session: Session) -> None:
    first, second = make.actors(session)
    mark = proposed(session, first)
    with pytest.raises(NotAllowedError):
        stepped(session, mark, first, Act.CONFIRM)
    stepped(session, mark, second, Act.CONFIRM)
    stepped(session, mark, first, Act.PROPOSE_REMOVAL)
    with pytest.raises(NotAllowedError):
        stepped(session, mark, first, Act.REMOVE)
    assert mark.state == State.IN_FORCE


def test_a_removal_that_is_declined_leaves_the_mark_and_can_be_proposed_again(session: Session) -> None:
    first, second = make.actors(session)
    mark = stepped(session, proposed(session, first), second, Act.CONFIRM)
    stepped(session, mark, first, Act.PROPOSE_REMOVAL)
    with pytest.raises(DomainError, match="this step"):
        stepped(session, mark, first, Act.PROPOSE_REMOVAL)
    stepped(session, mark, second, Act.KEEP)
    assert (mark.state, mark.end_proposed_by, mark.end_reason) == (State.IN_FORCE, None, "")
    stepped(session, mark, second, Act.PROPOSE_REMOVAL)
    assert stepped(session, mark, first, Act.REMOVE).state == State.REMOVED


def test_a_declined_mark_is_never_public(session: Session) -> None:
    first, second = make.actors(session)
    mark = stepped(session, proposed(session, first), second, Act.DECLINE)
    with pytest.raises(DomainError):
        stepped(session, mark, second, Act.CONFIRM)
    assert ledger.publication_version(session) == 0


def test_the_slower_of_two_officers_is_told(session: Session) -> None:
    first, second = make.actors(session)
    mark = proposed(session, first)
    seen = mark.version
    stepped(session, mark, second, Act.CONFIRM)
    with pytest.raises(StaleError):
        abnormal.step(session, actor=second, mark_id=mark.id, version=seen, act=Act.DECLINE, reason="晚了")


def test_a_cause_marks_an_agency_once_at_a_time(session: Session) -> None:
    first, second = make.actors(session)
    mark = proposed(session, first)
    with pytest.raises(DomainError, match="already"):
        proposed(session, first, agency_id=mark.agency_id)
    proposed(session, first, agency_id=mark.agency_id, cause=Cause.IDLE)
    stepped(session, mark, second, Act.DECLINE)
    assert proposed(session, first, agency_id=mark.agency_id).state == State.PROPOSED


def test_marks_are_listed_by_cause_and_region(session: Session) -> None:
    first, second = make.actors(session)
    make.region(session, code="990000")
    make.region(session, code="990102", name="江北区", parent="990000")
    for cause, region in ((Cause.IDLE, "990102"), (Cause.UNREACHABLE, None)):
        owner = make.agency(session, region_code=region)
        stepped(session, proposed(session, first, cause=cause, agency_id=owner.id), second, Act.CONFIRM)
    assert len(marks.in_force(session, Filters())) == 2
    assert [each.cause for each in marks.in_force(session, Filters(region="990000"))] == ["idle"]
    assert marks.count_in_force(session, Filters(cause="idle")) == 1
    assert marks.counts_by_cause(session, Filters()) == {"idle": 1, "unreachable": 1}
    assert marks.counts_by_region(session) == {"990102": 1}
    assert confirming.counts_by_state(session, AbnormalMark)[State.IN_FORCE] == 2


def test_a_step_of_a_mark_that_is_not_there_is_told(session: Session) -> None:
    (actor,) = make.actors(session, count=1)
    with pytest.raises(NotFoundError):
        abnormal.step(session, actor=actor, mark_id=1, version=1, act=Act.CONFIRM)


@pytest.mark.parametrize("column", ["confirmed_by", "ended_by"])
def test_the_database_refuses_one_person_in_two_parts(session: Session, column: str) -> None:
    first, second = make.actors(session)
    mark = stepped(session, proposed(session, first), second, Act.CONFIRM)
    stepped(session, mark, first, Act.PROPOSE_REMOVAL)
    other = "proposed_by" if column == "confirmed_by" else "end_proposed_by"
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(f"UPDATE abnormal_mark SET {column} = {other}"))


def link(session: Session, actor: str, earlier: int, later: int, **values: Any) -> LineageLink:
    given = {
        "kind": Tie.SUCCESSION,
        "on_day": date(2025, 6, 3),
        "document": "准予变更登记通知书〔2025〕第118号",
        "issuer": "江州市市场监督管理局",
        **values,
    }
    return lineage.propose(session, actor=actor, earlier_id=earlier, later_id=later, **given)


def confirm(session: Session, made: LineageLink, actor: str, act: Act = Act.CONFIRM) -> LineageLink:
    return lineage.step(
        session, actor=actor, link_id=made.id, version=made.version, act=act, reason="登记有误"
    )


def test_a_link_shows_on_both_sides_until_it_is_removed(session: Session) -> None:
    first, second = make.actors(session)
    old, new = make.agency(session), make.agency(session)
    made = link(session, first, old.id, new.id)
    assert links.of_agency(session, old.id) == []
    confirm(session, made, second)
    assert links.of_agency(session, old.id) == links.of_agency(session, new.id) == [made]
    confirm(session, made, second, Act.PROPOSE_REMOVAL)
    confirm(session, made, first, Act.REMOVE)
    assert links.of_agency(session, old.id) == links.of_agency(session, new.id) == []
    link(session, first, old.id, new.id)


def test_circles_and_self_links_are_refused_also_while_only_proposed(session: Session) -> None:
    first, _second = make.actors(session)
    one, two, three = (make.agency(session).id for _ in range(3))
    link(session, first, one, two)
    link(session, first, two, three)
    for earlier, later in ((one, one), (three, one), (two, one), (one, two)):
        with pytest.raises(DomainError):
            link(session, first, earlier, later)


def test_a_link_is_confirmed_by_another_person_only(session: Session) -> None:
    first, _second = make.actors(session)
    made = link(session, first, make.agency(session).id, make.agency(session).id)
    with pytest.raises(NotAllowedError):
        confirm(session, made, first)


def test_the_database_refuses_a_link_to_itself(session: Session) -> None:
    first, _second = make.actors(session)
    link(session, first, make.agency(session).id, make.agency(session).id)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE lineage_link SET later_id = earlier_id"))
