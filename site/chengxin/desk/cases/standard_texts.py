"""The standard texts of letters and the authorities cases are handed to: add, change, retire."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import IntegerField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as MayBeEmpty

from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.forms import (
    EXPIRED,
    WRONG,
    ChengxinForm,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
    VersionForm,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.deciding import ACTS
from chengxin.desk.racing import gives_back, too_late
from chengxin.desk.stepping import Outcome, attempt
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints.labels import MOVE, TRACK
from chengxin.voices.complaints.rules import Move
from chengxin.voices.standard_texts import actions, queries
from chengxin.voices.standard_texts.actions import Words
from chengxin.voices.standard_texts.labels import PLACE
from chengxin.voices.standard_texts.models import StandardText
from chengxin.voices.standard_texts.rules import (
    ANY_MOVE,
    AUTHORITY,
    MOST_BODY,
    MOST_TITLE,
    SUGGESTION,
    unknown_places,
)

# The letters there are texts for, in the order of the table of acts.
USES: Mapping[str, str] = {
    **{name: MOVE[Move(name)] for name, act in ACTS.items() if name in set(Move) and Ask.LETTER in act.asks},
    ANY_MOVE: _l("Every letter"),
    SUGGESTION: _l("Replies to suggestions"),
    AUTHORITY: _l("Authorities to hand cases to"),
}
LATER = 999


class TextForm(ChengxinForm):
    """A standard text as its editor writes it."""

    move = ListField(_l("Used for"), USES, message=WRONG)
    track = ListField(_l("For"), {"": _l("Complaints or reports"), **TRACK}, message=WRONG)
    title = LineField(
        _l("Title"),
        [
            Long(
                least=1,
                most=MOST_TITLE,
                message=_l("A standard text needs a title of 60 characters at most."),
            )
        ],
    )
    body = LongTextField(
        _l("Words"), [Long(most=MOST_BODY, message=_l("Keep the words to 3,000 characters."))]
    )
    position = IntegerField(
        _l("Place in the list"),
        [MayBeEmpty(), NumberRange(0, LATER, _l("Write a number from 0 to 999."))],
    )
    version = VersionField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, that a letter has words, and that every place can be filled in."""
        super().validate(extra_validators)
        body = self.body.data or ""
        if not body and self.move.data != AUTHORITY:
            self.body.errors = [_("Write the words.")]
        if unknown := unknown_places(body, use=self.move.data):
            self.body.errors = [_("Nothing fills in these places: %(places)s.", places=" ".join(unknown))]
        return not self.errors

    def words(self) -> Words:
        """Return what was written."""
        return {
            "move": self.move.data,
            "track": self.track.data,
            "title": self.title.data or "",
            "body": self.body.data or "",
            "position": LATER if self.position.data is None else self.position.data,
        }


@bp.get("/texts/")
@needs(Right.EDIT_STANDARD_TEXTS)
def standard_texts() -> ResponseReturnValue:
    """Show every standard text by the letter it is for."""
    with reading() as session:
        texts = queries.everything(session)
    groups = [(label, [each for each in texts if each.move == use]) for use, label in USES.items()]
    return render_template("desk/standard_texts.html", groups=[group for group in groups if group[1]])


@bp.get("/texts/new")
@needs(Right.EDIT_STANDARD_TEXTS)
def standard_text_new() -> ResponseReturnValue:
    """Show an empty text."""
    return _page(TextForm(formdata=None, data={"version": 0}))


@bp.post("/texts/new")
@needs(Right.EDIT_STANDARD_TEXTS)
@gives_back(TextForm)
def standard_text_add() -> ResponseReturnValue:
    """Add a text."""
    form = TextForm()
    added = form.validate() and attempt(form, lambda session: _added(session, form)) is Outcome.DONE
    return _kept() if added else (_page(form), 422)


@bp.get("/texts/<int:text_id>/")
@needs(Right.EDIT_STANDARD_TEXTS)
def standard_text(text_id: int) -> ResponseReturnValue:
    """Show a text to be changed."""
    text = _existing(text_id)
    return _page(TextForm(formdata=None, obj=text), text)


@bp.post("/texts/<int:text_id>/")
@needs(Right.EDIT_STANDARD_TEXTS)
@gives_back(TextForm)
def standard_text_revise(text_id: int) -> ResponseReturnValue:
    """Change a text."""
    text, form = _existing(text_id), TextForm()
    if not form.validate():
        return _page(form, text), 422
    outcome = attempt(form, lambda session: _revised(session, text_id, form))
    if outcome is Outcome.REFUSED:
        return _page(form, text), 422
    return _overtaken(text) if outcome is Outcome.LATE else _kept()


@bp.post("/texts/<int:text_id>/retire")
@needs(Right.EDIT_STANDARD_TEXTS)
def standard_text_retire(text_id: int) -> ResponseReturnValue:
    """Offer a text no longer, or offer a retired one again."""
    text, form = _existing(text_id), VersionForm()
    if not form.validate():
        flash(str(EXPIRED), "error")
        return redirect(url_for("desk.standard_text", text_id=text_id), 303)
    outcome = attempt(form, lambda session: _retired(session, text_id, form))
    return _overtaken(text) if outcome is Outcome.LATE else _kept()


def _page(form: TextForm, text: StandardText | None = None) -> str:
    retire = VersionForm(formdata=None, data={"version": text.version}) if text else None
    return render_template("desk/standard_text.html", form=form, text=text, retire=retire, places=PLACE)


def _existing(text_id: int) -> StandardText:
    with reading() as session:
        text = queries.by_id(session, text_id)
    if text is None:
        raise NotFoundError(N_("There is no such standard text."))
    return text


def _overtaken(text: StandardText) -> ResponseReturnValue:
    record_url = url_for("desk.standard_text", text_id=text.id)
    return too_late(Subject("standard_text", text.id), code=text.title, record_url=record_url)


def _kept() -> ResponseReturnValue:
    flash(_("The standard text is kept."), "done")
    return redirect(url_for("desk.standard_texts"), 303)


def _added(session: Session, form: TextForm) -> None:
    actions.add(session, actor=current_account().actor, words=form.words())


def _revised(session: Session, text_id: int, form: TextForm) -> None:
    actor, version = current_account().actor, form.version.data or 0
    actions.revise(session, actor=actor, text_id=text_id, version=version, words=form.words())


def _retired(session: Session, text_id: int, form: VersionForm) -> None:
    version = form.version.data or 0
    actions.retire(session, actor=current_account().actor, text_id=text_id, version=version)
