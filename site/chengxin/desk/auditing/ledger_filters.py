"""What the auditor asks the ledger for, as the address says it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.core.clock import SHANGHAI
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.publishing import spelled
from chengxin.desk.auditing.ledger_words import KIND, WORDS
from chengxin.desk.auditing.record_numbers import meant
from chengxin.desk.history import ACTORS
from chengxin.ledger.browsing import Filters, Place
from chengxin.ledger.models import Event
from chengxin.ledger.rules import READ, Subject

KEYS = ("actor", "verb", "kind", "record", "since", "until", "reads")
NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)
ACTOR = re.compile(r"account:[0-9]{1,12}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
ONE_DAY = timedelta(days=1)
MOST_TYPED = 60
SAID = {
    "actor": _l("Who"),
    "verb": _l("What"),
    "kind": _l("Kind of record"),
    "record": _l("Number of the record"),
    "since": _l("From the day"),
    "until": _l("To the day"),
    "reads": _l("Reads of sealed data only"),
}


@dataclass(frozen=True)
class Asked:
    """The filters of an address as they were typed, the record they mean, and which of them could not be used."""

    given: Mapping[str, str]
    record: Subject | None
    unused: Sequence[str]

    @property
    def filters(self) -> Filters:
        """Return what to look for in the ledger."""
        used = {key: "" if key in self.unused else value for key, value in self.given.items()}
        since, until = day_of(used["since"]), day_of(used["until"])
        return Filters(
            actor=used["actor"],
            verb=used["verb"],
            kind=self.record.kind if self.record else used["kind"],
            record_id=self.record.id if self.record else None,
            reads=bool(used["reads"]),
            since=start_of(since) if since else None,
            until=start_of(until + ONE_DAY) if until else None,
        )

    @property
    def narrows(self) -> bool:
        """Return whether anything was asked for."""
        return any(self.given.values())

    @property
    def complaints(self) -> list[str]:
        """Return a sentence for each filter that could not be used, with what was typed."""
        return [
            _(
                "“%(typed)s” (%(field)s) could not be used as a filter; the list is not narrowed by it.",
                **each,
            )
            for each in ({"typed": self.given[key], "field": str(SAID[key])} for key in self.unused)
        ]


def asked(session: Session) -> Asked:
    """Return the filters of the address; what cannot be used is kept as typed and named."""
    given = {key: request.args.get(key, "").strip()[:MOST_TYPED] for key in KEYS}
    record = meant(session, given["kind"], given["record"]) if given["record"] else None
    usable = {
        "actor": given["actor"] in ACTORS or bool(ACTOR.fullmatch(given["actor"])),
        # Reads are one verb: asking for them and for another one would find nothing.
        "verb": given["verb"] in WORDS and not (given["reads"] and given["verb"] != READ),
        "kind": given["kind"] in KIND,
        "record": record is not None,
        "since": day_of(given["since"]) is not None,
        "until": day_of(given["until"]) is not None,
        "reads": given["reads"] == "1",
    }
    return Asked(given, record, [key for key in KEYS if given[key] and not usable[key]])


def day_of(text: str) -> date | None:
    """Return the day a field names, or None when it names none."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def start_of(day: date) -> datetime:
    """Return the first moment of a day in Shanghai."""
    return datetime.combine(day, time.min, SHANGHAI)


def place() -> Place | None:
    """Return where the page begins; an address that names no place is a 404."""
    text = request.args.get("before", "")
    if not text:
        return None
    moment, _separator, number = text.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        abort(404)
    if at.tzinfo is None or not NUMBER.fullmatch(number):
        abort(404)
    return Place(at, int(number))


def query(given: Mapping[str, str], *, after: Event | None = None) -> str:
    """Return filters as the query of an address, and perhaps the place after an event."""
    before = f"{after.at.isoformat()}_{after.id}" if after else ""
    return spelled({**given, "before": before})


def selects(session: Session, given: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the lists of the filter bar."""
    people = {f"account:{each.id}": f"{each.name} ({each.username})" for each in accounts.everybody(session)}
    actors = {**{key: str(label) for key, label in ACTORS.items()}, **people}
    verbs = sorted(((key, f"{label} ({key})") for key, label in WORDS.items()), key=lambda each: each[1])
    return [
        _select("actor", str(SAID["actor"]), given, actors.items()),
        _select("verb", str(SAID["verb"]), given, verbs),
        _select("kind", str(SAID["kind"]), given, KIND.items()),
    ]


def _select(name: str, label: str, given: Mapping[str, str], options: Any) -> dict[str, Any]:
    everything: Sequence[tuple[str, str]] = [("", _("All"))]
    shown = [{"value": value, "label": words} for value, words in (*everything, *options)]
    return {"name": name, "label": label, "value": given[name], "options": shown}
