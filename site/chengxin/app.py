"""The two faces of one installation, wired: public pages and the workbench."""

import os
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from chengxin.config import Settings
from chengxin.core import workdays
from chengxin.core.database import Database
from chengxin.core.frame import build
from chengxin.core.i18n import LanguageInAddress
from chengxin.core.keys import secret_of
from chengxin.core.web import Installation
from chengxin.migrations import metadata
from chengxin.paths import asset_folder
from chengxin.published.layer import Published

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DESK = "/desk"
FACES = {"app": (True, True), "public": (True, False), "desk": (False, True)}


def open_door(face: str = "app") -> "WSGIApplication":
    """Return a face of the installation that the environment describes: both, or one to run apart."""
    public, desk = FACES[face]
    return create_wsgi(Settings.from_environment(os.environ), public=public, desk=desk)


def installation_of(settings: Settings) -> Installation:
    """Return what the faces of one installation share; a row's foreign keys need every table to be known."""
    metadata()
    workdays.learn(settings.workdays_file)
    return Installation(settings=settings, database=Database(settings), secret=secret_of(settings))


def create_public(installed: Installation) -> Flask:
    """Return the Flask app of the public pages: no login, no session, no private key."""
    from chengxin.api import bp as api  # noqa: PLC0415 (an app imports only its own face)
    from chengxin.portal import bp  # noqa: PLC0415 (the same)

    app = build("chengxin.public", installed, cookie="form")
    app.register_blueprint(bp)
    app.register_blueprint(api)
    return app


def create_desk(installed: Installation) -> Flask:
    """Return the Flask app of the staff."""
    from chengxin.desk import install  # noqa: PLC0415 (an app imports only its own face)

    app = build("chengxin.desk", installed, cookie="desk")
    install(app)
    return app


def create_wsgi(settings: Settings, *, public: bool = True, desk: bool = True) -> "WSGIApplication":
    """Return one or both faces as a WSGI application with static files, languages and proxies."""
    installed = installation_of(settings)
    front: WSGIApplication = Published(create_public(installed), installed.database) if public else NotFound()
    mounts: dict[str, WSGIApplication] = {DESK: create_desk(installed)} if desk else {}
    served: WSGIApplication = LanguageInAddress(DispatcherMiddleware(front, mounts))
    served = WhiteNoise(
        served,
        root=asset_folder("static"),
        prefix="static/",
        max_age=365 * 24 * 60 * 60,
        add_headers_function=_static_headers,
    )
    hops = settings.proxy_hops
    return ProxyFix(served, x_for=hops, x_proto=hops) if hops else served


def _static_headers(headers: dict[str, str], path: str, url: str) -> None:  # noqa: ARG001 (WhiteNoise's signature)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
