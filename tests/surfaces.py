"""Every public surface of a site with notices: all GET addresses with real parameters, and where their links lead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import Client

from chengxin.agencies.models import Agency
from chengxin.app import create_public, create_wsgi, installation_of
from chengxin.cli.work import do_all
from chengxin.config import Settings
from chengxin.core.intake_keys import make_intake_keys
from chengxin.standing.sanctions.models import Sanction
from tests import make

# What stands in every text of a notice; the second half tells the notices apart.
STEM = "云阙"
MARKS = ("衔烛甲", "衔烛乙", "衔烛丙", "衔烛丁", "衔烛戊")
LASTING, REPAIRED, WITHDRAWN, CORRECTED, EXPIRING = range(5)
FIELDS = ("title", "summary", "facts", "measures", "agency_statement", "remedies")
MOST_PAGES = 3_000
_LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
_ADDRESS = re.compile(r"https?://127\.0\.0\.1:8000(/[^\s\"'<>,\\]*)")


def mark_of(notice: int) -> str:
    """Return the words that stand in one notice and nowhere else."""
    return STEM + MARKS[notice]


@dataclass
class Walk:
    """What a walk found: where each notice's words stood, and how each address answered."""

    found: dict[str, set[str]] = field(default_factory=lambda: {STEM + mark: set() for mark in MARKS})
    statuses: dict[str, int] = field(default_factory=dict)

    def where(self, notice: int) -> set[str]:
        """Return the addresses at which a notice's words stood."""
        return self.found[mark_of(notice)]


class Surfaces:
    """A whole public site behind its kept pages, with five notices that end in five ways."""

    def __init__(self, settings: Settings) -> None:
        """Publish the notices against one agency each, build the index and open the door."""
        make_intake_keys(settings)
        self.settings = settings
        self.installed = installation_of(settings)
        with self.installed.database.writing() as session:
            self.agencies = [_agency(session, place) for place in range(len(MARKS))]
            self.notices = [_notice(session, place, owner) for place, owner in enumerate(self.agencies)]
            make.honour(session, self.agencies[LASTING])
            self.article = make.article(session)
        self.work()
        self.client = Client(create_wsgi(settings))
        self.app: Flask = create_public(self.installed)

    def work(self) -> None:
        """Let the worker do everything that waits."""
        assert do_all(self.settings, self.installed.database) == 0

    def walk(self) -> Walk:
        """Read every address in both languages, then every address these pages lead to."""
        walk, waiting = Walk(), [f"{language}{path}" for path in self.paths() for language in ("", "/en")]
        while waiting:
            path = waiting.pop()
            if path in walk.statuses:
                continue
            assert len(walk.statuses) < MOST_PAGES, "the walk does not end"
            waiting += self._read(walk, path)
        return walk

    def _read(self, walk: Walk, path: str) -> list[str]:
        answer = self.client.get(path)
        walk.statuses[path] = answer.status_code
        assert answer.status_code < 500, f"{path}: {answer.status}"
        text = answer.get_data(as_text=True) if answer.mimetype != "image/jpeg" else ""
        told = text + str(answer.headers)
        for mark, places in walk.found.items():
            if mark in told or mark.encode("unicode-escape").decode() in told:
                places.add(path)
        location = [answer.location] if answer.location else []
        return [each for each in map(_inside(path), [*location, *_links(text)]) if each]

    def paths(self) -> Iterator[str]:
        """Yield every GET address of the site, with each real value of each of its parameters."""
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or set()):
                for values in self._values(rule):
                    yield from _queried(rule, self._built(rule, values))

    def _built(self, rule: Rule, values: Mapping[str, Any]) -> str:
        with self.app.test_request_context():
            built = self.app.url_map.bind("127.0.0.1").build(rule.endpoint, dict(values))
        return urlsplit(built).path

    def _values(self, rule: Rule) -> list[dict[str, Any]]:
        unknown = rule.arguments - KNOWN
        assert not unknown, f"{rule.rule} takes {unknown}: say in tests/surfaces.py what stands there"
        if {"year", "number"} <= rule.arguments:
            addresses: list[dict[str, Any]] = [
                {"year": each.year, "number": each.number} for each in self.notices
            ]
        else:
            addresses = [{"year": 2026}] if "year" in rule.arguments else [{}]
        rest = [name for name in sorted(rule.arguments) if name not in {"year", "number"}]
        choices = [[(name, value) for value in self._choices(name)] for name in rest]
        return [{**first, **dict(others)} for first in addresses for others in product(*choices)]

    def _choices(self, name: str) -> list[Any]:
        known: dict[str, list[Any]] = {
            "uid": [each.uid for each in self.agencies],
            "code": [each.uscc for each in self.agencies],
            "revision": [1, 2],
            "slug": [self.article.slug],
            "name": ["none"],
            "month": [date(2026, 10, 1)],
        }
        return known.get(name, [1])


KNOWN = frozenset(
    {
        "year",
        "number",
        "uid",
        "code",
        "revision",
        "slug",
        "name",
        "part",
        "issue",
        "honour_id",
        "record_id",
        "month",
    }
)
CODES = (
    "91990000MA0000001X",
    "91990000MA0000002W",
    "91990000MA0000003U",
    "91990000MA0000004T",
    "91990000MA0000005R",
)


def _agency(session: Session, place: int) -> Agency:
    name = f"江州{'甲乙丙丁戊'[place]}字人力资源有限公司"
    owner = make.agency(session, name=name, uid=f"walk000{place}", uscc=CODES[place])
    make.permit(session, owner)
    return owner


def _notice(session: Session, place: int, owner: Agency) -> Sanction:
    words: dict[str, object] = {name: f"{name} {mark_of(place)}。" for name in FIELDS}
    minor = {"severity": "minor", "legal_kind": "warning", "decision_date": date(2026, 10, 28)}
    term = minor if place == EXPIRING else {"decision_date": date(2026, 6, 1)}
    if place in {CORRECTED, LASTING}:
        words |= {
            "title": "关于一家机构的公告",
            "summary": "",
            "measures": "",
            "agency_statement": "",
            "remedies": "",
        }
    return make.notice(
        session, agency_id=owner.id, party_name=owner.name, party_uscc=owner.uscc, **words, **term
    )


def _queried(rule: Rule, path: str) -> Iterator[str]:
    """Yield an address plain, searched for the words all notices share, and narrowed or turned."""
    yield path
    if not rule.arguments:
        asked = (
            {"q": STEM},
            {"q": f"{STEM}衔烛"},
            {"state": "ended"},
            {"page": 2},
            {"record": "notices/2026/5"},
        )
        yield from (f"{path}?{urlencode(each, safe='/')}" for each in asked)


def _links(text: str) -> list[str]:
    return [each.replace("&amp;", "&") for each in [*_LINK.findall(text), *_ADDRESS.findall(text)]]


def _inside(path: str) -> Any:
    """Return what keeps the addresses of this site that a page leads to, and drops all others."""

    def kept(link: str) -> str:
        parts = urlsplit(urljoin(f"http://127.0.0.1:8000{path}", link))
        own = parts.netloc == "127.0.0.1:8000" and not parts.path.startswith(("/static/", "/desk"))
        return f"{parts.path}{'?' + parts.query if parts.query else ''}" if own else ""

    return kept
