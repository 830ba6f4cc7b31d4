"""Sign in and sign out."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as flask_session
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response
from wtforms import PasswordField
from wtforms.validators import InputRequired

from chengxin.accounts import actions, passkeys, passwords, queries
from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.core.forms import EXPIRED, ChengxinForm, KeptField, LineField, clean
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.limits import minutes_to_wait
from chengxin.core.pauses import at_sign_in
from chengxin.core.web import reading, writing
from chengxin.desk import guard
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import needs
from chengxin.desk.staff import challenges
from chengxin.desk.staff.entering import enter
from chengxin.desk.staff.passkey_form import PasskeyForm, passkey_form

# A whole bureau may share one network; guessing at one person is slowed from one network at a time, so
# nobody can lock a colleague out from elsewhere.
FOR_A_NETWORK = "100/10 minutes"


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
    return _page(LoginForm(formdata=None, data={"next": asked}))


@bp.post("/login")
def sign_in() -> ResponseReturnValue:
    """Open a session for the right password, with one answer for everything else."""
    form = LoginForm()
    if not form.validate():
        return _page(form, form.refused_with)
    guesses = at_sign_in(_scope(form.username.data or ""))
    minutes = minutes_to_wait("desk-login", FOR_A_NETWORK) or guesses.note_or_wait()
    if minutes:
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return _page(form, 429)
    way_on = _let_in(form)
    if way_on is None:
        form.form_errors.append(_("Username or password is not right."))
        return _page(form, 422)
    return way_on


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


@bp.post("/login/passkey")
def sign_in_passkey() -> ResponseReturnValue:
    """Open a session for the right answer of a passkey, which is both factors at once."""
    form = PasskeyForm()
    if not form.validate():
        return _page(form, form.refused_with)
    minutes = minutes_to_wait("desk-login", FOR_A_NETWORK)
    if minutes:
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return _page(form, 429)
    try:
        with writing() as session:
            answer, challenge = form.answer.data or "", form.challenge.data or ""
            account = challenges.owner_of(session, answer, challenge, purpose=challenges.SIGN_IN)
        return enter(account, by="passkey", proven=True, asked=form.next.data or "")
    except DomainError as error:
        form.form_errors.append(told(error))
        return _page(form, 422)


def start_over() -> ResponseReturnValue:
    """Begin again with the password when the way in took too long; nothing was done."""
    form = LoginForm(formdata=None)
    form.form_errors.append(_("This took too long or was tried too often. Sign in again."))
    return _page(form, 422)


def _page(form: ChengxinForm, status: int = 200) -> ResponseReturnValue:
    """Return the page with both ways in; the one that was not used starts empty."""
    asked = form["next"].data
    password = form if isinstance(form, LoginForm) else LoginForm(formdata=None, data={"next": asked})
    passkey = passkey_form(challenges.SIGN_IN, asked=asked)
    site = challenges.place()
    digest = challenges.raw(str(passkey.challenge.data))
    options = passkeys.asked_to_answer(site, challenge=digest) if site.has_passkeys else ""
    shown = {"form": password, "refused": form, "passkey": passkey, "options": options}
    return render_template("desk/login.html", **shown), status


def _scope(username: str) -> str:
    """Return what guesses at a person are counted by: a browser they have used before counts by itself."""
    person = guard.person_key(username)
    known = "/known" if person in flask_session.get(guard.KNOWN, []) else ""
    return f"desk-login/{person}{known}"


def _let_in(form: LoginForm) -> ResponseReturnValue | None:
    """Return the way on for the right password, or nothing."""
    username = form.username.data or ""
    with reading() as session:
        account = queries.by_username(session, username.lower())
    # The password is checked outside the transaction: a slow check must not hold a connection.
    if not passwords.proves(form.password.data or "", account) or account is None:
        return None
    at_sign_in(_scope(username)).forget()
    try:
        return enter(account, by="password", proven=False, asked=form.next.data or "")
    except NotAllowedError:
        return None
