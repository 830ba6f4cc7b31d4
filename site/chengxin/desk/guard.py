"""The door of the workbench: who is signed in, and what each route asks of them.

Every desk route says what it needs, or stands on the list of routes that are open on purpose. A route that
says nothing stays shut.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar, cast

import flask_login
from flask import Flask, abort, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue

from chengxin.accounts import queries
from chengxin.accounts.rules import Officer, Right
from chengxin.accounts.steps import is_idle, is_proven
from chengxin.core import clock
from chengxin.core.web import reading

# Before the door: each of these asks by itself who is there, and none opens anything of the workbench.
OPEN_ON_PURPOSE = frozenset(
    {
        "desk.login",
        "desk.sign_in",
        "desk.sign_in_passkey",
        "desk.code",
        "desk.send_code",
        "desk.first_password",
        "desk.set_first_password",
        "desk.first_factor",
        "desk.first_factor_picture",
        "desk.set_first_factor",
        "desk.prove",
        "desk.prove_again",
    }
)
# What an agency's own account may use although it asks for no right: its home is its file.
OPEN_TO_GUESTS = frozenset(
    {
        "desk.home",
        "desk.logout",
        "desk.me",
        "desk.my_password",
        "desk.set_my_password",
        "desk.my_factor",
        "desk.my_factor_picture",
        "desk.set_my_factor",
        "desk.remove_my_factor",
        "desk.renew_my_recovery",
        "desk.my_passkey",
        "desk.add_my_passkey",
        "desk.remove_my_passkey",
        "desk.end_my_session",
        "desk.end_my_other_sessions",
    }
)
OPEN_WHEN_LEFT_ALONE = frozenset({"desk.logout"})
NEEDS = "chengxin_needs"
FRESH = "chengxin_fresh"
SEEN, KNOWN = "seen", "known"
SECONDS_BETWEEN_MARKS = 60
MOST_KNOWN = 5
_SLIPPERY = ("\\", "//", "..")

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class SignedIn:
    """A running session together with the token that opens it, as Flask-Login keeps a user."""

    running: queries.Running
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return what the cookie carries: the session token, never the account."""
        return self.token


def needs(*rights: Right) -> Callable[[View], View]:
    """Open a view to those with one of the rights; without rights to all signed-in staff, but to no agency."""

    def mark(view: View) -> View:
        setattr(view, NEEDS, rights)
        return view

    return mark


def fresh(view: View) -> View:
    """Ask whoever uses a view to prove themselves again, unless they did so in the last ten minutes."""
    setattr(view, FRESH, True)
    return view


def current_account() -> Officer:
    """Return who is signed in; only guarded views may ask."""
    officer = officer_or_none()
    if officer is None:
        abort(403)
    return officer


def officer_or_none() -> Officer | None:
    """Return who the door let in for this request, or nobody."""
    return cast("Officer | None", g.get("officer"))


def install(
    app: Flask, *, ask: Callable[[], ResponseReturnValue | None], shut: Callable[[], ResponseReturnValue]
) -> None:
    """Stand before every route of an app; `ask` has a person prove themselves again, `shut` answers strangers."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_of_token)
    app.before_request(partial(_refuse, ask, shut))


def begin(officer: Officer, token: str) -> None:
    """Give this browser a fresh session, and remember that this person uses it."""
    empty_cookie()
    mine = person_key(officer.username)
    session[KNOWN] = [mine, *(each for each in session.get(KNOWN, []) if each != mine)][:MOST_KNOWN]
    flask_login.login_user(SignedIn(queries.Running(officer, 0, None), token))
    mark_seen()


def empty_cookie() -> None:
    """Take everything from this browser but who has signed in with it before."""
    known = session.get(KNOWN)
    session.clear()
    if known:
        session[KNOWN] = known


def person_key(username: str) -> str:
    """Return what stands for a username where the name itself need not stand."""
    return hashlib.sha256(username.casefold().encode()).hexdigest()[:16]


def mark_seen() -> None:
    """Write into the cookie that somebody is there; at most once a minute, and never into the database."""
    now = int(clock.now().timestamp())
    if now - session.get(SEEN, 0) >= SECONDS_BETWEEN_MARKS:
        session[SEEN] = now


def running() -> queries.Running | None:
    """Return the session this browser carries, even if it was left alone too long."""
    return cast("queries.Running | None", g.get("running"))


def current_token() -> str:
    """Return the session token of this browser, or nothing."""
    return cast("str", flask_login.current_user.get_id() or "")


def forget() -> None:
    """Take the session from this browser."""
    flask_login.logout_user()
    empty_cookie()


def _of_token(token: str) -> SignedIn | None:
    with reading() as opened:
        found = queries.running(opened, token)
    return SignedIn(found, token) if found else None


def _refuse(
    ask: Callable[[], ResponseReturnValue | None], shut: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    here = g.running = cast("queries.Running | None", getattr(flask_login.current_user, "running", None))
    alone = _left_alone()
    g.officer = here.officer if here and not alone else None
    if endpoint in OPEN_ON_PURPOSE:
        return None
    if here is None:
        return shut()
    view = current_app.view_functions[endpoint]
    if not _allowed(here.officer, endpoint, getattr(view, NEEDS, None)):
        abort(403)
    stale = getattr(view, FRESH, False) and not is_proven(here.proven_at, clock.now())
    asked = ask() if stale or (alone and endpoint not in OPEN_WHEN_LEFT_ALONE) else None
    if asked is None:
        g.officer = here.officer
        mark_seen()
    return asked


def _left_alone() -> bool:
    seen = session.get(SEEN)
    return is_idle(datetime.fromtimestamp(seen, UTC) if seen else None, clock.now())


def _allowed(officer: Officer, endpoint: str, rights: Collection[Right] | None) -> bool:
    """Tell whether somebody may use a view that asks for one of some rights, or for none in particular."""
    if rights is None:
        return False
    if rights:
        return officer.may(*rights)
    return not officer.is_guest or endpoint in OPEN_TO_GUESTS


def asked_path() -> str:
    """Return the address this request asks for, in its language."""
    return request.script_root + request.full_path.rstrip("?")


def own_path(asked: str) -> str:
    """Return an address to go on to, if it is a page of this workbench, or else the queue."""
    home = url_for("desk.home")
    plain = asked.startswith(home) and asked.isprintable()
    return asked if plain and not any(part in asked for part in _SLIPPERY) else home
