"""Add evidence to a case with its receipt; without one a file is only looked at, and nothing is stored."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.limits import minutes_to_wait
from chengxin.core.proofs import Proof
from chengxin.core.web import installation, reading, writing
from chengxin.evidence import labels
from chengxin.evidence.forms import ACCEPTED, EvidenceForm
from chengxin.evidence.rules import MOST_AT_ONCE, MOST_BYTES, MOST_PER_CASE
from chengxin.ledger.rules import Subject
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking.track_gate import by_receipt
from chengxin.portal.voices import sending
from chengxin.portal.voices.received_files import Received, receive, status_of_all
from chengxin.voices.complaints import letters, pauses, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import OPEN, State

LIMIT = "60/10 minutes"
MOST_OF_A_REQUEST = MOST_AT_ONCE * MOST_BYTES + (14 << 20)  # so that most of what is too large can be told so
SENT_AS_FILES = "要求补充的材料已作为文件发送，见证据。"  # the staff read Chinese, whatever page it came from
TAKES_EVIDENCE = OPEN | {State.MERGED}


@bp.get("/track/evidence")
def evidence() -> ResponseReturnValue:
    """Ask for files, and for the receipt of the case they belong to."""
    return _asked(EvidenceForm(formdata=None))


@bp.post("/track/evidence")
def evidence_posted() -> ResponseReturnValue:
    """Look at the files, and keep them if the receipt opens a case."""
    request.max_content_length = MOST_OF_A_REQUEST
    try:
        form = EvidenceForm()
    except RequestEntityTooLarge:
        return _asked(EvidenceForm(formdata=None), status=413, trouble=_far_too_large())
    if not form.validate():
        return _asked(form, status=form.refused_with, trouble=form.token_trouble)
    wait = _wait()
    if wait:
        return _asked(form, status=429, trouble=wait)
    if not 1 <= len(form.chosen) <= MOST_AT_ONCE:
        form.files.errors = [_("Choose up to %(n)s files.", n=MOST_AT_ONCE)]
        return _asked(form, status=422)
    return _kept(form) if form.receipt.data else _looked_at(form)


def _looked_at(form: EvidenceForm) -> ResponseReturnValue:
    """Look at the files of somebody who typed no receipt, and store nothing."""
    try:
        return _received(form, None)
    except Exception as error:  # noqa: BLE001 (whatever broke, the form comes back)
        return _asked(form, status=sending.status_of(error), trouble=_not_stored())


def _kept(form: EvidenceForm) -> ResponseReturnValue:
    """Keep the files with the case that the receipt opens."""

    def opens(proof: Proof) -> ResponseReturnValue | None:
        with reading() as session:
            case = queries.by_receipt(session, proof)
        return _received(form, case) if case else None

    def again(status: int, trouble: str) -> ResponseReturnValue:
        return _asked(form, status=status, trouble=trouble)

    return by_receipt(form.receipt.data or "", opens, again, broken=_not_stored)


def _received(form: EvidenceForm, case: Complaint | None) -> ResponseReturnValue:
    """Receive the files and say of each what came of it."""
    if case and case.state not in TAKES_EVIDENCE:
        form.receipt.errors = [
            _("This case is closed and takes no more files. File a new one if something is new.")
        ]
        return _asked(form, status=422)
    subject = Subject("complaint", case.id) if case else None
    received = [receive(file, subject) for file in form.chosen]
    status = status_of_all(received)
    if status != 200:  # noqa: PLR2004 (nothing of it was taken)
        form.files.errors = [each.problem for each in received]
        return _asked(form, status=status, received=received)
    whole = bool(form.complete.data) and not any(each.problem for each in received)
    return _done(received, was=case, now=_heard(case.id, whole=whole) if case else None)


def _heard(case_id: int, *, whole: bool) -> Complaint | None:
    """Let the staff know of the files; those that are all that was asked for are the answer, and the case goes on."""
    with writing() as session:
        letters.hear_files(session, case_id=case_id)
        case = queries.by_id(session, case_id)
        if case is None or not whole or case.state != State.SUPPLEMENT:
            return case
        seen: Seen = {"actor": "public", "case_id": case.id, "version": case.version}
        key = intake_recipients(installation().settings)
        return pauses.supply(session, text=SENT_AS_FILES, intake_key=key, **seen)


def _asked(
    form: EvidenceForm, *, status: int = 200, trouble: str = "", received: Sequence[Received] = ()
) -> ResponseReturnValue:
    page = render_template(
        "portal/evidence.html",
        form=form,
        trouble=trouble,
        received=received if len(received) > 1 else (),
        accepted=ACCEPTED,
        most_in_case=MOST_PER_CASE,
    )
    return page, status


def _done(
    received: Sequence[Received], *, was: Complaint | None, now: Complaint | None
) -> ResponseReturnValue:
    asked = was is not None and was.state == State.SUPPLEMENT
    awaited = now is not None and now.state == State.SUPPLEMENT
    return render_template(
        "portal/evidence_done.html",
        received=received,
        kept=was is not None,
        is_answer=asked and not awaited,
        awaited_until=now.supplement_by if now and awaited else None,
        removed=labels.REMOVED,
        form=EvidenceForm(formdata=None),
        accepted=ACCEPTED,
    )


def _wait() -> str:
    """Count the request, and say how long to wait when it is one too many."""
    minutes = minutes_to_wait("evidence", LIMIT)
    if not minutes:
        return ""
    return _(
        "Too many files from your network. Choose the files again in %(n)s minutes. "
        "If it is urgent, call %(phone)s.",
        n=minutes,
        phone=installation().settings.hotline,
    )


def _far_too_large() -> str:
    return _("These files are far too large to be read. Send files of up to 10 MB, and few at a time.")


def _not_stored() -> str:
    hotline = installation().settings.hotline
    return _("Not stored. Choose the files again and press send, or call %(phone)s.", phone=hotline)
