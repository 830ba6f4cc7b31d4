"""The arithmetic of the chain: canonical text and hash of an event."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ATTEMPTS = 24  # of a parcel, each later than the last: about three days
GENESIS = "0" * 64
READ = "read"
# Who acts without an account; everybody else is `account:<id>`.
PUBLIC, WORKER, COMMAND = "public", "worker", "command"


@dataclass(frozen=True)
class Subject:
    """The record an event is about: the kind is its table's name."""

    kind: str
    id: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An event to be recorded, before it has a place in the chain."""

    actor: str
    verb: str
    subject: Subject
    old: Mapping[str, Any] | None = None
    new: Mapping[str, Any] | None = None
    reason: str = ""
    public: bool = False


def account_of(actor: str) -> int | None:
    """Return the account an actor is, or None for the public, the worker and the command line."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "account" else None


def canonical(value: Mapping[str, Any] | None) -> str | None:
    """Return a mapping as JSON that is the same on every machine."""
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def chain_hash(row: Mapping[str, Any], previous_hash: str) -> str:
    """Return the hash of an event's columns and of the event before it."""
    at: datetime = row["at"]
    body = [
        row["id"],
        at.isoformat(timespec="microseconds"),
        row["actor"],
        row["verb"],
        row["subject_kind"],
        row["subject_id"],
        row["old"],
        row["new"],
        row["reason"],
        row["public_version"],
        previous_hash,
    ]
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
