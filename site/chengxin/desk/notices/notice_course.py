"""How far a notice has come: its stages in order, each with its day, and the deadlines that run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chengxin.core.clock import day_of
from chengxin.core.i18n import gettext as _
from chengxin.standing.sanctions.deadlines import SPANS, Practice, Unit, deadlines_of
from chengxin.standing.sanctions.labels import CLOCK, STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import ENDED, State
from chengxin.standing.sanctions.stages import may_be_heard
from chengxin.standing.sanctions.steps import course_of


@dataclass(frozen=True)
class Stage:
    """One stage of a notice's life; without a day it is still to come, or was left out."""

    title: str
    day: date | None = None
    note: str = ""
    now: bool = False


@dataclass(frozen=True)
class Running:
    """A deadline as the desk shows it."""

    label: str
    days: int
    day: date
    note: str


def stages_of(sanction: Sanction) -> list[Stage]:
    """Return the stages of a notice, with a mark on the one it stands in."""
    return list(_stages(sanction))


def running(sanction: Sanction, today: date, practice: Practice) -> list[Running]:
    """Return the deadlines that run, the nearest first."""
    return [
        Running(
            label=str(CLOCK[each.clock]),
            days=(each.due - today).days,
            day=each.due,
            note=" · ".join(filter(None, (_unit(SPANS[each.clock].unit), _doubt(each.provisional)))),
        )
        for each in deadlines_of(course_of(sanction), practice)
    ]


def _stages(sanction: Sanction) -> Iterator[Stage]:
    state = State(sanction.state)
    reviewed = day_of(sanction.reviewed_at) if sanction.reviewed_at else None
    yield Stage(_("Draft"), day_of(sanction.created_at), now=state is State.DRAFT)
    if sanction.urgent_reason:
        yield Stage(_("Published urgently"), sanction.published_on, sanction.urgent_reason)
    waits = state is State.LEGAL_REVIEW or course_of(sanction).awaits_review
    yield Stage(_("Legal review"), reviewed, now=waits)
    yield Stage(_("Prior notice"), sanction.told_on, now=state is State.PRIOR_NOTICE)
    yield _heard(sanction)
    yield Stage(_("Decision"), _decided_on(sanction), sanction.decision_no, now=state is State.DECIDED)
    note = _("with the notice on credit repair") if sanction.repair_notice else ""
    yield Stage(_("Service of the decision"), sanction.served_on, note, now=state is State.SERVED)
    yield Stage(_("Publication"), sanction.published_on, now=state is State.PUBLISHED)
    if state in ENDED or state in {State.ARCHIVED, State.REJECTED}:
        yield Stage(str(STATE[state]), sanction.ended_on, sanction.state_reason, now=True)


def _heard(sanction: Sanction) -> Stage:
    """Return what the agency said, or may still say."""
    now = sanction.state == State.HEARING
    if sanction.hearing_requested_on:
        return Stage(_("Hearing"), sanction.heard_on, sanction.hearing_outcome, now=now)
    note = _("may ask for a hearing") if may_be_heard(sanction.legal_kind, sanction.severity) else ""
    return Stage(_("Statement and defence"), sanction.replied_on, note)


def _decided_on(sanction: Sanction) -> date | None:
    return sanction.decision_date if sanction.decided else None


def _unit(unit: Unit) -> str:
    return _("counted in working days") if unit is Unit.WORKDAY else _("counted in calendar days")


def _doubt(provisional: bool) -> str:  # noqa: FBT001 (one fact)
    return _("provisional: next year's days off are not published yet") if provisional else ""
