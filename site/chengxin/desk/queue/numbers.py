"""A whole number opens its record, wherever that stands: a case by its own, anything else as its row calls it."""

import re

from sqlalchemy import ColumnElement, select

from chengxin.accounts.rules import Officer
from chengxin.core.folding import fold_number
from chengxin.core.web import reading
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.kinds.complaints import COMPLAINTS
from chengxin.desk.queue.kinds.kind import WaitingKind
from chengxin.voices.complaints.models import Complaint

# What a case is called: the track, the day and eight characters, without the hyphens.
CASE = re.compile(r"(?:ts|jb)[0-9]{8}[0-9a-z]{8}")
DIGITS = re.compile(r"[0-9]{1,9}")


def address(words: str, officer: Officer) -> str | None:
    """Return the page of the record that a number names, if this officer may open it."""
    folded = fold_number(words)
    if CASE.fullmatch(folded):
        return _found(COMPLAINTS, Complaint.number_key == folded[::-1], officer)
    digits = DIGITS.search(folded)
    number = int(digits[0]) if digits else 0
    for kind in KINDS.values():
        if number and kind.called and fold_number(kind.called(number)) == folded:
            return _found(kind, kind.id == number, officer)
    return None


def _found(kind: WaitingKind, is_meant: ColumnElement[bool], officer: Officer) -> str | None:
    if not officer.may(*kind.rights):
        return None
    with reading() as session:
        rows = select(kind.id).select_from(kind.id.class_).where(is_meant, *kind.scope(officer))
        record_id = session.scalar(rows)
    return kind.url(record_id, None) if record_id is not None else None
