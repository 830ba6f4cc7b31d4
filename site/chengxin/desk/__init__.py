"""The workbench (办理台) of the staff: the queue, the cases, and what is published."""

from flask import Flask

from chengxin.desk import (
    complaints,
    drafting,
    exemplars,
    frame,
    guard,
    more,
    news,
    notices,
    queue,
    ratings,
    session,
    writing,
)
from chengxin.desk.blueprint import bp

__all__ = [
    "bp",
    "complaints",
    "drafting",
    "exemplars",
    "install",
    "more",
    "news",
    "notices",
    "queue",
    "ratings",
    "session",
    "writing",
]


def install(app: Flask) -> None:
    """Give an app the pages of the workbench and the door before them."""
    app.register_blueprint(bp)
    guard.install(app)
    frame.install(app)
