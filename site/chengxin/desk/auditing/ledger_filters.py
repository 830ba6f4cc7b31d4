"""What the auditor asks the ledger for, as the address says it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.core.clock import SHANGHAI
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import spelled
from chengxin.desk.auditing.ledger_words import KIND, WORDS
from chengxin.desk.history import ACTORS
from chengxin.ledger.browsing import Filters, Place
from chengxin.ledger.models import Event
from chengxin.ledger.rules import READ

KEYS = ("actor", "verb", "kind", "record", "since", "until", "reads")
NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)
ACTOR = re.compile(r"account:[0-9]{1,12}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
ONE_DAY = timedelta(days=1)


def asked() -> dict[str, str]:
    """Return the filters of the address as they were typed, without what nobody could have chosen."""
    given = {key: request.args.get(key, "").strip() for key in KEYS}
    known = {
        "actor": given["actor"] in ACTORS or bool(ACTOR.fullmatch(given["actor"])),
        "verb": given["verb"] in WORDS,
        "kind": given["kind"] in KIND,
        "record": given["kind"] in KIND and bool(NUMBER.fullmatch(given["record"])),
        "since": day_of(given["since"]) is not None,
        "until": day_of(given["until"]) is not None,
        "reads": given["reads"] == "1",
    }
    return {key: value if known[key] else "" for key, value in given.items()}


def filters_of(given: Mapping[str, str]) -> Filters:
    """Return what to look for in the ledger."""
    since, until = day_of(given["since"]), day_of(given["until"])
    return Filters(
        actor=given["actor"],
        verb=READ if given["reads"] else given["verb"],
        kind=given["kind"],
        record_id=int(given["record"]) if given["record"] else None,
        since=start_of(since) if since else None,
        until=start_of(until + ONE_DAY) if until else None,
    )


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
        _select("actor", _("Who"), given, actors.items()),
        _select("verb", _("What"), given, verbs),
        _select("kind", _("Kind of record"), given, KIND.items()),
    ]


def _select(name: str, label: str, given: Mapping[str, str], options: Any) -> dict[str, Any]:
    everything: Sequence[tuple[str, str]] = [("", _("All"))]
    shown = [{"value": value, "label": words} for value, words in (*everything, *options)]
    return {"name": name, "label": label, "value": given[name], "options": shown}
