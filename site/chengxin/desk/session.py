"""Sign in and sign out."""

import hashlib

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired

from chengxin.accounts import actions, passwords, queries
from chengxin.core.errors import NotAllowedError
from chengxin.core.forms import EXPIRED, ChengxinForm, KeptField, LineField, clean
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.limits import minutes_to_wait
from chengxin.core.web import reading, writing
from chengxin.desk import guard
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import needs

# A whole bureau may share one network; guessing at one person is slowed from one network at a time, so
# nobody can lock a colleague out from elsewhere.
FOR_A_NETWORK = "100/10 minutes"
FOR_A_PERSON = "20/10 minutes"


class LoginForm(ChengxinForm):
    """Who wants to come in, and where to."""

    username = LineField(_l("Username"), [InputRequired(_l("Write your username."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password."))])
    next = KeptField()


class SignOutForm(ChengxinForm):
    """Nothing but the token."""


@bp.get("/login")
def login() -> ResponseReturnValue:
    """Show the form, or go on when this browser is signed in."""
    asked = clean(request.args.get("next", ""))
    if guard.officer_or_none():
        return redirect(guard.own_path(asked))
    return render_template("desk/login.html", form=LoginForm(formdata=None, data={"next": asked}))


@bp.post("/login")
def sign_in() -> ResponseReturnValue:
    """Open a session for the right password, with one answer for everything else."""
    form = LoginForm()
    if not form.validate():
        return render_template("desk/login.html", form=form), form.refused_with
    minutes = _minutes_to_wait(form.username.data or "")
    if minutes:
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return render_template("desk/login.html", form=form), 429
    if not _opened(form.username.data or "", form.password.data or ""):
        form.form_errors.append(_("Username or password is not right."))
        return render_template("desk/login.html", form=form), 422
    return redirect(guard.own_path(form.next.data or ""), 303)


@bp.post("/logout")
@needs()
def logout() -> Response:
    """End the session of this browser."""
    form = SignOutForm()
    if not form.validate():
        flash(str(EXPIRED), "error")
        return redirect(url_for("desk.home"), 303)
    with writing() as session:
        actions.sign_out(session, actor=guard.current_account().actor, token=guard.current_token())
    guard.forget()
    return redirect(url_for("desk.login"), 303)


def _minutes_to_wait(username: str) -> int:
    person = hashlib.sha256(username.casefold().encode()).hexdigest()[:16]
    return minutes_to_wait("desk-login", FOR_A_NETWORK) or minutes_to_wait(
        f"desk-login/{person}", FOR_A_PERSON
    )


def _opened(username: str, password: str) -> bool:
    with reading() as session:
        account = queries.by_username(session, username.lower())
    # The password is checked outside the transaction: a slow check must not hold a connection.
    if not passwords.proves(password, account) or account is None:
        return False
    try:
        with writing() as session:
            token = actions.sign_in(session, account=account)
    except NotAllowedError:
        return False
    guard.begin(queries.officer(account), token)
    return True
