"""Invert documents: from what each agency holds to which agencies hold each term."""

from array import array
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from chengxin.search.documents import SearchDocument
from chengxin.search.sounds import Sounds, spoken_pairs
from chengxin.search.terms import CODE, NAME, SOUND, initials_terms, pairs
from chengxin.search.whoosh.postings import Numbers

Postings = dict[str, Numbers]


class Inverter:
    """Gathers the postings of a segment, one agency after the other."""

    def __init__(self, sounds: Sounds) -> None:
        """Begin with no agency."""
        self._sounds = sounds
        self._held: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._pairs: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._codes: list[tuple[bytes, int]] = []
        self.size = 0

    def add(self, document: SearchDocument) -> None:
        """Take in the next agency."""
        number, self.size = self.size, self.size + 1
        for pair in {pair for name in document.names for pair in pairs(name)}:
            self._pairs[pair].append(number)
        held = set(document.exact_terms())
        for name in document.names:
            for letters in self._sounds.initials(name):
                held.update(initials_terms(letters))
        for term in held:
            if term[0] == CODE:
                self._codes.append((term[1:].encode(), number))
            else:
                self._held[term].append(number)

    def codes(self) -> list[tuple[bytes, int]]:
        """Return every code with its agency, in order."""
        return sorted(self._codes)

    def postings(self) -> Iterator[tuple[str, Numbers]]:
        """Return every other term with its agencies, in the order of fields and bytes."""
        gathered: Postings = {term: _numbers(held) for term, held in self._held.items()}
        self._held.clear()
        sounding: defaultdict[str, list[Numbers]] = defaultdict(list)
        for pair, held in self._pairs.items():
            numbers = gathered[NAME + pair] = _numbers(held)
            for spoken in spoken_pairs(self._sounds, pair):
                sounding[SOUND + spoken].append(numbers)
        self._pairs.clear()
        for term, lists in sounding.items():
            gathered[term] = lists[0] if len(lists) == 1 else np.unique(np.concatenate(lists))
        for term in sorted(gathered, key=str.encode):
            yield term, gathered.pop(term)


def _numbers(held: "array[int]") -> Numbers:
    return np.frombuffer(held, dtype=np.uint32) if len(held) else np.zeros(0, np.uint32)
