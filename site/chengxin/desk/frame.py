"""What stands around every page of the workbench: its navigation and who is signed in."""

from typing import Any

from flask import Flask, request, url_for
from flask_wtf.csrf import generate_csrf

from chengxin.accounts.rules import Officer
from chengxin.core import i18n
from chengxin.core.i18n import gettext as _
from chengxin.core.web import installation
from chengxin.desk.guard import officer_or_none
from chengxin.desk.tools import is_open, tools_of

MORE = "desk.more"


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
        "me_url": url_for("desk.me"),
        "csrf_token": generate_csrf,
    }


def _navigation(officer: Officer) -> list[dict[str, object]]:
    """Return the daily tools, and the way to the others when there are any."""
    tools = tools_of(officer)
    others = [tool for tool in tools if not tool.daily]
    entries: list[dict[str, object]] = [
        {"label": tool.label, "url": url_for(tool.endpoint), "current": is_open(tool)}
        for tool in tools
        if tool.daily
    ]
    if others:
        current = request.endpoint == MORE or any(map(is_open, others))
        entries.append({"label": _("More"), "url": url_for(MORE), "current": current})
    return entries
