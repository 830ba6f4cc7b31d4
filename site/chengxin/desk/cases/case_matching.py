"""Match a case to the register and correct its category and region, when who filed it guessed wrong."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core.forms import WRONG, ChengxinForm, KeptField, ListField, Long, LongTextField, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.case_reach import existing, is_theirs
from chengxin.desk.cases.candidates import candidates
from chengxin.desk.cases.complaints import address, overtaken
from chengxin.desk.cases.party_fields import NOT_LISTED, PartyFields
from chengxin.desk.guard import current_account, needs
from chengxin.desk.handling.case_forms import MOST_REASON
from chengxin.desk.queue.queue import asked_view
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.labels import CATEGORY
from chengxin.voices.complaints.matching import Match, match
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import is_counted

MOST_PLACES = 60


class MatchForm(PartyFields, ChengxinForm):
    """Whom the case is about, of what kind it is, and where it belongs when no agency says so."""

    category = ListField(_l("Category"), CATEGORY, message=WRONG)
    region = ListField(_l("Region"), {}, message=WRONG)
    reason = LongTextField(
        _l("Note for the record"),
        [Long(most=MOST_REASON, message=_l("Keep the note to 1,000 characters."))],
    )
    version = VersionField()
    view = KeptField()

    def prefill(self, case: Complaint, *, party: str, view: str) -> None:
        """Fill in how the case stands now; a sole likely agency is offered, not chosen."""
        self.party.data = party or None
        self.category.data, self.region.data = case.category, case.region_code or ""
        self.version.data, self.view.data = case.version, view


@bp.get("/complaints/<int:case_id>/match")
@needs(Right.DECIDE_CASES)
def case_match(case_id: int) -> ResponseReturnValue:
    """Show whom a case may be about."""
    case, form = _asked(case_id, fresh=True)
    return _page(case, form)


@bp.post("/complaints/<int:case_id>/match")
@needs(Right.DECIDE_CASES)
@gives_back(MatchForm)
def match_case(case_id: int) -> ResponseReturnValue:
    """Keep whom the case is about and of what kind it is."""
    case, form = _asked(case_id, fresh=False)
    if not form.version.fits(case.version):
        return overtaken(case_id)
    if not form.validate():
        return _page(case, form), 422
    outcome = attempt(form, lambda session: _match(session, case_id, form))
    if outcome is Outcome.REFUSED:
        return _page(case, form), 422
    if outcome is Outcome.LATE:
        return overtaken(case_id)
    flash(_("Case %(code)s: saved.", code=case.case_no), "done")
    with reading() as session:
        kept = queries.by_id(session, case_id)
    stays = kept is not None and is_theirs(current_account(), kept)
    return redirect(address(case_id) if stays else url_for("desk.home", view=asked_view().in_address), 303)


def _asked(case_id: int, *, fresh: bool) -> tuple[Complaint, MatchForm]:
    """Return a case with the form that offers the agencies its respondent may be."""
    with reading() as session:
        case = existing(session, case_id, current_account())
        found = candidates(session, case.respondent, agency_id=case.agency_id)
        places = _places(session, case)
    given: dict[str, Any] = {"formdata": None} if fresh else {}
    form = MatchForm(**given)
    form.offer_parties(found)
    form.region.offer({"": _("No region"), **places})
    if fresh:
        form.prefill(case, party=_chosen(case, found), view=str(asked_view()))
    return case, form


def _chosen(case: Complaint, found: Sequence[Agency]) -> str:
    """Return what stands chosen: the agency of the case, or that there is none when none is likely."""
    if not found:
        return NOT_LISTED
    return found[0].uid if case.agency_id else ""


def _places(session: Session, case: Complaint) -> dict[str, str]:
    held = regions.names(session, [case.region_code]) if case.region_code else {}
    return held | regions.with_agencies(session, most=MOST_PLACES)


def _page(case: Complaint, form: MatchForm) -> str:
    return render_template(
        "desk/case_match.html",
        case=case,
        form=form,
        is_counted=is_counted(case.state, case.finding),
        back_url=address(case.id),
    )


def _match(session: Session, case_id: int, form: MatchForm) -> None:
    """Take the region of the agency; without one it is the region that was chosen."""
    officer = current_account()
    existing(session, case_id, officer)
    owner = form.party_of(session)
    region = (owner.region_code if owner else None) or form.region.data or None
    to = Match(owner.id if owner else None, form.category.data, region)
    match(
        session,
        to=to,
        actor=officer.actor,
        case_id=case_id,
        version=form.version.data or 0,
        reason=form.reason.data or "",
    )
