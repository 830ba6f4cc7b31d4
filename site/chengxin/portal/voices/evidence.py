"""Add evidence to a case with its receipt; without one a file is only looked at, and nothing is stored."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.limits import minutes_to_wait
from chengxin.core.proofs import prove
from chengxin.core.web import installation, reading
from chengxin.evidence import labels
from chengxin.evidence.forms import ACCEPTED, EvidenceForm
from chengxin.evidence.rules import MOST_AT_ONCE, MOST_BYTES, MOST_PER_CASE
from chengxin.ledger.rules import Subject
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking.track_gate import no_match, pause_before, settle
from chengxin.portal.voices import sending
from chengxin.portal.voices.received_files import Received, receive, status_of_all
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.rules import OPEN, State

LIMIT = "60/10 minutes"
MOST_OF_A_REQUEST = MOST_AT_ONCE * MOST_BYTES + (14 << 20)  # so that most of what is too large can be told so
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
        return _asked(form, status=form.refused_with, trouble=str(EXPIRED) if form.token_expired() else "")
    pause = _pause(form)
    if pause:
        return _asked(form, status=429, trouble=pause)
    try:
        return _answered(form)
    except Exception as error:  # noqa: BLE001 (whatever broke, the receipt stays typed)
        return _asked(form, status=sending.status_of(error), trouble=_not_stored())


def _answered(form: EvidenceForm) -> ResponseReturnValue:
    """Receive the files and say of each what came of it."""
    chosen = form.chosen
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        form.files.errors = [_("Choose up to %(n)s files.", n=MOST_AT_ONCE)]
        return _asked(form, status=422)
    try:
        subject = _subject(form)
    except DomainError as error:
        form.receipt.errors = [told(error)]
        return _asked(form, status=422)
    received = [receive(file, subject) for file in chosen]
    status = status_of_all(received)
    if status != 200:  # noqa: PLR2004 (nothing of it was taken)
        form.files.errors = [each.problem for each in received]
        return _asked(form, status=status, received=received)
    return _done(received, kept=subject is not None)


def _subject(form: EvidenceForm) -> Subject | None:
    """Return the case that the receipt opens, nothing where none was typed."""
    if not form.receipt.data:
        return None
    proof = prove(secret=installation().secret, typed=form.receipt.data)
    with reading() as session:
        case = queries.by_receipt(session, proof)
    settle(proof, opened=case is not None)
    if case is None:
        raise NotFoundError(no_match())
    if case.state not in TAKES_EVIDENCE:
        raise DomainError(
            N_("This case is closed and takes no more files. File a new one if something is new.")
        )
    return Subject("complaint", case.id)


def _asked(
    form: EvidenceForm, *, status: int = 200, trouble: str = "", received: Sequence[Received] = ()
) -> ResponseReturnValue:
    page = render_template(
        "portal/evidence.html",
        form=form,
        trouble=trouble,
        received=received if len(received) > 1 else (),
        accepted=ACCEPTED,
        most_at_once=MOST_AT_ONCE,
        most_in_case=MOST_PER_CASE,
    )
    return page, status


def _done(received: Sequence[Received], *, kept: bool) -> ResponseReturnValue:
    return render_template(
        "portal/evidence_done.html",
        received=received,
        kept=kept,
        removed=labels.REMOVED,
        form=EvidenceForm(formdata=None),
        accepted=ACCEPTED,
    )


def _pause(form: EvidenceForm) -> str:
    """Count the request, a typed receipt among the guesses too; say how long to wait when it is one too many."""
    pause = pause_before(form.receipt.data) if form.receipt.data else None
    if pause:
        return pause.told
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
