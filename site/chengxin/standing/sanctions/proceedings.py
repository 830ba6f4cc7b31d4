"""The proceedings between review and publication: prior notice, reply, hearing, decision, service."""

from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.standing.sanctions.deadlines import USUAL, Practice
from chengxin.standing.sanctions.hands import put_hand
from chengxin.standing.sanctions.masking import masked
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Act, Part, check_complete, move
from chengxin.standing.sanctions.stages import (
    check_decision,
    check_hearing,
    check_hearing_request,
    check_reply,
    check_served,
    check_told,
)
from chengxin.standing.sanctions.steps import by_version, course_of, step
from chengxin.standing.sanctions.terms import term
from chengxin.standing.sanctions.wording import NEEDED_OF_DECISION, wording_of


def tell(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Note when the agency was told the facts, the basis and its right to be heard (事先告知)."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.TELL, reason=reason)
    check_told(course_of(sanction), day, clock.today())
    return step(session, sanction, Act.TELL, actor=actor, reason=reason, practice=practice, told_on=day)


def note_reply(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    statement: str,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Keep what the agency says in its own words (陈述申辩); whoever writes it down becomes an author."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.REPLY, reason=reason)
    check_reply(course_of(sanction), day, clock.today())
    check_complete({"statement": statement}, ("statement",))
    put_hand(session, sanction, actor=actor, part=Part.AUTHOR)
    return step(
        session,
        sanction,
        Act.REPLY,
        actor=actor,
        reason=reason,
        practice=practice,
        replied_on=day,
        agency_statement=_published(session, sanction, statement),
    )


def request_hearing(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Note that the agency asked for a hearing (听证) in time."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.REQUEST_HEARING, reason=reason)
    check_hearing_request(course_of(sanction), day, clock.today())
    return step(
        session,
        sanction,
        Act.REQUEST_HEARING,
        actor=actor,
        reason=reason,
        practice=practice,
        hearing_requested_on=day,
    )


def hold_hearing(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    outcome: str,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Note when the hearing was held and what came of it."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.HOLD_HEARING, reason=reason)
    check_hearing(course_of(sanction), day, clock.today())
    check_complete({"outcome": outcome}, ("outcome",))
    return step(
        session,
        sanction,
        Act.HOLD_HEARING,
        actor=actor,
        reason=reason,
        practice=practice,
        heard_on=day,
        hearing_outcome=outcome.strip(),
    )


def decide(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    decision_no: str,
    measures: str,
    amount: str = "",
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Note the decision after the agency had its say; whoever writes it down becomes an author."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.DECIDE, reason=reason)
    check_decision(course_of(sanction), day, clock.today())
    check_complete({"decision_no": decision_no}, NEEDED_OF_DECISION)
    put_hand(session, sanction, actor=actor, part=Part.AUTHOR)
    kinds = {"legal_kind": sanction.legal_kind, "notice_kind": sanction.notice_kind}
    span = term(day, severity=sanction.severity, **kinds).capped(sanction.listed_until)
    return step(
        session,
        sanction,
        Act.DECIDE,
        actor=actor,
        reason=reason,
        practice=practice,
        decided=True,
        decision_date=day,
        decision_no=decision_no.strip(),
        measures=_published(session, sanction, measures),
        amount=amount.strip(),
        min_until=span.min_until,
        max_until=span.max_until,
    )


def serve(
    session: Session,
    *,
    actor: str,
    sanction_id: int,
    version: int,
    day: date,
    with_repair_notice: bool,
    reason: str,
    practice: Practice = USUAL,
) -> Sanction:
    """Note when the decision was served, with the notice on credit repair beside it (两书同达)."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.SERVE, reason=reason)
    check_served(course_of(sanction), day, with_repair_notice=with_repair_notice, today=clock.today())
    return step(
        session,
        sanction,
        Act.SERVE,
        actor=actor,
        reason=reason,
        practice=practice,
        served_on=day,
        repair_notice=with_repair_notice,
    )


def _published(session: Session, sanction: Sanction, text: str) -> str:
    """Return words as the public may read them: without data of persons, without a withheld name."""
    places = regions.names_down_to(session, sanction.region_code)
    return wording_of(sanction).withheld_in(masked(text.strip()).text, places)
