"""Tokens: all terms of one agency at once, for engines that keep them in its row."""

from functools import lru_cache

from chengxin.search.documents import SearchDocument
from chengxin.search.sounds import Sounds, spoken_pairs
from chengxin.search.terms import NAME, SOUND, initials_terms, pairs

PAIRS_KEPT = 100_000


class Tokenizer:
    """Gives the terms of agencies; what pairs of characters sound like is remembered."""

    def __init__(self, sounds: Sounds) -> None:
        """Keep the readings."""
        self._sounds = sounds
        self._spoken = lru_cache(maxsize=PAIRS_KEPT)(self._of_pair)

    def _of_pair(self, pair: str) -> tuple[str, ...]:
        return (NAME + pair, *(SOUND + spoken for spoken in spoken_pairs(self._sounds, pair)))

    def terms(self, document: SearchDocument) -> set[str]:
        """Return every term by which an agency is found."""
        held = set(document.exact_terms())
        for name in document.names:
            for pair in pairs(name):
                held.update(self._spoken(pair))
            for letters in self._sounds.initials(name):
                held.update(initials_terms(letters))
        return held


def lexemes(terms: set[str]) -> str:
    """Return terms as the text of a tsvector."""
    return " ".join(map(quoted, terms))


def quoted(term: str) -> str:
    """Return a term as PostgreSQL writes a lexeme."""
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
