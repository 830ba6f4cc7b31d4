"""One's own passkeys: add one, take one away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired

from chengxin.accounts import factors, passkeys, queries
from chengxin.core.forms import KeptField, LineField, Long
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, fresh, needs
from chengxin.desk.staff import challenges
from chengxin.desk.staff.entering import forced
from chengxin.desk.staff.me import attempted, own_account, pressed
from chengxin.desk.staff.passkey_form import PasskeyForm

MOST_NAME = 40


class NewPasskeyForm(PasskeyForm):
    """A new passkey, with a name its owner knows it by."""

    name = LineField(
        _l("Name of the device"),
        [
            InputRequired(_l("Write a name, for example: key on my desk.")),
            Long(most=MOST_NAME, message=_l("Keep the name to 40 characters.")),
        ],
    )
    answer = KeptField()


@bp.get("/me/passkeys/new")
@needs()
@fresh
def my_passkey() -> str:
    """Ask for the name of a new passkey."""
    return _page(NewPasskeyForm(formdata=None))


@bp.post("/me/passkeys/new")
@needs()
@fresh
def add_my_passkey() -> ResponseReturnValue:
    """Keep the passkey a device made."""
    form = NewPasskeyForm()
    if not form.validate():
        return _page(form), form.refused_with
    if not form.answer.data:
        form.form_errors.append(_("The device gave no passkey. This needs a browser with scripts."))
        return _page(form), 422
    if not attempted(form, lambda session: _add(session, form)):
        return _page(form), 422
    flash(_("The passkey is added. It opens the workbench without a password."), "done")
    return redirect(url_for("desk.me"), 303)


@bp.post("/me/passkeys/<int:passkey_id>/remove")
@needs()
@fresh
def remove_my_passkey(passkey_id: int) -> ResponseReturnValue:
    """Take one of one's own passkeys away."""
    officer, must = current_account(), forced(own_account())
    mine = {"actor": officer.actor, "account_id": officer.id}
    return pressed(
        lambda session: factors.remove_passkey(session, passkey_id=passkey_id, forced=must, **mine),  # type: ignore[arg-type]
        _("The passkey is taken away."),
    )


def _add(session: Session, form: NewPasskeyForm) -> None:
    digest = challenges.taken(session, form.challenge.data or "", purpose=challenges.MAKE)
    key = passkeys.made(form.answer.data or "", challenges.place(), challenge=digest)
    officer = current_account()
    factors.add_passkey(
        session,
        actor=officer.actor,
        account_id=officer.id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=form.name.data or "",
    )


def _page(form: NewPasskeyForm) -> str:
    officer, site = current_account(), challenges.place()
    form.challenge.data, form.answer.data = challenges.new_challenge(challenges.MAKE), ""
    with reading() as session:
        known = queries.passkeys(session, officer.id)
    options = passkeys.asked_to_make(
        site,
        account_id=officer.id,
        username=officer.username,
        name=officer.name,
        challenge=challenges.raw(form.challenge.data),
        known=known,
    )
    return render_template("desk/passkey_new.html", form=form, options=options)
