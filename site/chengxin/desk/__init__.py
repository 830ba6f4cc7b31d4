"""The workbench (办理台) of the staff: the queue, the cases, and what is published."""

from flask import Flask

from chengxin.desk import (
    campaigns,
    complaints,
    corrections,
    drafting,
    enrolling,
    exemplars,
    frame,
    guard,
    more,
    news,
    notices,
    objections,
    picturing,
    queue,
    ratings,
    repairs,
    scheduling,
    selections,
    session,
    writing,
)
from chengxin.desk.blueprint import bp

__all__ = [
    "bp",
    "campaigns",
    "complaints",
    "corrections",
    "drafting",
    "enrolling",
    "exemplars",
    "install",
    "more",
    "news",
    "notices",
    "objections",
    "picturing",
    "queue",
    "ratings",
    "repairs",
    "scheduling",
    "selections",
    "session",
    "writing",
]


def install(app: Flask) -> None:
    """Give an app the pages of the workbench and the door before them."""
    app.register_blueprint(bp)
    guard.install(app)
    frame.install(app)
