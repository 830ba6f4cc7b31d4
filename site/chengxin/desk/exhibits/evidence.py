"""The evidence of a case on the desk: looked at as a drawing of it, downloaded only as it was cleaned."""

import secrets
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Right
from chengxin.core.forms import EXPIRED, ChengxinForm, KeptField
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation
from chengxin.desk.auditing.read_log import purpose_form
from chengxin.desk.blueprint import bp
from chengxin.desk.exhibits import evidence_file
from chengxin.desk.exhibits.evidence_file import Look
from chengxin.desk.following import in_view, links_from, onward, place
from chengxin.desk.guard import current_account, fresh, needs
from chengxin.desk.queue.queue import asked_view
from chengxin.evidence import actions, handling, labels
from chengxin.evidence.rules import Media, Scan, boxes_from
from chengxin.evidence.shelf import shelf_of

SHUT = "default-src 'none'; sandbox"


class SettleForm(ChengxinForm):
    """Press to settle what the scanner said, and go on in the view of the queue."""

    view = KeptField()


@bp.get("/evidence/<int:evidence_id>/")
@needs(Right.READ_CASES)
def evidence(evidence_id: int) -> ResponseReturnValue:
    """Show one file of a case, and what can be done with it."""
    look = evidence_file.look_at(evidence_id)
    officer = current_account()
    return render_template(
        "desk/evidence.html",
        look=look,
        row=look.row,
        case=look.case,
        media=labels.MEDIA,
        scan=labels.SCAN,
        purpose_form=None if look.may_open or not look.is_there else purpose_form(),
        may_redact=look.is_picture and look.may_open and officer.may(Right.DECIDE_CASES),
        settle=_settle_form() if officer.may(Right.DECIDE_CASES) else None,
        **links_from("evidence", evidence_id),
    )


@bp.get("/evidence/<int:evidence_id>/picture.png")
@needs(Right.READ_CASES)
def evidence_picture(evidence_id: int) -> ResponseReturnValue:
    """Give a small drawing of a picture, with the rectangles of the address blacked out."""
    look = evidence_file.look_at(evidence_id)
    if not (look.may_open and look.is_picture):
        return redirect(_address(evidence_id), 303)
    boxes, ruled = boxes_from(request.args.get("boxes", "")), request.args.get("ruled") == "1"
    drawn = handling.preview(evidence_file.content_of(look), Media(look.row.media), boxes, ruled=ruled)
    answer = _shut(make_response(drawn))
    answer.content_type = "image/png"
    return answer


@bp.get("/evidence/<int:evidence_id>/file")
@needs(Right.READ_CASES)
@fresh
def evidence_download(evidence_id: int) -> ResponseReturnValue:
    """Give the cleaned file to be saved under a name that tells nothing; no browser may open it in the page."""
    look = evidence_file.look_at(evidence_id)
    if not look.may_open:
        return redirect(_address(evidence_id), 303)
    media = Media(look.row.media)
    answer = _shut(make_response(evidence_file.content_of(look)))
    answer.content_type = media.mime
    name = f"evidence-{secrets.token_hex(4)}{media.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.post("/evidence/<int:evidence_id>/settle")
@needs(Right.DECIDE_CASES)
def settle_evidence(evidence_id: int) -> ResponseReturnValue:
    """Erase a file with a virus, or let the scanner look again at one it could not read."""
    look = evidence_file.existing(evidence_id)
    if not SettleForm().validate():
        flash(str(EXPIRED), "error")
        return redirect(_address(evidence_id), 303)
    here = place("evidence", evidence_id)
    _settle(look)
    return redirect(onward(here, _address(evidence_id)), 303)


def _settle_form() -> SettleForm:
    return SettleForm(formdata=None, data={"view": str(asked_view())})


def _settle(look: Look) -> None:
    installed = installation()
    held: Any = {"actor": current_account().actor, "evidence_id": look.row.id}
    names: list[str] = []
    with installed.database.writing() as session:
        if look.row.scan == Scan.INFECTED:
            names = actions.erase_infected(session, **held)
        else:
            actions.scan_again(session, **held)
    shelf_of(installed.settings).clear(names)
    flash(_("The file is erased.") if names else _("The scanner will look at it again."), "done")


def _address(evidence_id: int) -> str:
    return in_view("desk.evidence", evidence_id=evidence_id)


def _shut(answer: Response) -> Response:
    """Keep a browser from doing anything with an answer but showing or saving it."""
    answer.headers["Content-Security-Policy"] = SHUT
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    return answer
