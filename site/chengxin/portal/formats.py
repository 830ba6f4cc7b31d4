"""The formats beside every list: CSV for spreadsheets, JSON for programs, Atom for feed readers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urljoin

from flask import Response, render_template

from chengxin.core import clock
from chengxin.core.clock import SHANGHAI
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address
from chengxin.core.tables.writing import CONTENT_TYPE, csv_lines, plain
from chengxin.core.web import installation

FEED_LENGTH = 50
FORBIDDEN = frozenset("\ufffe\uffff")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a feed; its words are in the language given."""

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str = ""
    categories: tuple[str, ...] = ()
    language: str = "zh-Hans"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed: the newest entries of a list, with the addresses of the list and of the feed itself."""

    title: str
    page_url: str
    own_url: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """Return when an entry last changed; the start of this year while there is none."""
        start = instant(date(clock.today().year, 1, 1))
        return max((each.updated for each in self.entries), default=start)


def absolute(endpoint: str, query: str = "", **values: Any) -> str:
    """Return the address of a page as readers elsewhere must write it."""
    return absolute_url(address(endpoint, query, **values))


def absolute_url(path: str) -> str:
    """Return an address of this site as readers elsewhere must write it."""
    return urljoin(f"{installation().settings.base_url}/", path)


def instant(day: date) -> datetime:
    """Return the first moment of a day in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as CSV that spreadsheets read in UTF-8 and never run as formulas."""
    answer = Response("".join(csv_lines(columns, rows)), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return _open_to_programs(answer)


def json_answer(value: Mapping[str, object]) -> Response:
    """Return a record or a list as JSON, readable as it stands."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=plain)
    return _open_to_programs(Response(f"{text}\n", content_type="application/json"))


def atom_answer(feed: Feed) -> Response:
    """Return a feed as Atom (RFC 4287)."""
    author = installation().settings.authority or _("Human Resources and Social Security Bureau")
    text = render_template("feeds/atom.xml", feed=feed, author=author, stamp=stamp, legal=legal)
    return _open_to_programs(Response(text, content_type="application/atom+xml; charset=utf-8"))


def stamp(moment: datetime) -> str:
    """Return an instant as RFC 3339 in Shanghai time, to the second."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def legal(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return "".join(each for each in text if each in "\t\n" or (each >= " " and each not in FORBIDDEN))


def _open_to_programs(answer: Response) -> Response:
    """Let pages of other sites read the public record too."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
