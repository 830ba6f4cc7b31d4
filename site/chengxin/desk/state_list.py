"""Lists of one state of a record: the views with their counts, and the page that is asked for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import request, url_for


@dataclass(frozen=True)
class StateList:
    """Where an officer is in the lists of a kind of record."""

    page: int
    pages: int
    size: int
    shown: dict[str, Any]

    @property
    def offset(self) -> int:
        """Return how many rows stand on the pages before."""
        return (self.page - 1) * self.size


def state_list(
    endpoint: str, words: Mapping[Any, str], state: StrEnum, counts: Mapping[str, int], *, size: int
) -> StateList:
    """Return the page the address asks for of one state, and what the template shows around it."""
    pages = max(1, math.ceil(counts[state] / size))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    views = [
        {
            "label": label,
            "url": url_for(endpoint, state=each),
            "count": counts[each],
            "current": each == state,
        }
        for each, label in words.items()
    ]
    shown = {"state": state, "title": words[state], "views": views, "page": page, "pages": pages}
    return StateList(page, pages, size, shown)
