"""The words of a case page: the facts in rows, the details, the deadlines, the kinds of letters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.workdays import workdays_between
from chengxin.desk.cases.case_page import CasePage
from chengxin.desk.frame import public_file_url
from chengxin.standing.sanctions.kinds import Category as Violation
from chengxin.standing.sanctions.labels import CATEGORY as VIOLATION
from chengxin.voices.complaints import happening
from chengxin.voices.complaints.clocks import Clock, Unit
from chengxin.voices.complaints.happening import Age
from chengxin.voices.complaints.labels import (
    CATEGORY_SHORT,
    CLOCK,
    DISMISSAL,
    FINDING,
    MOVE,
    REFUSAL,
    SATISFACTION,
    TRACK,
)
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import MessageKind
from chengxin.voices.complaints.rules import (
    Category,
    Dismissal,
    Finding,
    Move,
    Refusal,
    Satisfaction,
    State,
    Track,
)
from chengxin.voices.contact.labels import CONTACT_SHORT
from chengxin.voices.contact.rules import ContactKind

Row = dict[str, Any]
LETTER: Mapping[str, str] = {
    MessageKind.ASKED: MOVE[Move.ASK],
    MessageKind.SUPPLIED: MOVE[Move.SUPPLY],
    MessageKind.ACCEPTED: MOVE[Move.ACCEPT],
    MessageKind.REFUSED: MOVE[Move.REFUSE],
    MessageKind.TRANSFERRED: MOVE[Move.TRANSFER],
    MessageKind.MERGED: MOVE[Move.MERGE],
    MessageKind.EXTENDED: MOVE[Move.EXTEND],
    MessageKind.SUSPENDED: MOVE[Move.SUSPEND],
    MessageKind.RESUMED: MOVE[Move.RESUME],
    MessageKind.DECIDED: MOVE[Move.DECIDE],
    MessageKind.REVIEW_ASKED: MOVE[Move.ASK_REVIEW],
    MessageKind.REVIEWED: MOVE[Move.ANSWER_REVIEW],
}
PROCEEDINGS: Mapping[str, str] = {
    "yes": _l("Yes, there already"),
    "no": _l("No"),
    "unknown": _l("They do not know"),
}


def about(page: CasePage) -> list[Row]:
    """Return the facts of a case as rows of label and value."""
    case, agency = page.case, page.file.agency if page.file else None
    rows: list[Row] = [
        {"label": _("Track"), "value": TRACK[Track(case.track)]},
        {"label": _("Written about"), "value": case.respondent, "lang": "zh-Hans"},
        {
            "label": _("In the register"),
            "value": agency.name if agency else "",
            "lang": "zh-Hans" if agency else "",
            "url": public_file_url(agency.uid) if agency else "",
        },
        {"label": _("Category"), "value": CATEGORY_SHORT[Category(case.category)]},
        {
            "label": _("Source"),
            "value": CONTACT_SHORT[ContactKind(case.contact_kind)],
            "note": _("It came in a surge: very many came at the same time.") if case.in_surge else "",
        },
        *_contact(page),
        {"label": _("Officer"), "value": page.owner, "lang": "zh-Hans" if page.owner else ""},
    ]
    return [*rows, *_came_of_it(case)]


def terms(page: CasePage) -> list[Row]:
    """Return the deadlines of a case as rows."""
    case = page.case
    count = workdays_between(case.received_on, page.today) if page.is_open else 0
    rows: list[Row] = [
        {
            "label": _("Received"),
            "value": day(case.received_on),
            "note": _("Today is working day %(n)s since.", n=count) if count > 0 else "",
        },
        {"label": _("Accept by"), "value": day(case.accept_by)},
        {"label": _("Answer by"), "value": day(case.answer_by), "note": _of_answer(case, page.today)},
        {"label": _("Set of terms"), "value": CLOCK[Clock(case.clock)]},
    ]
    if case.paused_on:
        rows.append({"label": _("Stands still since"), "value": day(case.paused_on)})
    if case.state == State.SUPPLEMENT and case.supplement_by:
        rows.append({"label": _("Their answer is due by"), "value": day(case.supplement_by)})
    if case.provisional:
        words = _("The official calendar of that year is not out yet: the dates may move by some days.")
        rows.append({"label": _("Provisional"), "value": words})
    return rows


def details(page: CasePage) -> list[Row]:
    """Return what the complainant added beside the facts, as rows; nothing when nothing was added."""
    told = page.opened.details if page.opened else None
    if not told:
        return []
    when = _("%(start)s to %(end)s", start=told.happened_from, end=told.happened_to)
    span = when if told.happened_from and told.happened_to else told.happened_from or told.happened_to
    rows = (
        (_("When it happened"), span),
        (_("Where it happened"), told.place),
        (_("Amount"), told.amount),
        (_("What they wish"), told.wish),
        (_("Arbitration or court"), str(PROCEEDINGS.get(told.proceedings, told.proceedings))),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def warnings(page: CasePage) -> list[str]:
    """Return what the officer should think of before deciding."""
    told = page.opened.details if page.opened else None
    found = []
    age = happening.age_of(told.happened_from, told.happened_to, page.case.received_on) if told else None
    if age is Age.ENDED:
        found.append(
            _("It ended more than two years before it was written: labour inspection may be out of time.")
        )
    if age is Age.BEGAN:
        found.append(
            _(
                "It began more than two years before it was written, with no end given: ask whether it goes on."
            )
        )
    if told and told.proceedings == "yes":
        found.append(_("They say that arbitration or a court has the matter: it may have to be refused."))
    return found


def _contact(page: CasePage) -> list[Row]:
    if not page.opened:
        return []
    parts = (page.opened.name, page.opened.phone, page.opened.email)
    value = " ".join(part for part in parts if part)
    return [{"label": _("Contact"), "value": value, "lang": "zh-Hans"}] if value else []


def _of_answer(case: Complaint, today: date) -> str:
    said = [_("Extended")] if case.extended else []
    if case.answer_unit == Unit.WORKDAY and case.answer_from < today:
        count = workdays_between(case.answer_from, today)
        said.append(_("working day %(n)s of %(all)s", n=count, all=case.answer_days))
    elif case.answer_from < today:
        said.append(_("day %(n)s of %(all)s", n=(today - case.answer_from).days, all=case.answer_days))
    return _(", ").join(said) if case.closed_on is None else ""


def _came_of_it(case: Complaint) -> list[Row]:
    rows: list[Row] = []
    if case.violation:
        rows.append({"label": _("Violation"), "value": VIOLATION[Violation(case.violation)]})
    if case.refusal:
        rows.append({"label": _("Ground of refusal"), "value": REFUSAL[Refusal(case.refusal)]})
    if case.dismissal:
        rows.append({"label": _("Why it was set aside"), "value": DISMISSAL[Dismissal(case.dismissal)]})
    if case.transferred_to:
        rows.append({"label": _("Handed to"), "value": case.transferred_to, "lang": "zh-Hans"})
    if case.finding:
        rows.append({"label": _("Finding"), "value": FINDING[Finding(case.finding)]})
    if case.satisfaction:
        rows.append({"label": _("Handling rated"), "value": SATISFACTION[Satisfaction(case.satisfaction)]})
    return rows
