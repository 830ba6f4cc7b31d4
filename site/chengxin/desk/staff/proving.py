"""“It is you?”: asked again after a while alone and before grave acts; what was typed is never lost.

A form that was sent meanwhile comes back with its fields kept out of sight; with the right password or passkey
it goes where it was sent.
"""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from chengxin.accounts import actions, passkeys, passwords, queries
from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer
from chengxin.core.errors import DomainError
from chengxin.core.forms import ChengxinForm, KeptField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.pauses import at_sign_in
from chengxin.core.web import reading, writing
from chengxin.desk import guard
from chengxin.desk.blueprint import bp
from chengxin.desk.staff import challenges
from chengxin.desk.staff.session import start_over

OURS = frozenset({"csrf_token", "proof", "proof_password", "proof_answer", "proof_challenge"})
WRONG = _l("This is not right. Try again.")


class ProofForm(ChengxinForm):
    """The password again, or the answer of a passkey; its names keep out of the way of other forms."""

    proof_password = PasswordField(_l("Your password"))
    proof_answer = KeptField()
    proof_challenge = KeptField()
    proof = KeptField()
    next = KeptField()


@bp.get("/prove")
def prove() -> ResponseReturnValue:
    """Ask somebody who goes on to a page."""
    here = guard.running()
    if here is None:
        return redirect(url_for("desk.login", next=request.args.get("next", "")))
    form = ProofForm(formdata=None, data={"next": request.args.get("next", ""), "proof": "yes"})
    return _page(form, here.officer, action=url_for("desk.prove_again"))


@bp.post("/prove")
def prove_again() -> ResponseReturnValue:
    """Go on to the page asked for, with the right password or passkey."""
    here = guard.running()
    if here is None:
        return start_over()
    form = ProofForm()
    if _proven(form, here.officer):
        return redirect(guard.own_path(form.next.data or ""), 303)
    return _page(form, here.officer, action=url_for("desk.prove_again")), form.refused_with


def ask() -> ResponseReturnValue | None:
    """Stop a request until its sender has proven who they are; nothing when they just did."""
    here = guard.running()
    assert here is not None
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("desk.prove", next=guard.asked_path()))
    form = ProofForm()
    given = bool(request.form.get("proof"))
    if given and _proven(form, here.officer):
        return None
    if not given:
        form = ProofForm(formdata=None, data={"proof": "yes"})
    return _page(form, here.officer, action=guard.asked_path(), kept=_kept(), files=bool(request.files)), 422


def shut() -> ResponseReturnValue:
    """Lead a stranger to the door; a form that was sent after the session ended comes back to be sent again."""
    login = url_for("desk.login", next=guard.asked_path())
    if request.method in {"GET", "HEAD"}:
        return redirect(login)
    kept = _kept()
    if not kept:
        abort(403)
    shown = {"kept": kept, "action": guard.asked_path(), "files": bool(request.files)}
    return render_template("desk/signed_out.html", login_url=url_for("desk.login"), **shown), 403


def _kept() -> list[tuple[str, str]]:
    """Return the fields of the form that waits."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]


def _page(form: ProofForm, officer: Officer, **shown: Any) -> str:
    challenge = challenges.new_challenge(challenges.PROVE)
    site = challenges.place()
    with reading() as session:
        known = queries.passkeys(session, officer.id) if site.has_passkeys else ()
    options = passkeys.asked_to_answer(site, challenge=challenges.raw(challenge), known=known)
    form.proof_challenge.data, form.proof_answer.data, form.proof.data = challenge, "", "yes"
    shown = {"kept": [], "files": False, "options": options if known else "", **shown}
    return render_template("desk/prove.html", form=form, person=officer, **shown)


def _proven(form: ProofForm, officer: Officer) -> bool:
    """Check the proof of a form, and remember it; what is wrong becomes an error of the form."""
    if not form.validate():
        return False
    guesses = at_sign_in(f"desk-proof/{officer.id}")
    minutes = guesses.note_or_wait()
    if minutes:
        form.form_errors.append(_("Too many tries. Try again after minutes: %(n)s.", n=minutes))
        return False
    try:
        right = _is_right(form, officer)
    except DomainError as error:
        form.form_errors.append(told(error))
        return False
    if not right:
        form.form_errors.append(str(WRONG))
        return False
    with writing() as session:
        actions.prove_again(session, token=guard.current_token())
    guesses.forget()
    guard.mark_seen()
    return True


def _is_right(form: ProofForm, officer: Officer) -> bool:
    if form.proof_answer.data:
        with writing() as session:
            challenge = form.proof_challenge.data or ""
            owner: Account | None = challenges.owner_of(
                session, form.proof_answer.data, challenge, purpose=challenges.PROVE
            )
        return owner is not None and owner.id == officer.id
    with reading() as session:
        owner = queries.by_id(session, officer.id)
    return passwords.proves(form.proof_password.data or "", owner)
