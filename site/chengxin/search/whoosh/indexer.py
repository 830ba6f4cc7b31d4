"""The indexer of the Whoosh engine: write segments from the register, and small ones for what changes."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy.orm import Session

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger import queries as ledger
from chengxin.search import events, gathering, words
from chengxin.search.documents import SearchDocument
from chengxin.search.errors import IndexBusyError
from chengxin.search.progress import Progress, quiet
from chengxin.search.sounds import Sounds
from chengxin.search.vocabulary import RegisterWords
from chengxin.search.whoosh import shelf
from chengxin.search.whoosh.binding import write_segment
from chengxin.search.whoosh.engine import WhooshEngine
from chengxin.search.whoosh.searcher import searcher_of
from chengxin.search.whoosh.shelf import IndexDamagedError, Manifest, Part, Shelf

SEGMENT_SIZE = 150_000
MOST_DELTAS = 8
SHARE_FOR_REBUILD = 10
SMALLEST_SHARE = 1_000


def rebuild(settings: Settings, database: Database, progress: Progress) -> int:
    """Build the index anew and switch to it; return how many agencies it holds."""
    place = Shelf(settings.search_index)
    with place.writing() as alone:
        if not alone:
            raise IndexBusyError
        with database.reading() as session:
            return _rebuild(place, session, progress)


def update(settings: Settings, database: Database) -> int:
    """Bring the index to the end of the ledger; return how many agencies were looked at again."""
    place = Shelf(settings.search_index)
    with place.writing() as alone:
        if not alone:
            return 0
        with database.reading() as session:
            return _follow(place, session)


def _rebuild(place: Shelf, session: Session, progress: Progress) -> int:
    position, today = ledger.last_id(session), clock.today()
    register = gathering.register_words(session)
    ids = gathering.ids_by_rank(session)
    sounds = Sounds(register.readings)
    rows = _counted(gathering.documents(session, ids, today=today), len(ids), progress)
    parts: list[Part] = []
    while not parts or sum(part.agencies for part in parts) < len(ids):
        some = islice(rows, SEGMENT_SIZE)
        parts.append(_write(place, some, sounds, register if not parts else None))
        if not parts[-1].agencies:
            break
    place.switch(Manifest(position, tuple(parts)))
    return sum(part.agencies for part in parts)


def _counted(rows: Iterator[SearchDocument], total: int, progress: Progress) -> Iterator[SearchDocument]:
    for done, row in enumerate(rows, 1):
        yield row
        progress(done, total)


def _write(
    place: Shelf, rows: Iterable[SearchDocument], sounds: Sounds, register: RegisterWords | None = None
) -> Part:
    path = place.new_part()
    agencies = write_segment(path, rows, sounds)
    if register is not None:
        (path / shelf.WORDS).write_text(words.written(register), encoding="utf-8")
    return place.finished(path, agencies)


def _follow(place: Shelf, session: Session) -> int:
    """Write a small segment for what changed; begin anew when too much did, or the index is not to be trusted."""
    manifest, engine = _trusted(place), searcher_of(place.folder).engine()
    last = ledger.last_id(session)
    if manifest is None or engine is None or last < manifest.position:
        return _rebuild(place, session, quiet)
    known = _followed(place, manifest)
    news = events.since(session, known, last)
    due = news.agencies | engine.outdated(clock.today())
    if news.divisions or _is_too_much(manifest, len(due)):
        return _rebuild(place, session, quiet)
    if due:
        place.switch(_with_delta(place, session, replace(manifest, position=news.position), engine, due))
    elif news.position > known:
        _remember(place, manifest, news.position)
    return len(due)


def _is_too_much(manifest: Manifest, changed: int) -> bool:
    """Tell whether so many agencies are in small segments that a new index is cheaper to ask."""
    held = sum(part.agencies for part in manifest.parts)
    beside = sum(part.agencies for part in manifest.parts[1:])
    return changed > 0 and changed + beside > max(SMALLEST_SHARE, held // SHARE_FOR_REBUILD)


def _with_delta(
    place: Shelf, session: Session, manifest: Manifest, engine: WhooshEngine, due: frozenset[int]
) -> Manifest:
    """Return a manifest with a new segment for some agencies; many small segments become one."""
    parts = manifest.parts
    if len(parts) > MOST_DELTAS:
        due = due | engine.agencies_in({part.name for part in parts[1:]})
        parts = parts[:1]
    rows = list(gathering.documents(session, sorted(due), today=clock.today()))
    gone = (set(manifest.gone) | due) - {row.agency_id for row in rows}
    fresh = (_write(place, rows, engine.vocabulary.sounds),) if rows else ()
    return replace(manifest, parts=(*parts, *fresh), gone=tuple(sorted(gone)))


def _trusted(place: Shelf) -> Manifest | None:
    """Return the manifest of a whole index of this version, or None when it has to be rebuilt."""
    try:
        manifest = place.read()
    except IndexDamagedError:
        return None
    if manifest is None or manifest.schema != shelf.SCHEMA:
        return None
    return manifest if searcher_of(place.folder).is_whole(manifest) else None


def _followed(place: Shelf, manifest: Manifest) -> int:
    """Return how far events were read that concerned no agency; what cannot be read counts for nothing."""
    try:
        held = json.loads((place.folder / shelf.FOLLOWED).read_bytes())
        name, position = str(held["after"]), int(held["position"])
    except shelf.DAMAGE:
        return manifest.position
    return max(position, manifest.position) if name == manifest.parts[-1].name else manifest.position


def _remember(place: Shelf, manifest: Manifest, position: int) -> None:
    held = {"after": manifest.parts[-1].name, "position": position}
    shelf.replace(place.folder / shelf.FOLLOWED, json.dumps(held).encode())


def verify(settings: Settings, database: Database) -> list[str]:
    """Return a sentence for each thing that is wrong with the index; nothing when it is whole."""
    place = Shelf(settings.search_index)
    try:
        manifest = place.read()
        if manifest is None:
            return ["There is no index. Run: chengxin index rebuild"]
        for part in manifest.parts:
            place.check(part, everything=True)
    except shelf.DAMAGE as error:
        return [f"The index is damaged: {error}. Run: chengxin index rebuild"]
    engine = searcher_of(place.folder).engine()
    if engine is None:
        return ["The index was written by another version. Run: chengxin index rebuild"]
    with database.reading() as session:
        behind = ledger.last_id(session) - _followed(place, manifest)
        ids = set(gathering.ids_by_rank(session))
    if behind:
        return [f"The index is {behind} events behind the ledger. Run: chengxin index update"]
    held = set(engine.everything().ids(0, engine.columns.size))
    return (
        []
        if held == ids
        else [f"The index misses {len(ids - held)} agencies and has {len(held - ids)} too many."]
    )
