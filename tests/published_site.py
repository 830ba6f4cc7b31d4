"""A tiny public app whose pages tell how often and from which rows they were written."""

import itertools
import time
from dataclasses import dataclass, field

from flask import Flask, abort, make_response, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from werkzeug.test import Client

from chengxin.core.database import Database
from chengxin.core.publishing import do_not_keep, published
from chengxin.core.web import Installation, install, reading
from chengxin.ledger.actions import record
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from chengxin.published.layer import Published


@dataclass
class Site:
    """The app behind its layer, and how often each view ran."""

    app: Flask
    layer: Published
    written: dict[str, int] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        """Return a fresh reader."""
        return Client(self.layer)


def publish(database: Database) -> None:
    """Make one public event."""
    with database.writing() as opened:
        record(opened, actor="command", verb="published", subject=Subject("sanction", 1), public=True)


def site_on(database: Database, settings: object, *, capacity: int = 1 << 20) -> Site:
    """Build the app on a database."""
    app = Flask("tiny")
    app.secret_key = "a secret of the tests"
    install(app, Installation(settings=settings, database=database, secret="x"))  # type: ignore[arg-type]
    site = Site(app, Published(app, database, capacity=capacity))
    _add_pages(site)
    return site


def _add_pages(site: Site) -> None:
    turns = itertools.count(1)

    @site.app.before_request
    def count() -> None:
        site.written[request.path] = site.written.get(request.path, 0) + 1

    @site.app.get("/list/")
    @published(query=("kind", "q", "page"))
    def listed() -> ResponseReturnValue:
        """Read twice with a pause between, as a page of several queries does."""
        with reading() as rows:
            newest = rows.scalar(select(func.max(Event.public_version))) or 0
            time.sleep(0.001)
            count = rows.scalar(select(func.count()).select_from(Event))
        if request.args.get("q"):
            do_not_keep()
        return f"{newest} {count} {'word ' * 200}{request.query_string.decode()}"

    @site.app.get("/large/<int:number>")
    @published()
    def large(number: int) -> ResponseReturnValue:
        return f"{number} " + str(time.perf_counter_ns()) * 1_000

    @site.app.get("/constant/")
    @published()
    def constant() -> ResponseReturnValue:
        return "always the same"

    @site.app.get("/form/")
    @published()
    def form() -> ResponseReturnValue:
        session["csrf_token"] = session.get("csrf_token") or f"token {next(turns)}"
        return str(session["csrf_token"])

    @site.app.get("/gone/")
    @published()
    def gone() -> ResponseReturnValue:
        abort(410)

    @site.app.get("/plain/")
    def plain() -> ResponseReturnValue:
        return make_response(f"turn {next(turns)}")

    @site.app.post("/list/")
    def send() -> ResponseReturnValue:
        return "sent"
