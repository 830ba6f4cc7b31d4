"""The searcher: the index as one process sees it, reopened when it changes, dropped when it is damaged."""

import logging
import threading
import time
from functools import cache, partial
from pathlib import Path

from sqlalchemy.orm import Session

from chengxin.search import words
from chengxin.search.vocabulary import Vocabulary
from chengxin.search.whoosh.engine import WhooshEngine
from chengxin.search.whoosh.segments import Segment
from chengxin.search.whoosh.shelf import DAMAGE, SCHEMA, WORDS, Manifest, Part, Shelf, Touched

PAUSE = 10.0
LOOK_EVERY = 1.0
PROVE_EVERY = 600.0
log = logging.getLogger("chengxin.search")


class Searcher:
    """Gives an engine over the newest index; it never writes, and an unreadable index is no index.

    A question costs one stat, of the manifest. Everything read later carries a checksum of its own, so a
    damaged file can give an error but no wrong answer; the other files' times are looked at once a second.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder of the index; nothing is read yet."""
        self._shelf = Shelf(folder)
        self._lock = threading.Lock()
        self._manifest: Manifest | None = None
        self._latest: Touched | None = None
        self._signature: tuple[Touched, ...] = ()
        self._look_again_at = 0.0
        self._try_again_at: float | None = None
        self._engine: WhooshEngine | None = None
        self._segments: dict[str, Segment] = {}
        self._vocabulary: tuple[str, Vocabulary] | None = None
        self._proved: dict[str, tuple[tuple[Touched, ...], float]] = {}

    def engine(self, session: Session | None = None) -> WhooshEngine | None:  # noqa: ARG002 (as other sources)
        """Return the engine over the index as it is now, or None when there is none to trust."""
        now = time.monotonic()
        if self._shelf.latest() == self._latest and now < self._look_again_at:
            return self._engine
        with self._lock:
            self._look_again_at = now + LOOK_EVERY
            is_due = self._try_again_at is not None and now > self._try_again_at
            if is_due or self._latest is None or self._shelf.signature(self._manifest) != self._signature:
                self._reopen()
            return self._engine

    def distrust(self, reason: BaseException) -> None:
        """Drop the open index after it gave nonsense; its files are opened again a little later."""
        log.warning("the lookup index cannot be read (%s); lookups use the database", type(reason).__name__)
        with self._lock:
            self._engine, self._segments = None, {}
            self._try_again_at = time.monotonic() + PAUSE

    def is_whole(self, manifest: Manifest) -> bool:
        """Check every file lookups need against its SHA-256; those untouched since a short while are taken as whole."""
        try:
            for part in manifest.parts:
                self._prove(part)
        except DAMAGE as error:
            log.warning("the lookup index is damaged (%s)", error)
            return False
        self._proved = {part.name: self._proved[part.name] for part in manifest.parts}
        return True

    def _prove(self, part: Part) -> None:
        signature, now = self._shelf.signature_of(part), time.monotonic()
        known, until = self._proved.get(part.name, ((), 0.0))
        if known != signature or now > until:
            self._shelf.check(part)
            self._proved[part.name] = (signature, now + PROVE_EVERY)

    def _reopen(self) -> None:
        manifest: Manifest | None = None
        engine: WhooshEngine | None = None
        latest = self._shelf.latest()
        try:
            manifest = self._shelf.read()
            if manifest and manifest.schema == SCHEMA and manifest.parts:
                engine = self._opened(manifest)
        except DAMAGE as error:
            log.warning("the lookup index is damaged (%s); lookups use the database", error)
        if engine is None:
            self._segments = {}
        self._manifest, self._engine, self._try_again_at = manifest, engine, None
        self._signature, self._latest = self._shelf.signature(manifest), latest

    def _opened(self, manifest: Manifest) -> WhooshEngine:
        """Return an engine over a manifest's segments; those open already, and untouched, stay open."""
        segments = {part.name: self._segment(part) for part in manifest.parts}
        self._segments = segments
        first = manifest.parts[0]
        if self._vocabulary is None or self._vocabulary[0] != first.name:
            self._vocabulary = (first.name, vocabulary_of(self._shelf, first))
        return WhooshEngine(list(segments.values()), self._vocabulary[1], manifest.gone)

    def _segment(self, part: Part) -> Segment:
        touched = self._shelf.signature_of(part)
        known = self._segments.get(part.name)
        if known is not None and known.touched == touched:
            return known
        return Segment(self._shelf.path_of(part), partial(self._shelf.checked, part), touched)


def vocabulary_of(shelf: Shelf, part: Part) -> Vocabulary:
    """Return the vocabulary written beside the first segment."""
    return Vocabulary(words.read(shelf.checked(part, WORDS)))


@cache
def searcher_of(folder: Path) -> Searcher:
    """Return this process's searcher over a folder."""
    return Searcher(folder)
