"""The workbench (办理台) of the staff: the queue, the cases, and what is published."""

from flask import Flask

from chengxin.desk import (
    abnormal,
    agency_disputes,
    agency_file,
    batches,
    campaigns,
    case_asides,
    complaints,
    corrections,
    drafting,
    enrolling,
    exemplars,
    frame,
    guard,
    inspecting,
    inspections,
    ledger,
    letters,
    lineage,
    marking,
    more,
    news,
    notice_facts,
    notice_lists,
    notices,
    objections,
    permits,
    picturing,
    queue,
    ratings,
    read_log,
    repairs,
    scheduling,
    selections,
    session,
    suggestions,
    writing,
)
from chengxin.desk.blueprint import bp

__all__ = [
    "abnormal",
    "agency_disputes",
    "agency_file",
    "batches",
    "bp",
    "campaigns",
    "case_asides",
    "complaints",
    "corrections",
    "drafting",
    "enrolling",
    "exemplars",
    "inspecting",
    "inspections",
    "install",
    "ledger",
    "letters",
    "lineage",
    "marking",
    "more",
    "news",
    "notice_facts",
    "notice_lists",
    "notices",
    "objections",
    "permits",
    "picturing",
    "queue",
    "ratings",
    "read_log",
    "repairs",
    "scheduling",
    "selections",
    "session",
    "suggestions",
    "writing",
]


def install(app: Flask) -> None:
    """Give an app the pages of the workbench and the door before them."""
    app.register_blueprint(bp)
    guard.install(app, ask=proving.ask)
    frame.install(app)
