"""What an officer sees when somebody else decided the same record first."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.ledger.rules import Subject

# The fields that hold a person's own words; choices and days are quickly made again.
WRITTEN = (
    "message",
    "target_other",
    "body",
    "public_text",
    "reason",
    "reply",
    "public_text",
    "also",
    "note",
    "statement",
    "outcome",
    "decision_no",
    "measures",
    "title",
    "summary",
    "facts",
    "evidence",
    "articles",
    "basis",
    "agency_statement",
    "publication_basis",
)


def too_late(subject: Subject, *, code: str, record_url: str) -> ResponseReturnValue:
    """Say who was faster and what they did, and give the officer's words back."""
    with reading() as session:
        happened = history.of_record(session, subject)
    written = [request.form.get(name, "").strip() for name in WRITTEN]
    page = render_template(
        "desk/too_late.html",
        code=code,
        last=happened[0] if happened else None,
        written="\n\n".join(text for text in written if text),
        record_url=record_url,
    )
    return page, 409
