"""What a standard text may hold: plain words, and places for dates and numbers of a case."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError

MOST_TITLE, MOST_BODY = 60, 3_000
ANY_MOVE = ""  # a text that fits every letter
AUTHORITY = (
    "authority"  # an authority that cases are handed to: its title is the name, its body how to reach it
)
SUGGESTION = "suggestion"  # a public reply to a suggestion
_PLACE = re.compile(r"\{([^{}]*)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Place(StrEnum):
    """A place that is filled in when the text is put into a letter."""

    CASE_NO = "case_no"
    RESPONDENT = "respondent"
    AUTHORITY = "authority"
    TODAY = "today"
    ACCEPT_BY = "accept_by"
    ANSWER_BY = "answer_by"
    SUPPLEMENT_BY = "supplement_by"
    EXTENDED_TO = "extended_to"


# A reply to a suggestion is public and belongs to no case.
_OF_SUGGESTION = frozenset({Place.AUTHORITY, Place.TODAY, Place.ANSWER_BY})


def check(title: str, body: str, *, use: str) -> None:
    """Refuse a text without words, too long, or with a place nobody can fill in."""
    if not title.strip() or len(title) > MOST_TITLE:
        raise DomainError(N_("A standard text needs a title of 60 characters at most."))
    if (not body.strip() and use != AUTHORITY) or len(body) > MOST_BODY:
        raise DomainError(N_("A standard text needs words, 3,000 characters at most."))
    unknown = unknown_places(body, use=use)
    if unknown:
        raise DomainError(N_("Nothing fills in these places: %(places)s."), places=" ".join(unknown))


def unknown_places(body: str, *, use: str) -> list[str]:
    """Return the places nobody can fill in for this use, and braces that open or close none."""
    known = _OF_SUGGESTION if use == SUGGESTION else frozenset(Place)
    found = [f"{{{name}}}" for name in _PLACE.findall(body) if name not in known]
    return [*found, *(mark for mark in "{}" if mark in _PLACE.sub("", body))]


def filled(body: str, values: Mapping[Place, str | date]) -> str:
    """Return a text with its places filled in; days are written as its readers write them."""
    chinese = bool(_HAN.search(body))
    return _PLACE.sub(lambda found: _written(values[Place(found[1])], chinese=chinese), body)


def _written(value: str | date, *, chinese: bool) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if chinese else value.isoformat()
    return value
