"""A correction is proposed by one, put in force by a second, and the old words stay readable."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.corrections import actions, queries
from chengxin.standing.corrections.models import Correction
from chengxin.standing.corrections.rules import State
from chengxin.standing.sanctions import ends
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.revisions import words_of
from chengxin.standing.sanctions.rules import State as NoticeState
from chengxin.standing.sanctions.wording import Wording

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
FACTS = "2026年8月，该公司向7名求职者收取押金共420元。"


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def changed(notice: Sanction, **values: Any) -> Wording:
    return Wording(**{**words_of(notice), **values})


def proposed(session: Session, notice: Sanction, actor: str, **values: Any) -> Correction:
    return actions.propose(
        session,
        actor=actor,
        sanction_id=notice.id,
        version=notice.version,
        wording=changed(notice, **(values or {"facts": FACTS})),
        note="押金总额有误，已按决定书更正。",
    )


def seen(made: Correction) -> dict[str, Any]:
    return {"correction_id": made.id, "version": made.version}


def test_a_proposal_changes_nothing_in_public(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    before, version = notice.facts, ledger.publication_version(session)
    made = proposed(session, notice, first)
    assert (made.state, notice.facts) == (State.PROPOSED, before)
    assert ledger.publication_version(session) == version


def test_a_second_person_puts_it_in_force_and_both_wordings_are_kept(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    old = notice.facts
    made = proposed(session, notice, first)
    actions.confirm(session, actor=second, **seen(made))
    assert (made.state, notice.facts) == (State.CONFIRMED, FACTS)
    one, two = sanctions.revisions(session, notice.id)
    assert [json.loads(each.content)["facts"] for each in (one, two)] == [old, FACTS]
    assert (two.revision, two.published_on, two.note) == (2, TODAY, "押金总额有误，已按决定书更正。")
    assert "complaint" not in two.content


def test_who_proposed_cannot_confirm(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first)
    with pytest.raises(NotAllowedError):
        actions.confirm(session, actor=first, **seen(made))


def test_the_database_refuses_a_correction_by_one_person(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first)
    alone = update(Correction).where(Correction.id == made.id).values(confirmed_by=Correction.proposed_by)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(alone)


def test_a_new_severity_or_date_counts_the_term_again(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first, severity="serious", decision_date=date(2026, 9, 30))
    actions.confirm(session, actor=second, **seen(made))
    assert (notice.min_until, notice.max_until) == (date(2027, 9, 30), date(2029, 9, 30))


def test_a_correction_can_end_a_notice_whose_true_term_is_over(session: Session) -> None:
    notice, (first, second) = make.notice(session, decision_date=date(2026, 6, 1)), make.actors(session)
    made = proposed(session, notice, first, severity="minor")
    actions.confirm(session, actor=second, **seen(made))
    assert sanctions.published(session, today=TODAY) == []


def test_the_agency_a_notice_names_can_be_corrected(session: Session) -> None:
    wrong, right = make.agency(session), make.agency(session, name="江州捷聘人力资源有限公司")
    notice, (first, second) = make.notice(session, agency_id=wrong.id), make.actors(session)
    made = proposed(session, notice, first, agency_id=right.id, party_name=right.name)
    actions.confirm(session, actor=second, **seen(made))
    assert sanctions.by_agency(session, wrong.id, today=TODAY) == []
    assert [each.id for each in sanctions.by_agency(session, right.id, today=TODAY)] == [notice.id]
    told = ledger.of_subject(session, Subject("agency", wrong.id))
    assert [event.verb for event in told] == ["agency.notice_moved"]


def test_nothing_changed_is_no_correction(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    with pytest.raises(DomainError, match="Nothing is different"):
        proposed(session, notice, first, facts=notice.facts)


@pytest.mark.parametrize("note", ["", "  ", "说" * 201])
def test_readers_are_told_in_one_sentence_why(session: Session, note: str) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    with pytest.raises(DomainError, match="one sentence"):
        actions.propose(
            session,
            actor=first,
            sanction_id=notice.id,
            version=notice.version,
            wording=changed(notice, facts=FACTS),
            note=note,
        )


def test_a_second_proposal_waits_for_the_first(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    proposed(session, notice, first)
    with pytest.raises(DomainError, match="proposed already"):
        proposed(session, notice, second)


def test_an_incomplete_wording_is_refused(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    with pytest.raises(DomainError, match="not complete"):
        proposed(session, notice, first, facts="")


def test_a_decision_after_today_is_refused(session: Session) -> None:
    notice, (first, _second) = make.notice(session), make.actors(session)
    with pytest.raises(DomainError, match="after today"):
        proposed(session, notice, first, decision_date=date(2026, 11, 21))


def test_an_ended_notice_is_not_corrected(session: Session, clock: Brake) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first)
    with clock(datetime(2027, 10, 29, 4, 0, tzinfo=UTC)), pytest.raises(DomainError, match="public now"):
        actions.confirm(session, actor=second, **seen(made))


def test_a_declined_correction_leaves_the_notice_as_it_is(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    before = asdict(changed(notice))
    made = proposed(session, notice, first)
    with pytest.raises(DomainError, match="Give a reason"):
        actions.decline(session, actor=second, reason=" ", **seen(made))
    actions.decline(session, actor=second, reason="决定书就是四千二百元。", **seen(made))
    assert (made.state, words_of(notice)) == (State.DECLINED, before)
    with pytest.raises(DomainError, match="decided already"):
        actions.confirm(session, actor=second, **seen(made))


def test_an_end_proposed_meanwhile_does_not_lose_the_correction(session: Session) -> None:
    notice, (first, second) = make.notice(session, decision_date=date(2026, 6, 1)), make.actors(session)
    made = proposed(session, notice, first)
    held: Any = {"sanction_id": notice.id, "version": notice.version}
    ends.propose_end(session, actor=first, end=NoticeState.REPAIRED, reason="已整改", **held)
    actions.confirm(session, actor=second, **seen(made))
    assert notice.facts == FACTS


def test_words_that_changed_meanwhile_stop_a_correction(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first)
    notice.title = "另一个标题"
    session.flush()
    with pytest.raises(StaleError):
        actions.confirm(session, actor=second, **seen(made))


def test_a_correction_is_one_public_event(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    version = ledger.publication_version(session)
    actions.confirm(session, actor=second, **seen(proposed(session, notice, first)))
    assert ledger.publication_version(session) == version + 1
    last = ledger.of_subject(session, Subject("sanction", notice.id))[-1]
    assert (last.verb, last.public_version) == ("sanction.corrected", version + 1)
    assert FACTS not in f"{last.old}{last.new}{last.reason}"
    assert list(ledger.faults(session)) == []


def test_only_open_corrections_wait(session: Session) -> None:
    notice, (first, second) = make.notice(session), make.actors(session)
    made = proposed(session, notice, first)
    assert queries.open_of_sanction(session, notice.id) is made
    actions.decline(session, actor=second, reason="不改", **seen(made))
    assert queries.open_of_sanction(session, notice.id) is None


def test_an_unknown_correction_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.confirm(session, actor="account:1", correction_id=9, version=1)
