"""Suggestions to the authority of the invented city: some answered in each way, some that wait, and an advertisement."""

from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.core.redacting import of_words, redacted, suggested
from chengxin.ledger.rules import PUBLIC
from chengxin.sample.city import City
from chengxin.sample.reading import dated, table
from chengxin.voices.contact.rules import ContactKind
from chengxin.voices.suggestions import actions, sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import About, Act, Publication
from chengxin.voices.suggestions.sealed import Said


def plan(city: City) -> None:
    """Plan every suggestion that is written."""
    for name, words in table("suggestions")["suggestion"].items():
        _Suggesting(city, name, words).plan()


class _Suggesting:
    """One suggestion: sent, hidden where a person is told of, and answered."""

    def __init__(self, city: City, name: str, words: Mapping[str, Any]) -> None:
        """Keep what is written of it."""
        self.city, self.name, self.words = city, name, words
        self.suggestion: Suggestion | None = None

    def plan(self) -> None:
        """Plan its steps."""
        plan, days = self.city.timeline.plan, self.words["days"]
        plan(days, 20.3, self._send)
        if "aside" in self.words:
            plan(days - self.words["after"], 9.1, self._set_aside)
        if "act" in self.words:
            if self._agreed:
                plan(days - self.words["after"], 15.2, self._redact)
            plan(days - self.words["after"], 15.8, self._answer)

    @property
    def _agreed(self) -> bool:
        return bool(self.words.get("publication", Publication.AGREED) == Publication.AGREED)

    def _send(self, session: Session) -> None:
        words, respondent = self.words, self.words.get("respondent", "")
        agency = agencies.by_id(session, self.city.ids[respondent]) if respondent else None
        # Nobody has the phrase of an invented receipt, so its key need not grow out of one.
        filing = sealed.prepare(
            secret=self.city.secret,
            intake_key=self.city.intake_key,
            nonce=f"sample suggestion {self.name}",
            said=Said(
                topic=words["topic"],
                about=words.get("about", About.AUTHORITY),
                respondent=respondent,
                text=words["text"],
                publication=words.get("publication", Publication.AGREED),
                contact_kind=words.get("contact", ContactKind.ANONYMOUS),
                phone=words.get("phone", ""),
            ),
            agency=agency,
            reply_key=X25519PrivateKey.generate().public_key().public_bytes_raw(),
        )
        self.suggestion = actions.receive(session, actor=PUBLIC, filing=filing)

    def _redact(self, session: Session) -> None:
        text = self.words["text"]
        masks = redacted(text, [*suggested(text), *of_words(text, self.words.get("also", ()))])
        actions.redact(session, redaction=masks, public_text=masks.public, **self._seen)

    def _answer(self, session: Session) -> None:
        reply = dated(self.words["reply"], self.city.today)
        note = self.words.get("note", "")
        actions.answer(session, act=Act(self.words["act"]), reply=reply, note=note, **self._seen)

    def _set_aside(self, session: Session) -> None:
        actions.set_aside(session, note=self.words["aside"], **self._seen)

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.suggestion is not None
        return {
            "actor": self.city.actors[self.words["by"]],
            "suggestion_id": self.suggestion.id,
            "version": self.suggestion.version,
            "intake_key": self.city.intake_key,
        }
