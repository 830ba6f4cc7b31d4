"""The tools of the workbench: which there are, whom each serves, and where each stands.

A tool that somebody opens every day stands in the navigation; the others stand on the page “More”.
"""

from dataclasses import dataclass

from flask import current_app, request

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Tool:
    """One list of the workbench: its endpoint, its words, who needs it, and how its endpoints begin."""

    endpoint: str
    label: str
    purpose: str
    rights: tuple[Right, ...]
    pages: tuple[str, ...]
    daily: bool = False


TOOLS = (
    Tool(
        "desk.agency_home",
        _l("My agency"),
        _l("Your own file, your objections and requests"),
        (Right.OWN_FILE,),
        ("desk.agency_",),
        daily=True,
    ),
    Tool(
        "desk.home",
        _l("Queue"),
        _l("Everything that waits for a decision"),
        (Right.READ_CASES, Right.MODERATE_RATINGS, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES),
        (
            "desk.home",
            "desk.complaint",
            "desk.evidence",
            "desk.redact_evidence",
            "desk.rating",
            "desk.decide",
            "desk.assign",
            "desk.note_complaint",
            "desk.finding",
        ),
        daily=True,
    ),
    Tool(
        "desk.notices",
        _l("Notices"),
        _l("Sanctions from draft to end"),
        (Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES),
        ("desk.notice", "desk.enter_notice", "desk.draft_notice", "desk.revise_notice", "desk.step_notice"),
        daily=True,
    ),
    Tool(
        "desk.bulk_acts",
        _l("Acts on many rows"),
        _l("What you did to many rows of the queue at once, and taking it back"),
        (Right.DECIDE_CASES, Right.MODERATE_RATINGS),
        ("desk.bulk",),
    ),
    Tool(
        "desk.batches",
        _l("Batches"),
        _l("The notices of a quarter, published by one approval"),
        (Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES),
        ("desk.batch",),
    ),
    Tool(
        "desk.objections",
        _l("Objections"),
        _l("Disputed records, from the mark to the decision"),
        (Right.ANSWER_DISPUTES,),
        ("desk.objection",),
    ),
    Tool(
        "desk.repairs",
        _l("Credit repair"),
        _l("Requests to end a notice early"),
        (Right.ANSWER_DISPUTES,),
        ("desk.repair",),
    ),
    Tool(
        "desk.suggestions",
        _l("Suggestions"),
        _l("What people suggest, from the original to the public reply"),
        (Right.ANSWER_SUGGESTIONS,),
        ("desk.suggestion",),
    ),
    Tool(
        "desk.exemplars",
        _l("Exemplars"),
        _l("Exemplary titles and their withdrawal"),
        (Right.NAME_EXEMPLARS,),
        ("desk.exemplar",),
        daily=True,
    ),
    Tool(
        "desk.news",
        _l("News"),
        _l("Updates, rules, cases and warnings"),
        (Right.DRAFT_NEWS, Right.PUBLISH_NEWS),
        ("desk.news", "desk.article"),
        daily=True,
    ),
    Tool(
        "desk.campaigns",
        _l("Campaigns"),
        _l("Yearly campaigns, the agencies that take part, and results"),
        (Right.DRAFT_NEWS, Right.PUBLISH_NEWS),
        ("desk.campaign",),
    ),
    Tool(
        "desk.standard_texts",
        _l("Standard texts"),
        _l("What officers put into letters, and the authorities cases are handed to"),
        (Right.EDIT_STANDARD_TEXTS,),
        ("desk.standard_text",),
    ),
    Tool(
        "desk.permits",
        _l("Permit decisions"),
        _l("Changes, renewals and endings of permits, with the last day for publication"),
        (Right.SUPERVISE,),
        ("desk.permit",),
    ),
    Tool(
        "desk.abnormal",
        _l("Abnormal marks"),
        _l("Agencies that cannot be reached, do no business or did not report"),
        (Right.SUPERVISE,),
        ("desk.abnormal",),
    ),
    Tool(
        "desk.inspections",
        _l("Random inspections"),
        _l("Agencies and inspectors drawn by lot, results by batch"),
        (Right.SUPERVISE,),
        ("desk.inspection",),
    ),
    Tool(
        "desk.lineage",
        _l("Tied organisations"),
        _l("Mergers, splits and passed-on licences, from official records"),
        (Right.SUPERVISE,),
        ("desk.lineage",),
    ),
    Tool(
        "desk.figures",
        _l("Figures"),
        _l("What comes, goes and waits, and how long answers take"),
        (Right.READ_FIGURES,),
        ("desk.figures",),
    ),
    Tool(
        "desk.ledger",
        _l("Ledger"),
        _l("Every event, its export and its check; who read what"),
        (Right.READ_LEDGER,),
        ("desk.ledger",),
    ),
    Tool(
        "desk.accounts",
        _l("Accounts"),
        _l("Who may sign in, with which roles and for which region"),
        (Right.KEEP_ACCOUNTS,),
        ("desk.account",),
    ),
    Tool(
        "desk.retention",
        _l("Retention"),
        _l("What is erased when, what is due, and who asked for it"),
        (Right.ERASE,),
        ("desk.retention",),
    ),
)


def tools_of(officer: Officer) -> list[Tool]:
    """Return the tools that somebody's rights make of use, in their lasting order."""
    offered = current_app.view_functions
    return [tool for tool in TOOLS if tool.endpoint in offered and officer.may(*tool.rights)]


def is_open(tool: Tool) -> bool:
    """Tell whether this request shows one of a tool's pages."""
    return (request.endpoint or "").startswith(tool.pages)
