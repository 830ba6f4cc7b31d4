"""From a finding to the draft of a notice in one step; the original of what was written stays sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.changes import check_version
from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.web import installation, reading
from chengxin.desk import redacting
from chengxin.desk.auditing.read_log import may_read_now, purpose_page
from chengxin.desk.blueprint import bp
from chengxin.desk.case_reach import existing
from chengxin.desk.cases.candidates import candidates
from chengxin.desk.cases.complaints import address, overtaken
from chengxin.desk.cases.finding_form import FindingForm
from chengxin.desk.drafts import REMEDIES, practice
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.evidence import queries as evidence
from chengxin.evidence.labels import MEDIA
from chengxin.evidence.rules import Media
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, basis
from chengxin.standing.sanctions.kinds import usual_severity
from chengxin.standing.sanctions.labels import CATEGORY
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Category
from chengxin.standing.sanctions.wording import Wording
from chengxin.voices.complaints.matching import Match, match
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.queries import UPHELD
from chengxin.voices.complaints.rules import OPEN
from chengxin.voices.complaints.sealed import Opened, open_filed

MATCHED_HERE = "起草公告时对应到登记机构"


@dataclass(frozen=True)
class Ground:
    """What a draft grows out of."""

    case: Complaint
    opened: Opened
    found: Sequence[Agency]
    proofs: Mapping[str, str]

    def offer(self, form: FindingForm) -> FindingForm:
        """Offer in a form what this case has."""
        form.offer(self.opened.facts)
        form.offer_parties(self.found)
        form.offer_proofs(self.proofs)
        return form


@bp.get("/complaints/<int:case_id>/draft")
@needs(Right.DRAFT_NOTICES)
def finding_draft(case_id: int) -> ResponseReturnValue:
    """Show the draft as the finding would make it."""
    ground = _ground(case_id)
    if ground is None:
        return _asked_why(case_id)
    form = ground.offer(FindingForm(formdata=None))
    form.prefill(ground.case, ground.opened, ground.found)
    return _page(form, ground)


@bp.post("/complaints/<int:case_id>/draft")
@needs(Right.DRAFT_NOTICES)
@gives_back(FindingForm)
def draft_finding(case_id: int) -> ResponseReturnValue:
    """Make the draft, or only show what the masks make of the text."""
    ground = _ground(case_id)
    if ground is None:
        return _asked_why(case_id)
    form = ground.offer(FindingForm())
    if request.form.get("redact") == redacting.APPLY:
        form.apply(ground.opened.facts)
        return _page(form, ground)
    if not form.version.fits(ground.case.version):
        return overtaken(case_id)
    if not form.validate() or not form.is_clean(ground.opened.facts):
        return _page(form, ground), 422
    made = list[Sanction]()
    outcome = attempt(form, lambda session: made.append(_drafted(session, form, ground)))
    if outcome is Outcome.DONE:
        flash(_("The draft is kept. Read it again, complete it and hand it in for review."), "done")
        return redirect(url_for("desk.notice", notice_id=made[0].id), 303)
    return overtaken(case_id) if outcome is Outcome.LATE else (_page(form, ground), 422)


def _ground(case_id: int) -> Ground | None:
    """Open what was written, if it may be read now; only a finding against the agency grows into a notice."""
    officer, subject = current_account(), Subject("complaint", case_id)
    with reading() as session:
        case = existing(session, case_id, officer)
    if case.finding not in UPHELD:
        raise DomainError(N_("Only what was upheld, wholly or in part, can become a notice."))
    if not may_read_now(subject, is_open=case.state in OPEN):
        return None
    opened = open_filed(case, intake_keyring(installation().settings))
    with reading() as session:
        found = candidates(session, case.respondent, agency_id=case.agency_id)
        copies = evidence.redacted_of(session, subject)
    proofs = {str(each.id): f"{MEDIA[Media(each.media)]} {each.id} ({each.added_on})" for each in copies}
    return Ground(case, opened, found, proofs)


def _asked_why(case_id: int) -> str:
    heading = _("Draft a notice from this finding")
    return purpose_page(Subject("complaint", case_id), heading=heading, back_url=address(case_id))


def _page(form: FindingForm, ground: Ground) -> str:
    usual = {each: basis.readable(basis.usual_for(each)) for each in Category}
    return render_template(
        "desk/finding_draft.html",
        form=form,
        case=ground.case,
        found=ground.found,
        stretches=redacting.stretches(ground.opened.facts),
        usual=[(CATEGORY[each], articles) for each, articles in usual.items() if articles],
        back_url=address(ground.case.id),
    )


def _drafted(session: Session, form: FindingForm, ground: Ground) -> Sanction:
    case = existing(session, ground.case.id, current_account())
    check_version(case, form.version.data or 0)
    owner = form.party_of(session)
    if owner and case.agency_id is None:
        _match(session, case, owner)
    articles = basis.usual_for(form.category.data)
    wording = Wording(
        agency_id=owner.id if owner else None,
        party_name=owner.name if owner else case.respondent,
        party_uscc=(owner.uscc or "") if owner else "",
        region_code=owner.region_code if owner else case.region_code,
        notice_kind=form.notice_kind.data,
        legal_kind=form.legal_kind.data,
        severity=usual_severity(form.legal_kind.data),
        category=form.category.data,
        title=form.title.data or "",
        decision_no="",
        decision_date=clock.today(),
        decided=False,
        authority=installation().settings.authority,
        facts=form.public_text.data or "",
        evidence="\n".join(_references(form, case)),
        basis=basis.readable(articles),
        basis_articles=basis.kept(articles),
        remedies=REMEDIES,
        filed_on=case.accepted_on or clock.today(),
        complaint_id=case.id,
    )
    return actions.draft(session, actor=current_account().actor, wording=wording, practice=practice())


def _match(session: Session, case: Complaint, owner: Agency) -> None:
    """Let the case keep what the officer found out about it; the reason is read by those who read Chinese."""
    to = Match(owner.id, case.category, owner.region_code or case.region_code)
    seen: Seen = {
        "actor": current_account().actor,
        "case_id": case.id,
        "version": case.version,
        "reason": MATCHED_HERE,
    }
    match(session, to=to, **seen)


def _references(form: FindingForm, case: Complaint) -> list[str]:
    """Return one line for each redacted copy that goes along; notices are written in Chinese."""
    return [f"{case.case_no}证据{number}（脱敏件）" for number in form.proofs.data or ()]
