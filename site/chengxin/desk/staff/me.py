"""One's own account: the password, the second factors, and the browsers that are signed in."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import actions, factors, passwords, queries
from chengxin.accounts.labels import ROLE
from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer
from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.core.forms import EXPIRED, ChengxinForm
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.web import installation, reading, writing
from chengxin.desk import guard
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, fresh, needs
from chengxin.desk.staff import challenges
from chengxin.desk.staff.entering import forced
from chengxin.desk.staff.first_steps import CodeForm, NewPasswordForm
from chengxin.desk.staff.seed_page import code_picture, pending_seed, seed_shown


class PressForm(ChengxinForm):
    """A button and nothing else."""


@bp.get("/me/")
@needs()
def me() -> str:
    """Show one's own account."""
    with reading() as session:
        return render_template("desk/me.html", form=PressForm(formdata=None), **_shown(session))


@bp.get("/me/password")
@needs()
@fresh
def my_password() -> str:
    """Ask for a new password."""
    return _password_page(NewPasswordForm(formdata=None))


@bp.post("/me/password")
@needs()
@fresh
def set_my_password() -> ResponseReturnValue:
    """Keep a new password and end one's other sessions."""
    form, officer = NewPasswordForm(), current_account()
    if not form.validate():
        return _password_page(form), form.refused_with
    typed, token = form.password.data or "", guard.current_token()
    if passwords.matches(own_account().password_hash, typed):
        form.form_errors.append(_("This is your password already."))
        return _password_page(form), 422
    change = {"actor": officer.actor, "account_id": officer.id, "password": typed, "keep": token}
    if attempted(form, lambda session: actions.set_password(session, **change)):  # type: ignore[arg-type]
        flash(_("The password is new. Your other sessions have ended."), "done")
        return redirect(url_for("desk.me"), 303)
    return _password_page(form), 422


@bp.get("/me/factor")
@needs()
@fresh
def my_factor() -> str:
    """Show the picture for a new app."""
    return _factor_page(CodeForm(formdata=None))


@bp.get("/me/factor.svg")
@needs()
@fresh
def my_factor_picture() -> ResponseReturnValue:
    """Return the picture for a new app."""
    return code_picture(own_account(), guard.current_token())


@bp.post("/me/factor")
@needs()
@fresh
def set_my_factor() -> ResponseReturnValue:
    """Keep a new app in place of the old one, and show new recovery codes once."""
    form = CodeForm()
    if not form.validate():
        return _factor_page(form), form.refused_with
    codes: list[str] = []
    if not attempted(form, lambda session: codes.extend(_set_up(session, form.code.data or ""))):
        return _factor_page(form), 422
    return render_template("desk/recovery_codes.html", codes=codes, next_url=url_for("desk.me"))


@bp.post("/me/factor/remove")
@needs()
@fresh
def remove_my_factor() -> ResponseReturnValue:
    """Take the app away, where one may do without."""
    must, officer = forced(own_account()), current_account()
    return pressed(
        lambda session: factors.remove_totp(session, actor=officer.actor, account_id=officer.id, forced=must),
        _("The app is taken away."),
    )


@bp.post("/me/recovery")
@needs()
@fresh
def renew_my_recovery() -> ResponseReturnValue:
    """Show new recovery codes once; the old ones stop working."""
    if not PressForm().validate():
        return _expired()
    officer, secret = current_account(), installation().secret
    with writing() as session:
        codes = factors.renew_recovery(session, actor=officer.actor, account_id=officer.id, secret=secret)
    return render_template("desk/recovery_codes.html", codes=codes, next_url=url_for("desk.me"))


@bp.post("/me/sessions/<int:session_id>/end")
@needs()
def end_my_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions; another's is left alone."""
    officer = current_account()
    return pressed(
        lambda session: actions.end_session(
            session, actor=officer.actor, account_id=officer.id, session_id=session_id
        ),
        _("The session has ended."),
    )


@bp.post("/me/sessions/end-others")
@needs()
def end_my_other_sessions() -> ResponseReturnValue:
    """End all of one's sessions but this one."""
    officer, token = current_account(), guard.current_token()
    return pressed(
        lambda session: actions.end_sessions(session, actor=officer.actor, account_id=officer.id, keep=token),
        _("Your other sessions have ended."),
    )


def own_account() -> Account:
    """Return the account of who is signed in, as it is now."""
    with reading() as session:
        return actions.found(session, current_account().id)


def attempted(form: ChengxinForm, act: Callable[[Session], object]) -> bool:
    """Do something in one transaction; what a rule says against it becomes an error of the form."""
    try:
        with writing() as session:
            act(session)
    except NotAllowedError:
        raise
    except DomainError as error:
        form.form_errors.append(told(error))
        return False
    return True


def pressed(act: Callable[[Session], object], done: str) -> ResponseReturnValue:
    """Do what a button asks for and go back to one's account, with a word on what came of it."""
    form = PressForm()
    if not form.validate():
        return _expired()
    if attempted(form, act):
        flash(done, "done")
    else:
        flash(str(form.form_errors[0]), "error")
    return redirect(url_for("desk.me"), 303)


def _expired() -> ResponseReturnValue:
    flash(str(EXPIRED), "error")
    return redirect(url_for("desk.me"), 303)


def _shown(session: Session) -> dict[str, Any]:
    officer, here = current_account(), guard.running()
    assert here is not None
    account = actions.found(session, officer.id)
    before = queries.sign_ins(session, [officer.id], before=here.session_id)
    return {
        "account": account,
        "roles": [ROLE[role] for role in sorted(officer.roles)],
        "last": before.get(officer.id),
        "has_app": account.sealed_seed is not None,
        "forced": forced(account),
        "passkeys": queries.passkeys(session, officer.id),
        "passkeys_offered": challenges.place().has_passkeys,
        "codes_left": queries.recovery_left(session, officer.id),
        "sessions": queries.open_sessions(session, officer.id),
        "here": here.session_id,
    }


def _set_up(session: Session, typed: str) -> list[str]:
    officer: Officer = current_account()
    account = actions.found(session, officer.id)
    return factors.set_up_totp(
        session,
        actor=officer.actor,
        account_id=officer.id,
        seed=pending_seed(account, guard.current_token()),
        code=typed,
        secret=installation().secret,
        version=account.version,
    )


def _password_page(form: NewPasswordForm) -> str:
    action, username = url_for("desk.set_my_password"), current_account().username
    return render_template("desk/new_password.html", form=form, action=action, username=username)


def _factor_page(form: CodeForm) -> str:
    return render_template(
        "desk/factor.html",
        form=form,
        action=url_for("desk.set_my_factor"),
        picture=url_for("desk.my_factor_picture"),
        **seed_shown(own_account(), guard.current_token()),
    )
