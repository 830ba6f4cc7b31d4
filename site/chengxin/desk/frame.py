"""What stands around every page of the workbench: its navigation and who is signed in."""

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_wtf.csrf import generate_csrf

from chengxin.accounts.rules import Officer, Right
from chengxin.core import i18n
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import installation
from chengxin.desk.guard import officer_or_none

# Endpoint, words, the rights that make the entry of use, and how the endpoints of its pages begin.
NAVIGATION = (
    (
        "desk.home",
        _l("Queue"),
        (Right.READ_CASES, Right.MODERATE_RATINGS),
        ("desk.home", "desk.complaint", "desk.rating", "desk.decide", "desk.assign"),
    ),
    ("desk.notices", _l("Notices"), (Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES), ("desk.notice",)),
    ("desk.exemplars", _l("Exemplars"), (Right.NAME_EXEMPLARS,), ("desk.exemplar",)),
    ("desk.news", _l("News"), (Right.DRAFT_NEWS, Right.PUBLISH_NEWS), ("desk.news", "desk.article")),
)


def install(app: Flask) -> None:
    """Give every template of an app the frame of the workbench."""
    app.context_processor(_framed)


def public_url(path: str) -> str:
    """Return the address of a public page, in the officer's language; the two faces may run apart."""
    language = "/en" if i18n.locale() == i18n.ENGLISH else ""
    return f"{installation().settings.base_url}{language}/{path}"


def public_file_url(uid: str) -> str:
    """Return the public address of an agency's integrity file."""
    return public_url(f"agencies/{uid}/")


def _framed() -> dict[str, Any]:
    officer = officer_or_none()
    return {
        "officer": officer,
        "desk_home_url": url_for("desk.home"),
        "desk_nav": _navigation(officer) if officer else [],
        "sign_out_url": url_for("desk.logout"),
        "csrf_token": generate_csrf,
    }


def _navigation(officer: Officer) -> list[dict[str, object]]:
    return [
        {"label": label, "url": url_for(endpoint), "current": (request.endpoint or "").startswith(pages)}
        for endpoint, label, rights, pages in NAVIGATION
        if endpoint in current_app.view_functions and officer.may(*rights)
    ]
