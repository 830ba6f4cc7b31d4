"""The current installation, seen from a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, current_app, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core.database import Database

SNAPSHOT = "chengxin.snapshot"


@dataclass(frozen=True)
class Installation:
    """What the web apps of one installation share."""

    settings: Settings
    database: Database
    secret: str


def install(app: Flask, installation: Installation) -> None:
    """Tie an app to its installation."""
    app.extensions["chengxin"] = installation


def installation() -> Installation:
    """Return the installation of the current app."""
    return cast("Installation", current_app.extensions["chengxin"])


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session on one snapshot; a page being published brings its own."""
    snapshot: Session | None = request.environ.get(SNAPSHOT)
    if snapshot is not None:
        yield snapshot
        return
    with installation().database.reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Give a session whose work is committed at the end of the block; never in a GET."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        raise RuntimeError("a GET request must not write")
    with installation().database.writing() as session:
        yield session


@contextmanager
def noting(*tables: str, marking: str = "") -> Iterator[Session]:
    """Give a session that may add rows to some tables and change nothing else, so that a GET may use it too.

    A mark is the one statement besides: that something was seen.
    """
    allowed = ("SELECT", *(f"INSERT INTO {table} " for table in tables), *([marking] if marking else ()))

    def refuse(*arguments: Any) -> None:
        statement = str(arguments[2])
        if not statement.lstrip().startswith(allowed):
            raise RuntimeError(f"a note adds to {' and '.join(tables)} and does nothing else")

    with installation().database.writing() as session:
        event.listen(session.connection(), "before_cursor_execute", refuse)
        yield session
