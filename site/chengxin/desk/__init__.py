"""The workbench (办理台) of the staff: the queue, the cases, and what is published."""

from flask import Flask

from chengxin.desk import complaints, frame, guard, queue, ratings, session
from chengxin.desk.blueprint import bp

__all__ = ["bp", "complaints", "install", "queue", "ratings", "session"]


def install(app: Flask) -> None:
    """Give an app the pages of the workbench and the door before them."""
    app.register_blueprint(bp)
    guard.install(app)
    frame.install(app)
