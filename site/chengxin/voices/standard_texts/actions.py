"""Everything that changes a standard text; none is ever deleted, so that the ledger can be read later."""

from typing import TypedDict

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, NotFoundError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.voices.standard_texts import rules
from chengxin.voices.standard_texts.models import StandardText


class Words(TypedDict):
    """What an editor writes of a text."""

    move: str
    track: str
    title: str
    body: str
    position: int


def add(session: Session, *, actor: str, words: Words) -> StandardText:
    """Add a text."""
    rules.check(words["title"], words["body"], use=words["move"])
    made = StandardText(**words, active=True, version=1, updated_at=clock.now())
    session.add(made)
    session.flush()
    _record(session, made, actor, "text_added", {"move": made.move, "title": made.title})
    return made


def revise(session: Session, *, actor: str, text_id: int, version: int, words: Words) -> StandardText:
    """Change a text; letters that were sent keep the words they had."""
    rules.check(words["title"], words["body"], use=words["move"])
    text = _current(session, text_id, version)
    changed = sorted(name for name, value in words.items() if getattr(text, name) != value)
    change(session, text, version=version, **words, updated_at=clock.now())
    _record(session, text, actor, "text_changed", {"fields": changed})
    return text


def retire(session: Session, *, actor: str, text_id: int, version: int) -> StandardText:
    """Offer a text no longer, or offer a retired one again."""
    text = _current(session, text_id, version)
    change(session, text, version=version, active=not text.active, updated_at=clock.now())
    _record(session, text, actor, "text_restored" if text.active else "text_retired", {"active": text.active})
    return text


def _current(session: Session, text_id: int, version: int) -> StandardText:
    text = session.get(StandardText, text_id, populate_existing=True)
    if text is None:
        raise NotFoundError(N_("There is no such standard text."))
    check_version(text, version)
    return text


def _record(session: Session, text: StandardText, actor: str, verb: str, new: dict[str, object]) -> None:
    record(session, actor=actor, verb=verb, subject=Subject("standard_text", text.id), new=new)
