"""The words of a case page: what each move means, and the facts in rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.workdays import workdays_between
from chengxin.desk.case_page import CasePage
from chengxin.desk.frame import public_file_url
from chengxin.voices.complaints.labels import CATEGORY_SHORT, CONTACT_SHORT, FINDING, REFUSAL
from chengxin.voices.complaints.rules import Category, ContactKind, Finding, Move, Refusal

HINTS: Mapping[Move, str] = {
    Move.ASK: _l("Needs a message that says what is missing. The clock stands still until they answer."),
    Move.ACCEPT: _l("The case is taken on. A message is welcome, not required."),
    Move.REFUSE: _l("Needs a ground and a message that says what else can be done."),
    Move.TRANSFER: _l("Needs a message that names the authority which has the case now."),
    Move.INVESTIGATE: _l("The investigation starts; the deadline stays."),
    Move.DECIDE: _l("Needs a finding and an answer. The case is closed with it."),
    Move.DISCARD: _l("Only for spam or abuse; needs a note for the record."),
}


def about(page: CasePage, today: date) -> list[dict[str, Any]]:
    """Return the facts of a case as rows of label and value."""
    case, opened, agency = page.case, page.opened, page.agency
    rows: list[dict[str, Any]] = [
        {"label": _("Written about"), "value": case.respondent},
        {
            "label": _("In the register"),
            "value": agency.name if agency else "",
            "url": public_file_url(agency.uid) if agency else "",
        },
        {"label": _("Category"), "value": CATEGORY_SHORT[Category(case.category)]},
        {"label": _("Source"), "value": CONTACT_SHORT[ContactKind(case.contact_kind)]},
    ]
    if opened and (opened.name or opened.phone):
        rows.append({"label": _("Contact"), "value": f"{opened.name} {opened.phone}".strip()})
    rows += [
        {"label": _("Received"), "value": day(case.received_on), "note": _workday(case.received_on, today)},
        {"label": _("Accept by"), "value": day(case.accept_by)},
        {"label": _("Answer by"), "value": day(case.answer_by)},
        {"label": _("Officer"), "value": page.owner},
    ]
    if case.refusal:
        rows.append({"label": _("Ground of refusal"), "value": REFUSAL[Refusal(case.refusal)]})
    if case.finding:
        rows.append({"label": _("Finding"), "value": FINDING[Finding(case.finding)]})
    return rows


def _workday(received: date, today: date) -> str:
    count = workdays_between(received, today)
    return _("Today is working day %(n)s since.", n=count) if count > 0 else ""
