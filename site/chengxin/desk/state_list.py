"""Lists of the desk: the views with their counts, the page that is asked for, and how a row reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """One record in a list: its title with its address, a line of text, and what stands below."""

    title: str
    url: str
    lang: str = "zh-Hans"
    standing: str = ""
    text: str = ""
    text_lang: str = ""
    date: date | datetime | None = None
    meta: Sequence[object] = ()
    days: int | None = None
    tags: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class StateList:
    """Where an officer is in the lists of a kind of record; a kind without states has one list."""

    endpoint: str
    page: int
    pages: int
    size: int
    title: str = ""
    views: Sequence[Mapping[str, object]] = ()
    named: Mapping[str, object] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        """Return how many rows stand on the pages before."""
        return (self.page - 1) * self.size

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, if there is one."""
        return self._url(self.page - 1)

    @property
    def next_url(self) -> str:
        """Return the address of the page after, if there is one."""
        return self._url(self.page + 1)

    def _url(self, page: int) -> str:
        named: dict[str, Any] = {**self.named, "page": page}
        return url_for(self.endpoint, **named) if 1 <= page <= self.pages else ""


def asked_state(states: type[State], default: State) -> State:
    """Return the state the address asks for; nonsense asks for the list one begins with."""
    asked = request.args.get("state", "")
    return states(asked) if asked in set(states) else default


def whole_list(endpoint: str, total: int, *, size: int, **named: object) -> StateList:
    """Return the page the address asks for of a list without states."""
    page, pages = _asked_page(total, size)
    return StateList(endpoint=endpoint, page=page, pages=pages, size=size, named=named)


def state_list(
    endpoint: str, words: Mapping[Any, str], state: str, counts: Mapping[Any, int], *, size: int
) -> StateList:
    """Return the page the address asks for of one state, with the lists of the others."""
    page, pages = _asked_page(counts[state], size)
    views = [
        {
            "label": label,
            "url": url_for(endpoint, state=each),
            "count": counts[each],
            "current": each == state,
        }
        for each, label in words.items()
    ]
    return StateList(
        endpoint=endpoint,
        page=page,
        pages=pages,
        size=size,
        title=words[state],
        views=views,
        named={"state": state},
    )


def _asked_page(total: int, size: int) -> tuple[int, int]:
    pages = max(1, -(-total // size))
    return min(max(1, request.args.get("page", 1, int)), pages), pages
