"""Black out parts of a picture: a new copy is kept, burnt into its pixels; the original stays sealed as it is."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.web import installation
from chengxin.desk.blueprint import bp
from chengxin.desk.exhibits import evidence_file
from chengxin.desk.exhibits.evidence_file import Look
from chengxin.desk.guard import current_account, needs
from chengxin.desk.racing import gives_back
from chengxin.evidence import actions, handling, keeping, sealed
from chengxin.evidence.forms import RedactionForm
from chengxin.evidence.models import Evidence
from chengxin.evidence.rules import Media, Scan, boxes_text
from chengxin.evidence.sealed import Piece

KEEP = "keep"
FEW = 5


@bp.get("/evidence/<int:evidence_id>/redact")
@needs(Right.DECIDE_CASES)
def redact_evidence(evidence_id: int) -> ResponseReturnValue:
    """Show a picture with lines to read places from, and the form for what to black out."""
    return _page(_picture(evidence_id), RedactionForm(formdata=None))


@bp.post("/evidence/<int:evidence_id>/redact")
@needs(Right.DECIDE_CASES)
@gives_back(RedactionForm)
def keep_redacted(evidence_id: int) -> ResponseReturnValue:
    """Show what would be black; keep the redacted copy once its rectangles were shown like this."""
    look, form = _picture(evidence_id), RedactionForm()
    if not form.validate():
        return _page(look, form), form.refused_with
    if not form.boxes:
        form.fields[0].errors = [_("Draw or write at least one rectangle.")]
        return _page(look, form), 422
    if request.form.get("step") != KEEP or not form.are_seen:
        form.show()
        return _page(look, form)
    copy = _kept(look, form)
    flash(_("The redacted copy is kept. The original stays sealed as it is."), "done")
    return redirect(url_for("desk.evidence", evidence_id=copy.id), 303)


def _picture(evidence_id: int) -> Look:
    look = evidence_file.look_at(evidence_id)
    if not (look.may_open and look.is_picture):
        raise DomainError(N_("Only a picture that may be opened now can be redacted."))
    return look


def _page(look: Look, form: RedactionForm) -> str:
    return render_template(
        "desk/evidence_redact.html",
        row=look.row,
        form=form,
        few=FEW,
        more_are_open=any(field.data for field in form.fields[FEW:]),
        is_shown=bool(form.boxes) and form.are_seen,
        picture=url_for(
            "desk.evidence_picture", evidence_id=look.row.id, boxes=boxes_text(form.boxes) or None, ruled=1
        ),
    )


def _kept(look: Look, form: RedactionForm) -> Evidence:
    settings, row = installation().settings, look.row
    drawn = handling.redact(evidence_file.content_of(look), Media(row.media), form.boxes)
    piece = sealed.piece_of(
        drawn.content,
        media=drawn.media,
        title=look.title,
        digest=None,
        scan=Scan(row.scan),
        recipients=intake_recipients(settings),
    )
    held: Any = {"actor": current_account().actor, "original": row, "room": keeping.room_of(settings)}

    def add(session: Session, piece: Piece) -> Evidence:
        return actions.add_redacted(session, piece=piece, **held)

    return keeping.laid_down(settings, installation().database, piece, add)
