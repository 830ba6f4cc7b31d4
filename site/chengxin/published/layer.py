"""The layer in front of the public app: finished pages at once, everything else from the app.

A page is kept under the edition that was read inside the same snapshot as its rows, so it can neither mix
two editions nor be shown after a newer one was published. The first reader of a page fills it; readers who
come meanwhile wait for that one answer.
"""

from collections.abc import Callable, Iterable
from threading import Event, Lock
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.frame import DISPLAY_COOKIE, known_displays
from chengxin.core.publishing import CACHE_CONTROL, KEPT, is_published
from chengxin.core.web import SNAPSHOT
from chengxin.ledger.queries import publication_version
from chengxin.published.edition import Edition, Editions
from chengxin.published.page import Headers, Page, finish
from chengxin.published.shelf import CAPACITY, Address, Shelf

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LONGEST_WAIT_SECONDS = 20


class Answer:
    """What the app said, held back until it is known whether it may be kept."""

    def __init__(self, app: Flask, environ: "WSGIEnvironment") -> None:
        """Ask the app and read its answer to the end."""
        self.status = ""
        self.headers: Headers = []
        chunks = app.wsgi_app(environ, self._start)
        try:
            self.body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    def _start(
        self,
        status: str,
        headers: Headers,
        failure: "OptExcInfo | None" = None,  # noqa: ARG002 (part of the protocol)
        /,
    ) -> Callable[[bytes], object]:
        self.status, self.headers = status, headers
        return _refuse

    @property
    def is_for_everybody(self) -> bool:
        """Return whether nothing in the answer belongs to one reader."""
        for name, value in self.headers:
            lower = name.lower()
            if lower == "set-cookie" or (lower == "vary" and "cookie" in value.lower()):
                return False
        return self.status.startswith("200")


def _refuse(chunk: bytes) -> object:
    """Refuse the old way of writing, which no app here uses."""
    raise NotImplementedError(f"{len(chunk)} bytes written past the answer")


class Flight:
    """One filling under way, and what came of it for those who wait."""

    def __init__(self) -> None:
        """Start the filling."""
        self.landed = Event()
        self.page: Page | None = None


class Published:
    """The public app with its finished pages in front."""

    def __init__(self, app: Flask, database: Database, *, capacity: int = CAPACITY) -> None:
        """Stand in front of an app that reads the same database."""
        self.app = app
        self.shelf = Shelf(capacity)
        self._database = database
        self._editions = Editions(database)
        self._flights: dict[tuple[Edition, Address], Flight] = {}
        self._lock = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the shelf, or fill the place on it, or hand on to the app."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.app.wsgi_app(environ, start_response)
        try:
            edition = self._editions.now()
        except Exception:  # noqa: BLE001 (any driver's failure; the app then answers in its own way)
            return self.app.wsgi_app(environ, start_response)
        address = address_of(environ)
        page = self.shelf.find(edition, address)
        if page is None and self._may_be_kept(environ):
            return self._answer_first(edition, address, environ, start_response)
        if page is None:
            return self.app.wsgi_app(environ, start_response)
        return page.answer(environ, start_response)

    def _may_be_kept(self, environ: "WSGIEnvironment") -> bool:
        try:
            endpoint, _ = self.app.url_map.bind_to_environ(environ).match(method="GET")
        except HTTPException:
            return False
        return is_published(self.app.view_functions[str(endpoint)])

    def _answer_first(
        self,
        edition: Edition,
        address: Address,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """Fill a page, or wait for the thread that is filling it."""
        place = (edition, address)
        with self._lock:
            flight = self._flights.get(place)
            if mine := flight is None:
                flight = self._flights[place] = Flight()
        assert flight is not None
        if not mine:
            flight.landed.wait(LONGEST_WAIT_SECONDS)
            if flight.page is not None:
                return flight.page.answer(environ, start_response)
            return self.app.wsgi_app(environ, start_response)
        try:
            return self._fill(flight, address, environ, start_response)
        finally:
            self._flights.pop(place, None)
            flight.landed.set()

    def _fill(
        self, flight: Flight, address: Address, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Let the app write a page inside one snapshot, and keep it under the edition the snapshot shows."""
        method, day = environ["REQUEST_METHOD"], clock.today()
        try:
            with self._database.reading() as session:
                edition = Edition(publication_version(session), day)
                environ[SNAPSHOT], environ["REQUEST_METHOD"] = session, "GET"
                answer = Answer(self.app, environ)
        except SQLAlchemyError:
            return self.app.wsgi_app(environ, start_response)
        finally:
            environ["REQUEST_METHOD"] = method
            environ.pop(SNAPSHOT, None)
        if not (KEPT in environ and answer.is_for_everybody):
            start_response(answer.status, answer.headers)
            return [] if method == "HEAD" else [answer.body]
        page = finish(answer.headers, answer.body, CACHE_CONTROL)
        if clock.today() == day:
            flight.page = page
            if environ[KEPT]:
                self.shelf.keep(edition, address, page)
        return page.answer(environ, start_response)


def address_of(environ: "WSGIEnvironment") -> Address:
    """Return everything of a request that a page may depend on."""
    return (
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        display_of(environ.get("HTTP_COOKIE", "")),
    )


def display_of(cookies: str) -> str:
    """Return the reader's display choice; no other cookie changes a page."""
    if f"{DISPLAY_COOKIE}=" not in cookies:
        return ""
    return known_displays(parse_cookie(cookies).get(DISPLAY_COOKIE, ""))
