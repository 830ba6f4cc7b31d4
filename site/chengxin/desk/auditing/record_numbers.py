"""Records by the numbers people know: the number of a case, of a published notice or suggestion, of a decision."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from chengxin.desk.auditing.ledger_words import KIND, kind_of
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions.models import Suggestion

INTERNAL = re.compile(r"[0-9]{1,12}", re.ASCII)
PUBLIC = re.compile(r"([0-9]{4})[-/]([0-9]{1,9})", re.ASCII)
CASE, NOTICE, SUGGESTION = (model.__tablename__ for model in (Complaint, Sanction, Suggestion))


def called(session: Session, records: Collection[Subject]) -> Mapping[Subject, str]:
    """Return what some records are called, with the number that people know where there is one."""
    known = {
        Subject(kind, number): f"{kind_of(kind)} {shown}"
        for kind, numbered in _NUMBERED.items()
        if (ids := {each.id for each in records if each.kind == kind})
        for number, *parts in session.execute(numbered(ids))
        if (shown := _spelled(parts))
    }
    return {each: known.get(each, f"{kind_of(each.kind)} {each.id}") for each in records}


def meant(session: Session, kind: str, typed: str) -> Subject | None:
    """Return the record that somebody means by a kind and a number as they typed it, or None when it is not clear."""
    if kind in KIND and INTERNAL.fullmatch(typed):
        return Subject(kind, int(typed))
    asked = {name: rows for name, rows in _by_number(typed).items() if kind in {"", name}}
    found = [
        Subject(name, number) for name, rows in asked.items() for number in session.scalars(rows.limit(2))
    ]
    return found[0] if len(found) == 1 else None


def _by_number(typed: str) -> dict[str, Select[int]]:
    """Return where to look for a number that is no internal one."""
    public = PUBLIC.fullmatch(typed)
    if public:
        year, number = map(int, public.groups())
        return {
            name: select(model.id).where(model.year == year, model.number == number)
            for name, model in ((NOTICE, Sanction), (SUGGESTION, Suggestion))
        }
    return {
        CASE: select(Complaint.id).where(Complaint.case_no == typed.upper()),
        NOTICE: select(Sanction.id).where(Sanction.decision_no == typed),
    }


def _spelled(parts: list[Any]) -> str:
    return "" if None in parts else "/".join(map(str, parts))


_NUMBERED: Mapping[str, Callable[[Collection[int]], Any]] = {
    CASE: lambda ids: select(Complaint.id, Complaint.case_no).where(Complaint.id.in_(ids)),
    NOTICE: lambda ids: select(Sanction.id, Sanction.year, Sanction.number).where(Sanction.id.in_(ids)),
    SUGGESTION: lambda ids: select(Suggestion.id, Suggestion.year, Suggestion.number).where(
        Suggestion.id.in_(ids)
    ),
}
