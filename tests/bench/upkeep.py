"""What keeping the index costs: opening it cold, bringing in one changed agency, seeing the change."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import tantivy

from chengxin.search.documents import SearchDocument
from chengxin.search.tokens import Tokenizer
from chengxin.search.whoosh.binding import write_segment
from chengxin.search.whoosh.searcher import Searcher
from chengxin.search.whoosh.shelf import Shelf
from tests.bench import rival_tantivy
from tests.bench.building import Built
from tests.bench.verdicts import Verdicts

ROUNDS = 5
OPEN, REFRESH, COMMIT = 150.0, 20.0, 50.0


def upkeep(ours: Built, documents: Sequence[SearchDocument], rival: Path, verdicts: Verdicts) -> None:
    """Print the costs beside their goals, and those of tantivy."""
    opened = statistics.median(_processor(lambda: Searcher(ours.folder).engine()) for _ in range(ROUNDS))
    searcher = Searcher(ours.folder)
    searcher.engine()
    rounds = [_changed(ours, searcher, documents[at]) for at in range(ROUNDS)]
    verdicts.judge("cold open, ms of processor", opened, OPEN)
    verdicts.judge(
        "refresh after an update, ms", statistics.median(refresh for _, refresh in rounds), REFRESH
    )
    verdicts.judge("one-document commit, ms", statistics.median(commit for commit, _ in rounds), COMMIT)
    _print_rival(rival, documents, Tokenizer(ours.engine.vocabulary.sounds))


def _changed(ours: Built, searcher: Searcher, document: SearchDocument) -> tuple[float, float]:
    """Write a segment for one agency, switch to it, and see it; return what both took."""
    place = Shelf(ours.folder)

    def commit() -> None:
        with place.writing():
            manifest = place.read()
            assert manifest is not None
            path = place.new_part()
            part = place.finished(path, write_segment(path, [document], ours.engine.vocabulary.sounds))
            place.switch(replace(manifest, parts=(*manifest.parts, part)))

    return _milliseconds(commit), _milliseconds(searcher.engine)


def _print_rival(folder: Path, documents: Sequence[SearchDocument], tokenizer: Tokenizer) -> None:
    opened = _milliseconds(lambda: rival_tantivy.TantivyStore(folder))
    index = tantivy.Index.open(str(folder))
    writer = index.writer(heap_size=rival_tantivy.HEAP, num_threads=1)

    def commit() -> None:
        writer.delete_documents("number", 0)
        writer.add_document(rival_tantivy.row(documents[0], 0, tokenizer))
        writer.commit()

    committed, refreshed = _milliseconds(commit), _milliseconds(index.reload)
    print(f"tantivy: open {opened:.1f} ms, commit {committed:.1f} ms, refresh {refreshed:.1f} ms")


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1e3


def _processor(act: Callable[[], object]) -> float:
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1e3
