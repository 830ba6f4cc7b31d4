"""The workbench (办理台) of the staff: the queue, the cases, and what is published."""

from flask import Flask

from chengxin.desk import frame, guard, more, ratings, reach
from chengxin.desk.auditing import figures, ledger, read_log, retention
from chengxin.desk.blueprint import bp
from chengxin.desk.cases import case_asides, case_matching, complaints, finding_drafts, standard_texts
from chengxin.desk.disputes import objections, repairs
from chengxin.desk.exhibits import evidence, evidence_redacting
from chengxin.desk.guests import agency_disputes, agency_file
from chengxin.desk.honours import exemplars, marking, selections
from chengxin.desk.newsroom import campaigns, enrolling, news, picturing, scheduling, writing
from chengxin.desk.notices import batches, corrections, drafting, letters, notice_facts, notice_lists, notices
from chengxin.desk.queue import bulk, queue, saved_views
from chengxin.desk.staff import accounts, first_steps, me, my_passkeys, proving, session
from chengxin.desk.suggestions import suggestions
from chengxin.desk.supervising import abnormal, inspecting, inspections, lineage, permits

__all__ = [
    "abnormal",
    "accounts",
    "agency_disputes",
    "agency_file",
    "batches",
    "bp",
    "bulk",
    "campaigns",
    "case_asides",
    "case_matching",
    "complaints",
    "corrections",
    "drafting",
    "enrolling",
    "evidence",
    "evidence_redacting",
    "exemplars",
    "figures",
    "finding_drafts",
    "first_steps",
    "inspecting",
    "inspections",
    "install",
    "ledger",
    "letters",
    "lineage",
    "marking",
    "me",
    "more",
    "my_passkeys",
    "news",
    "notice_facts",
    "notice_lists",
    "notices",
    "objections",
    "permits",
    "picturing",
    "proving",
    "queue",
    "ratings",
    "read_log",
    "repairs",
    "retention",
    "saved_views",
    "scheduling",
    "selections",
    "session",
    "standard_texts",
    "suggestions",
    "writing",
]


def install(app: Flask) -> None:
    """Give an app the pages of the workbench and the door before them."""
    app.register_blueprint(bp)
    guard.install(app, ask=proving.ask, shut=proving.shut)
    reach.install(app)
    frame.install(app)
