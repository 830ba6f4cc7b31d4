"""The pages between the password and the workbench: the code, a new password, the first second factor."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired

from chengxin.accounts import actions, factors, passkeys, passwords, queries
from chengxin.accounts.factors import WRONG_CODE
from chengxin.accounts.steps import Step
from chengxin.core.errors import DomainError
from chengxin.core.forms import ChengxinForm, LineField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.pauses import at_sign_in
from chengxin.core.web import installation, reading, writing
from chengxin.desk.blueprint import bp
from chengxin.desk.staff import challenges
from chengxin.desk.staff.entering import Entering, arrive, begin, entering, go_on
from chengxin.desk.staff.passkey_form import passkey_form
from chengxin.desk.staff.seed_page import code_picture, pending_seed, seed_shown
from chengxin.desk.staff.session import start_over

SAME = _l("The two passwords are not the same.")


class CodeForm(ChengxinForm):
    """Six digits of the app, or a recovery code."""

    code = LineField(_l("One-time code"), [InputRequired(_l("Write the code."))])


class NewPasswordForm(ChengxinForm):
    """A new password, typed twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Write a new password."))])
    again = PasswordField(_l("The same again"), [EqualTo("password", SAME)])


@bp.get("/login/code")
def code() -> ResponseReturnValue:
    """Ask for the second factor."""
    here = entering(Step.CODE)
    return _code_page(CodeForm(formdata=None), here) if here else _back()


@bp.post("/login/code")
def send_code() -> ResponseReturnValue:
    """Go on with the right code; five wrong ones lead back to the password."""
    here, form = entering(Step.CODE), CodeForm()
    if here is None:
        return _back()
    if not form.validate():
        return _code_page(form, here), form.refused_with
    guesses = at_sign_in(f"desk-code/{here.account.id}")
    minutes = guesses.note_or_wait()
    if minutes:
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return _code_page(form, here), 429
    token, proven = _proved(here, form.code.data or "")
    if proven is None:
        return _back()
    if proven:
        guesses.forget()
        return arrive(here, token)
    form.form_errors.append(_(WRONG_CODE))
    return _code_page(form, here), 422


@bp.get("/login/password")
def first_password() -> ResponseReturnValue:
    """Ask for a password of one's own instead of the one that was handed out."""
    here = entering(Step.PASSWORD)
    return _password_page(NewPasswordForm(formdata=None), here) if here else _back()


@bp.post("/login/password")
def set_first_password() -> ResponseReturnValue:
    """Keep the new password and go on."""
    here, form = entering(Step.PASSWORD), NewPasswordForm()
    if here is None:
        return _back()
    if not form.validate():
        return _password_page(form, here), form.refused_with
    typed = form.password.data or ""
    if passwords.matches(here.account.password_hash, typed):
        form.form_errors.append(_("Take another password than the one you were given."))
        return _password_page(form, here), 422
    try:
        return arrive(here, _written(lambda session: _changed(session, here, typed)))
    except DomainError as error:
        form.form_errors.append(told(error))
        return _password_page(form, here), 422


@bp.get("/login/factor")
def first_factor() -> ResponseReturnValue:
    """Show the picture for the app and ask for its first code."""
    here = entering(Step.FACTOR)
    return _factor_page(CodeForm(formdata=None), here) if here else _back()


@bp.get("/login/factor.svg")
def first_factor_picture() -> ResponseReturnValue:
    """Return the picture for the app."""
    here = entering(Step.FACTOR)
    return code_picture(here.account, here.token) if here else _back()


@bp.post("/login/factor")
def set_first_factor() -> ResponseReturnValue:
    """Keep the app, open the session, and show the recovery codes once."""
    here, form = entering(Step.FACTOR), CodeForm()
    if here is None:
        return _back()
    if not form.validate():
        return _factor_page(form, here), form.refused_with
    try:
        with writing() as session:
            codes = _set_up(session, here, form.code.data or "")
            token = go_on(session, here, by="password+totp", proven=True)
    except DomainError as error:
        form.form_errors.append(told(error))
        return _factor_page(form, here), 422
    asked = begin(here, token) or url_for("desk.home")
    return render_template("desk/recovery_codes.html", codes=codes, next_url=asked)


def _proved(here: Entering, typed: str) -> tuple[str, bool | None]:
    """Return the token of a session, if the code was the last step, and whether the code was right.

    Without an answer the tries of this half-open session are used up.
    """
    with writing() as session:
        if not factors.count_try(session, token=here.token):
            return "", None
        by = factors.prove_code(session, account_id=here.account.id, code=typed, secret=installation().secret)
        if not by:
            return "", False
        factors.mark_proven(session, token=here.token)
        return go_on(session, here, by=f"password+{by}", proven=True), True


def _changed(session: Session, here: Entering, typed: str) -> str:
    """Set the new password and return the token of a session, if that was the last step."""
    actor = queries.officer(here.account).actor
    actions.set_password(session, actor=actor, account_id=here.account.id, password=typed, keep=here.token)
    return go_on(session, here)


def _set_up(session: Session, here: Entering, typed: str) -> list[str]:
    account = here.account
    return factors.set_up_totp(
        session,
        actor=queries.officer(account).actor,
        account_id=account.id,
        seed=pending_seed(account, here.token),
        code=typed,
        secret=installation().secret,
        version=account.version,
    )


def _written(act: Callable[[Session], str]) -> str:
    with writing() as session:
        return act(session)


def _code_page(form: CodeForm, here: Entering) -> str:
    site = challenges.place()
    with reading() as session:
        known = queries.passkeys(session, here.account.id) if site.has_passkeys else ()
    passkey = passkey_form(challenges.SIGN_IN)
    digest = challenges.raw(str(passkey.challenge.data))
    options = passkeys.asked_to_answer(site, challenge=digest, known=known) if known else ""
    shown: dict[str, Any] = {"app": here.account.sealed_seed is not None, "passkey": passkey}
    return render_template("desk/sign_code.html", form=form, options=options, **shown)


def _password_page(form: NewPasswordForm, here: Entering) -> str:
    action = url_for("desk.set_first_password")
    return render_template("desk/new_password.html", form=form, action=action, username=here.account.username)


def _factor_page(form: CodeForm, here: Entering) -> str:
    return render_template(
        "desk/factor.html",
        form=form,
        action=url_for("desk.set_first_factor"),
        picture=url_for("desk.first_factor_picture"),
        **seed_shown(here.account, here.token),
    )


def _back() -> ResponseReturnValue:
    """Lead whoever is not at this step to the first one."""
    return redirect(url_for("desk.login")) if request.method in {"GET", "HEAD"} else start_over()
