"""The searcher: the index as one process sees it, reopened when it changes, dropped when it is damaged."""

import json
import logging
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from chengxin.search.segments import TABLES, TEXT, Segment
from chengxin.search.shelf import DAMAGE, SCHEMA, WORDS, IndexDamagedError, Manifest, Part, Shelf
from chengxin.search.vocabulary import RegisterWords, Vocabulary
from chengxin.search.whoosh_engine import WhooshEngine

PAUSE = 10.0
log = logging.getLogger("chengxin.search")


class Searcher:
    """Gives an engine over the newest index; it never writes, and an unreadable index is no index."""

    def __init__(self, folder: Path) -> None:
        """Name the folder of the index; nothing is read yet."""
        self._shelf = Shelf(folder)
        self._lock = threading.Lock()
        self._manifest: Manifest | None = None
        self._signature: tuple[Any, ...] = ()
        self._try_again_at: float | None = None
        self._engine: WhooshEngine | None = None
        self._segments: dict[str, Segment] = {}
        self._vocabulary: tuple[str, Vocabulary] | None = None

    def engine(self, session: Session | None = None) -> WhooshEngine | None:  # noqa: ARG002 (as other sources)
        """Return the engine over the index as it is now, or None when there is none to trust."""
        if not self._is_stale():
            return self._engine
        with self._lock:
            if self._is_stale():
                self._reopen()
            return self._engine

    def _is_stale(self) -> bool:
        if self._shelf.signature(self._manifest) != self._signature:
            return True
        return self._try_again_at is not None and time.monotonic() > self._try_again_at

    def distrust(self, reason: BaseException) -> None:
        """Drop the open index after it gave nonsense; its files are checked again a little later."""
        log.warning("the lookup index cannot be read (%s); lookups use the database", type(reason).__name__)
        with self._lock:
            self._engine, self._segments = None, {}
            self._try_again_at = time.monotonic() + PAUSE

    def _reopen(self) -> None:
        manifest: Manifest | None = None
        engine: WhooshEngine | None = None
        try:
            manifest = self._shelf.read()
            if manifest and manifest.schema == SCHEMA and manifest.parts:
                engine = self._opened(manifest)
        except (IndexDamagedError, *DAMAGE) as error:
            log.warning("the lookup index is damaged (%s); lookups use the database", error)
        if engine is None:
            self._segments = {}
        self._manifest, self._engine, self._try_again_at = manifest, engine, None
        self._signature = self._shelf.signature(manifest)

    def _opened(self, manifest: Manifest) -> WhooshEngine:
        """Return an engine over a manifest's segments; those open already, and untouched, stay open."""
        segments = {part.name: self._segment(part) for part in manifest.parts}
        self._segments = segments
        first = manifest.parts[0]
        if self._vocabulary is None or self._vocabulary[0] != first.name:
            self._vocabulary = (first.name, vocabulary_of(self._shelf, first))
        return WhooshEngine(list(segments.values()), self._vocabulary[1], manifest.gone)

    def _segment(self, part: Part) -> Segment:
        touched = self._shelf.signature(Manifest(0, (part,)))[1:]
        known = self._segments.get(part.name)
        if known is not None and known.touched == touched:
            return known
        self._shelf.check(part)
        folder = self._shelf.path_of(part)
        return Segment(folder, self._shelf.checked(part, TABLES), self._shelf.checked(part, TEXT), touched)


def vocabulary_of(shelf: Shelf, part: Part) -> Vocabulary:
    """Return the vocabulary written beside the first segment."""
    words = json.loads(shelf.checked(part, WORDS))
    regions = [(str(code), str(name)) for code, name in words["regions"]]
    return Vocabulary(RegisterWords(regions=regions, services=words["services"], readings=words["readings"]))


@cache
def searcher_of(folder: Path) -> Searcher:
    """Return this process's searcher over a folder."""
    return Searcher(folder)
