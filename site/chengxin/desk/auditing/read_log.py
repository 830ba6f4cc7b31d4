"""Reads of sealed data: each is a ledger entry with a purpose before anything is opened.

A page that opens sealed data asks `may_read_now`, outside of its own `reading()`. For a case that waits the
purpose is to handle it; for another it comes back False until the officer has stated a purpose, and the page
shows `parts/read_purpose.html` with `purpose_form(...)` in place of the text.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from chengxin.accounts.rules import Right
from chengxin.accounts.steps import SESSION_TERM
from chengxin.core import clock
from chengxin.core.forms import EXPIRED, ChengxinForm, KeptField, ListField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import noting, reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs, own_path
from chengxin.desk.reach import READS, mine
from chengxin.ledger import reads
from chengxin.ledger.reads import Way
from chengxin.ledger.rules import Subject


class Purpose(StrEnum):
    """Why somebody of the staff opens sealed data."""

    HANDLING = "handling"
    REVIEWING = "reviewing"
    ANSWERING = "answering"
    AUDITING = "auditing"
    LITIGATION = "litigation"
    MAINTAINING = "maintaining"


PURPOSE: Mapping[Purpose, str] = {
    Purpose.HANDLING: _l("Handling the case"),
    Purpose.REVIEWING: _l("Reviewing the decision"),
    Purpose.ANSWERING: _l("Answering the person who wrote"),
    Purpose.AUDITING: _l("Auditing"),
    Purpose.LITIGATION: _l("Reconsideration or lawsuit"),
    Purpose.MAINTAINING: _l("Maintenance of the system"),
}
WAY: Mapping[Way, str] = {
    Way.OPENED: _l("opened"),
    Way.LISTED: _l("beginning shown in the queue"),
    Way.SEARCHED: _l("searched"),
}
# The kinds of record with sealed data, by the right that opens them; the kind is the table's name.
SEALED: Mapping[str, Right] = {
    "complaint": Right.READ_CASES,
    "suggestion": Right.ANSWER_SUGGESTIONS,
    "evidence": Right.READ_CASES,
    "objection": Right.ANSWER_DISPUTES,
}


class PurposeForm(ChengxinForm):
    """Why a closed record is opened once more."""

    purpose = ListField(_l("Why do you open it?"), {}, message=_l("Choose a purpose."))
    back = KeptField()


def may_read_now(subject: Subject, *, is_open: bool) -> bool:
    """Note the read of a record that waits, or tell whether a purpose was stated for one that does not.

    A form that comes back is read for what its page was opened for, however long the officer sat over it.
    """
    if is_open:
        note_read(subject, Purpose.HANDLING)
        return True
    actor, since = current_account().actor, clock.now() - SESSION_TERM
    with reading() as session:
        if reads.is_noted(session, actor=actor, subject=subject):
            return True
        purpose = reads.last_purpose(session, actor=actor, subject=subject, since=since)
    if purpose is None or request.method != "POST":
        return False
    note_read(subject, Purpose(purpose))
    return True


def note_read(subject: Subject, purpose: Purpose) -> None:
    """Write into the ledger that the officer reads a record, once an hour; without the note, no reading."""
    actor = current_account().actor
    with reading() as session:
        if reads.is_noted(session, actor=actor, subject=subject, purpose=purpose):
            return
    with noting(*reads.TABLES) as session:
        reads.note(session, actor=actor, subject=subject, purpose=purpose)


def note_listed(records: Collection[Subject]) -> None:
    """Write into the ledger whose beginnings a page of the queue shows the officer for the first time today."""
    _note_many(Way.LISTED, records)


def note_search(records: Collection[Subject]) -> None:
    """Write into the ledger which sealed texts the officer has searched, those of today's searches once."""
    _note_many(Way.SEARCHED, records)


def _note_many(way: Way, records: Collection[Subject]) -> None:
    officer = current_account()
    with reading() as session:
        if not reads.unseen(session, actor=officer.actor, way=way, records=records):
            return
    with noting(*reads.TABLES) as session:
        reads.note_many(
            session,
            actor=officer.actor,
            at=Subject("queue", officer.id),
            way=way,
            purpose=Purpose.HANDLING,
            records=records,
        )


def purpose_form(*, fresh: bool = True) -> PurposeForm:
    """Return the form that asks for a purpose and then comes back to this page."""
    form = PurposeForm(formdata=None) if fresh else PurposeForm()
    if fresh:
        form.back.data = request.script_root + request.full_path.rstrip("?")
    form.purpose.offer({"": _("Choose"), **{str(each): text for each, text in PURPOSE.items()}})
    return form


def purpose_page(subject: Subject, *, heading: str, back_url: str) -> str:
    """Return the page that asks for a purpose where everything else would show what is sealed."""
    shown = {"heading": heading, "back_url": back_url, "form": purpose_form(), "subject": subject}
    return render_template("desk/read_purpose.html", **shown)


@bp.post("/reads/<kind>/<int:record_id>")
@needs(*dict.fromkeys(SEALED.values()))
def state_purpose(kind: str, record_id: int) -> ResponseReturnValue:
    """Note why a record is opened, and go back to its page."""
    if kind not in SEALED or not current_account().may(SEALED[kind]) or not _reaches(kind, record_id):
        abort(404)
    form = purpose_form(fresh=False)
    if form.validate() and form.purpose.data:
        note_read(Subject(kind, record_id), Purpose(form.purpose.data))
    else:
        flash(str(EXPIRED) if form.token_expired() else _("Choose a purpose."), "error")
    return redirect(own_path(form.back.data or url_for("desk.home")), 303)


def _reaches(kind: str, record_id: int) -> bool:
    """Tell whether there is such a record and the officer may come to its page: nobody notes reads of others."""
    model = READS[kind]
    with reading() as session:
        found = session.scalar(select(model.id).where(model.id == record_id, mine(model)))
    return found is not None
