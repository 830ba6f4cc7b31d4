"""The door of the workbench: who is signed in, and what each route asks of them.

Every desk route says what it needs, or stands on the list of routes that are open on purpose. A route that
says nothing stays shut.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import flask_login
from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from chengxin.accounts import queries
from chengxin.accounts.rules import Officer, Right
from chengxin.core.web import reading

OPEN_ON_PURPOSE = frozenset({"desk.login", "desk.sign_in"})
# What an agency's own account may use although it asks for no right: its home is its file.
OPEN_TO_GUESTS = frozenset({"desk.home", "desk.logout"})
NEEDS = "chengxin_needs"
_SLIPPERY = ("\\", "//", "..")

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class SignedIn:
    """An officer together with the session token that proves it, as Flask-Login keeps a user."""

    officer: Officer
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


def current_account() -> Officer:
    """Return who is signed in; only guarded views may ask."""
    officer = officer_or_none()
    if officer is None:
        abort(403)
    return officer


def officer_or_none() -> Officer | None:
    """Return who the door let in for this request, or nobody."""
    return cast("Officer | None", g.get("officer"))


def install(app: Flask) -> None:
    """Stand before every route of an app."""
    manager = flask_login.LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_of_token)
    app.before_request(_refuse)


def begin(officer: Officer, token: str) -> None:
    """Give this browser a fresh session."""
    session.clear()
    flask_login.login_user(SignedIn(officer, token))


def current_token() -> str:
    """Return the session token of this browser, or nothing."""
    return cast("str", flask_login.current_user.get_id() or "")


def forget() -> None:
    """Take the session from this browser."""
    flask_login.logout_user()
    session.clear()


def _of_token(token: str) -> SignedIn | None:
    with reading() as opened:
        officer = queries.by_token(opened, token)
    return SignedIn(officer, token) if officer else None


def _refuse() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    officer = g.officer = cast("Officer | None", getattr(flask_login.current_user, "officer", None))
    if endpoint in OPEN_ON_PURPOSE:
        return None
    rights = getattr(current_app.view_functions[endpoint], NEEDS, None)
    if officer is None:
        return _to_login()
    if rights is None or (rights and not officer.may(*rights)):
        abort(403)
    if officer.is_guest and not rights and endpoint not in OPEN_TO_GUESTS:
        abort(403)
    return None


def _to_login() -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"}:
        abort(403)
    asked = request.script_root + request.full_path.rstrip("?")
    return redirect(url_for("desk.login", next=asked))


def own_path(asked: str) -> str:
    """Return an address to go on to, if it is a page of this workbench, or else the queue."""
    home = url_for("desk.home")
    plain = asked.startswith(home) and asked.isprintable()
    return asked if plain and not any(part in asked for part in _SLIPPERY) else home
