"""Who can handle a case: the officers it can be handed to."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import gettext as _
from chengxin.desk.handling.case_forms import AssignForm
from chengxin.voices.complaints.models import Complaint

NOBODY = "0"


def assign_form(session: Session, case: Complaint, officer: Officer, *, view: str) -> AssignForm:
    """Return the form that hands out a case; who may hand nothing out can only give back what is theirs."""
    form = AssignForm(formdata=None, data={"version": case.version, "view": view})
    form.offer(choices(session, case, officer))
    return form


def choices(session: Session, case: Complaint, officer: Officer) -> Mapping[str, str]:
    """Return whom this officer can hand a case to, by account: nobody, themselves, or an officer of its region."""
    found = {NOBODY: _("Nobody")}
    if officer.may(Right.HAND_OUT_CASES) or case.assigned_to == officer.id:
        found[str(officer.id)] = officer.name
    if officer.may(Right.HAND_OUT_CASES):
        found |= {str(each.id): each.name for each in serving(session, [case.region_code])}
    return found


def serving(session: Session, regions: Collection[str | None]) -> list[Officer]:
    """Return the officers who decide cases of all of these regions, by name."""
    everybody = [accounts.officer(each) for each in accounts.everybody(session) if each.active]
    able = [each for each in everybody if each.may(Right.DECIDE_CASES) and all(map(each.covers, regions))]
    return sorted(able, key=lambda each: each.name)
