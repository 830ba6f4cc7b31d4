"""The tools of the workbench: which there are, whom each serves, and where each stands.

A tool that somebody opens every day stands in the navigation; the others stand on the page “More”.
"""

from dataclasses import dataclass

from flask import current_app, request

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Tool:
    """One list of the workbench: its endpoint, its words, who needs it, and the first part of its pages' addresses."""

    endpoint: str
    label: str
    purpose: str
    rights: tuple[Right, ...]
    parts: tuple[str, ...]
    daily: bool = False


TOOLS = (
    Tool(
        "desk.agency_home",
        _l("My agency"),
        _l("Your own file, your objections and requests"),
        (Right.OWN_FILE,),
        ("agency",),
        daily=True,
    ),
    Tool(
        "desk.home",
        _l("Queue"),
        _l("Everything that waits for a decision"),
        (Right.READ_CASES, Right.MODERATE_RATINGS, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES),
        ("", "complaints", "evidence", "ratings", "reads", "views"),
        daily=True,
    ),
    Tool(
        "desk.notices",
        _l("Notices"),
        _l("Sanctions from draft to end"),
        (Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES),
        ("notices", "corrections"),
        daily=True,
    ),
    Tool(
        "desk.bulk_acts",
        _l("Acts on many rows"),
        _l("What you did to many rows of the queue at once, and taking it back"),
        (Right.DECIDE_CASES, Right.MODERATE_RATINGS),
        ("bulk",),
    ),
    Tool(
        "desk.batches",
        _l("Batches"),
        _l("The notices of a quarter, published by one approval"),
        (Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES),
        ("batches",),
    ),
    Tool(
        "desk.objections",
        _l("Objections"),
        _l("Disputed records, from the mark to the decision"),
        (Right.ANSWER_DISPUTES,),
        ("objections",),
    ),
    Tool(
        "desk.repairs",
        _l("Credit repair"),
        _l("Requests to end a notice early"),
        (Right.ANSWER_DISPUTES,),
        ("repairs",),
    ),
    Tool(
        "desk.suggestions",
        _l("Suggestions"),
        _l("What people suggest, from the original to the public reply"),
        (Right.ANSWER_SUGGESTIONS,),
        ("suggestions",),
    ),
    Tool(
        "desk.exemplars",
        _l("Exemplars"),
        _l("Exemplary titles and their withdrawal"),
        (Right.NAME_EXEMPLARS,),
        ("exemplars",),
        daily=True,
    ),
    Tool(
        "desk.news",
        _l("News"),
        _l("Updates, rules, cases and warnings"),
        (Right.DRAFT_NEWS, Right.PUBLISH_NEWS),
        ("news",),
        daily=True,
    ),
    Tool(
        "desk.campaigns",
        _l("Campaigns"),
        _l("Yearly campaigns, the agencies that take part, and results"),
        (Right.DRAFT_NEWS, Right.PUBLISH_NEWS),
        ("campaigns",),
    ),
    Tool(
        "desk.standard_texts",
        _l("Standard texts"),
        _l("What officers put into letters, and the authorities cases are handed to"),
        (Right.EDIT_STANDARD_TEXTS,),
        ("texts",),
    ),
    Tool(
        "desk.permits",
        _l("Permit decisions"),
        _l("Changes, renewals and endings of permits, with the last day for publication"),
        (Right.SUPERVISE,),
        ("permits",),
    ),
    Tool(
        "desk.abnormal",
        _l("Abnormal marks"),
        _l("Agencies that cannot be reached, do no business or did not report"),
        (Right.SUPERVISE,),
        ("abnormal",),
    ),
    Tool(
        "desk.inspections",
        _l("Random inspections"),
        _l("Agencies and inspectors drawn by lot, results by batch"),
        (Right.SUPERVISE,),
        ("inspections",),
    ),
    Tool(
        "desk.lineage",
        _l("Tied organisations"),
        _l("Mergers, splits and passed-on licences, from official records"),
        (Right.SUPERVISE,),
        ("lineage",),
    ),
    Tool(
        "desk.figures",
        _l("Figures"),
        _l("What comes, goes and waits, and how long answers take"),
        (Right.READ_FIGURES,),
        ("figures",),
    ),
    Tool(
        "desk.ledger",
        _l("Ledger"),
        _l("Every event, its export and its check; who read what"),
        (Right.READ_LEDGER,),
        ("ledger",),
    ),
    Tool(
        "desk.accounts",
        _l("Accounts"),
        _l("Who may sign in, with which roles and for which region"),
        (Right.KEEP_ACCOUNTS,),
        ("accounts",),
    ),
    Tool(
        "desk.retention",
        _l("Retention"),
        _l("What is erased when, what is due, and who asked for it"),
        (Right.ERASE,),
        ("retention",),
    ),
)


def tools_of(officer: Officer) -> list[Tool]:
    """Return the tools that somebody's rights make of use, in their lasting order."""
    offered = current_app.view_functions
    return [tool for tool in TOOLS if tool.endpoint in offered and officer.may(*tool.rights)]


def is_open(tool: Tool) -> bool:
    """Tell whether this request shows one of a tool's pages."""
    return request.url_rule is not None and part_of(request.url_rule.rule) in tool.parts


def part_of(rule: str) -> str:
    """Return the first part of an address, by which a page or a file belongs to a tool."""
    return rule.split("/")[1].split(".", maxsplit=1)[0]
