"""The frame both faces share: languages, headers, limits, error pages and what every template may use."""

from typing import Any
from urllib.parse import quote

import jinja2
from flask import Flask, current_app, request

from chengxin.core import clock, error_pages, i18n, limits, security
from chengxin.core.assets import static_url
from chengxin.core.i18n import gettext as _
from chengxin.core.numbers import NumberConverter
from chengxin.core.uploads import MemoryRequest
from chengxin.core.web import Installation, install, installation
from chengxin.paths import asset_folder

DISPLAY_COOKIE = "display"
DISPLAYS = frozenset({"text-large", "text-larger", "contrast-high", "theme-light", "theme-dark"})


def build(name: str, installed: Installation, *, cookie: str) -> Flask:
    """Return a Flask app with everything but its pages."""
    app = Flask(name, template_folder=str(asset_folder("templates")), static_folder=None)
    app.request_class = MemoryRequest
    app.url_map.converters["int"] = NumberConverter
    app.secret_key = installed.secret
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    install(app, installed)
    security.install(app, secure_cookies=installed.settings.base_url.startswith("https://"), cookie=cookie)
    i18n.install(app)
    limits.install(app, installed)
    error_pages.install(app)
    app.context_processor(_shared)
    return app


def display_classes() -> str:
    """Return the reader's display choice as class names for the html element; unknown words are dropped."""
    return known_displays(request.cookies.get(DISPLAY_COOKIE, ""))


def known_displays(choice: str) -> str:
    """Return the known words of a display cookie as class names, always in the same order."""
    return " ".join(sorted(DISPLAYS.intersection(choice[:80].split("."))))


def _shared() -> dict[str, Any]:
    settings = installation().settings
    return {
        "site": {
            "name": settings.site_name or _("Integrity Register"),
            "authority": settings.authority or _("Human Resources and Social Security Bureau"),
            "hotline": settings.hotline,
            "base_url": settings.base_url,
            "sample": settings.sample == "on",
        },
        "face": current_app.name.rpartition(".")[2],
        "locale": i18n.language_tag(),
        # A page that came from a form has no twin to follow a link to: a link would lose what is written.
        "other_language_url": _other_language() if request.method in {"GET", "HEAD"} else "",
        "same_form_url": _other_language(),
        "static_url": static_url,
        "display": display_classes(),
        "today": clock.today(),
    }


def _other_language() -> str:
    """Return this page's address in the other language."""
    query = request.query_string.decode("ascii", "ignore")
    root = request.environ.get("SCRIPT_NAME", "").removeprefix("/en")
    prefix = "" if i18n.locale() == i18n.ENGLISH else "/en"
    path = quote(f"{prefix}{root}{request.path}", safe="/:@!$&'()*+,;=~-._")
    return f"{path}?{query}" if query else path
