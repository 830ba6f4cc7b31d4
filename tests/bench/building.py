"""Build the index of a corpus without a database, and say what it cost."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from chengxin.search import words
from chengxin.search.documents import SearchDocument
from chengxin.search.sounds import Sounds
from chengxin.search.vocabulary import RegisterWords
from chengxin.search.whoosh import shelf
from chengxin.search.whoosh.binding import write_segment
from chengxin.search.whoosh.engine import WhooshEngine
from chengxin.search.whoosh.indexer import SEGMENT_SIZE
from chengxin.search.whoosh.searcher import Searcher
from chengxin.search.whoosh.shelf import Manifest, Part, Shelf
from tests.bench import corpus
from tests.bench.corpus import Agency


@dataclass(frozen=True)
class Built:
    """An index, its engine, and the processor time it took to write."""

    folder: Path
    engine: WhooshEngine
    processor: float

    @property
    def size(self) -> int:
        """Return how many bytes it takes on the disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def by_rank(register: Iterable[Agency], today: date) -> list[SearchDocument]:
    """Return the documents of a corpus, those a reader most likely means first."""
    return sorted((corpus.document(each, today) for each in register), key=lambda each: each.rank)


def built(folder: Path, register: list[Agency], today: date) -> Built:
    """Build the index of a corpus."""
    return written(folder, by_rank(register, today), corpus.words(iter(register)))


def written(folder: Path, documents: Iterable[SearchDocument], register: RegisterWords) -> Built:
    """Write documents in the given order and open the index."""
    place, rest, parts = Shelf(folder), iter(documents), list[Part]()
    sounds = Sounds(register.readings)
    start = time.process_time()
    with place.writing():
        while not parts or parts[-1].agencies == SEGMENT_SIZE:
            path = place.new_part()
            agencies = write_segment(path, islice(rest, SEGMENT_SIZE), sounds)
            if not parts:
                (path / shelf.WORDS).write_text(words.written(register), encoding="utf-8")
            parts.append(place.finished(path, agencies))
        place.switch(Manifest(1, tuple(parts)))
    spent = time.process_time() - start
    engine = Searcher(folder).engine()
    assert engine is not None
    return Built(folder, engine, spent)
