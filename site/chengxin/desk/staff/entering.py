"""The way from a right password to an open session: a code, a new password, a second factor to set up."""

from dataclasses import dataclass
from typing import cast

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import actions, factors, queries
from chengxin.accounts.models import Account, HalfSession
from chengxin.accounts.rules import Role, roles_from
from chengxin.accounts.steps import Step, next_step
from chengxin.core.web import installation, reading, writing
from chengxin.desk import guard

HALF = "half"
PAGES = {Step.CODE: "desk.code", Step.PASSWORD: "desk.first_password", Step.FACTOR: "desk.first_factor"}


@dataclass(frozen=True)
class Entering:
    """Somebody between the password and the workbench."""

    account: Account
    half: HalfSession
    token: str
    step: Step


def forced(account: Account) -> bool:
    """Return whether an account must have a second factor; agencies choose."""
    required = installation().settings.second_factor == "required"
    return required and Role.AGENCY not in roles_from(account.roles)


def entering(step: Step) -> Entering | None:
    """Return who is at this step of the way in with this browser."""
    token = str(cast("dict[str, str]", session.get(HALF) or {}).get("token", ""))
    with reading() as opened:
        found = queries.half(opened, token) if token else None
        if found is None:
            return None
        account, half = found
        now_at = _step_of(opened, account, proven=half.proven)
    return Entering(account, half, token, now_at) if now_at is step else None


def enter(account: Account, *, by: str, proven: bool, asked: str) -> ResponseReturnValue:
    """Let somebody in whose password or passkey was right, or lead them to what is still owed."""
    with writing() as opened:
        current = actions.still_open(opened, account)
        step = _step_of(opened, current, proven=proven)
        if step is Step.DONE:
            token = actions.sign_in(opened, account=current, by=by)
        else:
            token = factors.begin_half(opened, account=current, proven=proven)
    if step is Step.DONE:
        guard.begin(queries.officer(current), token)
        return redirect(guard.own_path(asked), 303)
    guard.empty_cookie()
    session[HALF] = {"token": token, "next": asked, "by": by}
    return redirect(url_for(PAGES[step]), 303)


def go_on(opened: Session, here: Entering, *, by: str = "", proven: bool = False) -> str:
    """Take a step as done; return the token of a session when it was the last, or nothing."""
    account = actions.found(opened, here.account.id)
    step = _step_of(opened, account, proven=proven or here.half.proven)
    if step is not Step.DONE:
        return ""
    factors.end_half(opened, token=here.token)
    return actions.sign_in(opened, account=account, by=by or _kept("by"))


def arrive(here: Entering, token: str) -> ResponseReturnValue:
    """Open the session that was made, or lead on to the next step."""
    asked = begin(here, token)
    if asked is not None:
        return redirect(asked, 303)
    with reading() as opened:
        found = queries.half(opened, here.token)
        step = _step_of(opened, found[0], proven=found[1].proven) if found else Step.DONE
    return redirect(url_for(PAGES.get(step, "desk.login")), 303)


def begin(here: Entering, token: str) -> str | None:
    """Give this browser the session that was made and return where to go; nothing without a session."""
    if not token:
        return None
    asked = guard.own_path(_kept("next"))
    guard.begin(queries.officer(here.account), token)
    return asked


def _kept(name: str) -> str:
    return str(cast("dict[str, str]", session.get(HALF) or {}).get(name, ""))


def _step_of(opened: Session, account: Account, *, proven: bool) -> Step:
    return next_step(
        has_factor=queries.has_factor(opened, account),
        proven=proven,
        must_change=account.must_change,
        forced=forced(account),
    )
