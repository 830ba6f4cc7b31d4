"""Let the derived tables of the lookup follow the ledger: look-alike keys of agencies, words of texts.

Work is done in short transactions, so that nobody who writes waits long for it; it can stop anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, AgencyName
from chengxin.agencies.rules import NameKind
from chengxin.core.database import Database
from chengxin.ledger.models import Event
from chengxin.search import gathering, texts
from chengxin.search.likeness import core_of, keys_of
from chengxin.search.models import Likeness, LookupPosition, TextToken
from chengxin.search.vocabulary import Vocabulary

LEDGER, SWEEP = "ledger", "sweep"
STEP = 1_000
DONE = -1
OWN_NAMES = (NameKind.TRADE,)
CITY = 4


@dataclass
class _News:
    """The records that some events are about."""

    last: int = 0
    found: dict[str, set[int]] = field(default_factory=dict)

    def of(self, kind: str) -> set[int]:
        """Return the records of a kind."""
        return self.found.get(kind, set())


class _Words:
    """The vocabulary names are read with, made when it is first wanted and anew after divisions changed."""

    def __init__(self) -> None:
        self._known: Vocabulary | None = None

    def of(self, session: Session) -> Vocabulary:
        """Return the vocabulary."""
        if self._known is None:
            self._known = Vocabulary(gathering.register_words(session))
        return self._known

    def forget(self) -> None:
        """Forget it."""
        self._known = None


def follow(database: Database) -> int:
    """Bring the derived tables to the end of the ledger; return how many records were looked at."""
    done, words = 0, _Words()
    with database.reading() as session:
        more = _waits(session)
    while more:
        with database.writing() as session:
            looked_at, more = _step(session, words)
        done += looked_at
    return done


def is_current(session: Session) -> bool:
    """Tell whether the tables know every public event of a snapshot."""
    later = exists().where(Event.id > _position(session, LEDGER), Event.public_version.is_not(None))
    return not session.scalar(select(later)) and _position(session, SWEEP, DONE) == DONE


def _waits(session: Session) -> bool:
    later = exists().where(Event.id > _position(session, LEDGER))
    return bool(session.scalar(select(later))) or _position(session, SWEEP, DONE) != DONE


def _step(session: Session, words: _Words) -> tuple[int, bool]:
    """Look at the records of the next events, and at the next agencies when divisions have changed."""
    news = _next(session)
    agencies = news.of("agency")
    if news.of("region"):
        _remember(session, SWEEP, 0)
        words.forget()
    after = _position(session, SWEEP, DONE)
    if after != DONE:
        rows = select(Agency.id).where(Agency.id > after).order_by(Agency.id).limit(STEP)
        swept = session.scalars(rows).all()
        agencies |= set(swept)
        _remember(session, SWEEP, swept[-1] if len(swept) == STEP else DONE)
    _write_likeness(session, agencies, words)
    for kind in texts.Kind:
        _write_texts(session, kind, news.of(kind.subject))
    if news.last:
        _remember(session, LEDGER, news.last)
    return len(agencies) + sum(len(news.of(kind.subject)) for kind in texts.Kind), _waits(session)


def _next(session: Session) -> _News:
    news = _News()
    rows = select(Event.id, Event.subject_kind, Event.subject_id)
    wanted = rows.where(Event.id > _position(session, LEDGER)).order_by(Event.id).limit(STEP)
    for event in session.execute(wanted):
        news.found.setdefault(event.subject_kind, set()).add(event.subject_id)
        news.last = event.id
    return news


def _write_likeness(session: Session, ids: Iterable[int], known: _Words) -> None:
    wanted = sorted(ids)
    if not wanted:
        return
    words = known.of(session)
    session.execute(delete(Likeness).where(Likeness.agency_id.in_(wanted)))
    standing = select(Agency.id, Agency.name, Agency.region_code).where(
        Agency.id.in_(wanted), Agency.merged_into_id.is_(None)
    )
    others = _trade_names(session, wanted)
    rows: list[dict[str, object]] = []
    for agency in session.execute(standing.order_by(Agency.id)):
        cores = [core_of(name, words) for name in (agency.name, *others.get(agency.id, ()))]
        keys: dict[str, str] = {}
        for core in filter(None, cores):
            for key in keys_of(core, words.sounds):
                keys.setdefault(key, core)
        city = (agency.region_code or "")[:CITY]
        rows += (
            {"agency_id": agency.id, "key": key, "core": core, "city": city} for key, core in keys.items()
        )
    if rows:
        session.execute(insert(Likeness), rows)


def _trade_names(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = select(AgencyName.agency_id, AgencyName.name).where(
        AgencyName.agency_id.in_(ids), AgencyName.kind.in_(OWN_NAMES)
    )
    for row in session.execute(rows.order_by(AgencyName.id)):
        found.setdefault(row.agency_id, []).append(row.name)
    return found


def _write_texts(session: Session, kind: texts.Kind, ids: Iterable[int]) -> None:
    """Write which words the published texts among some records hold; the others keep none."""
    wanted = sorted(ids)
    if not wanted:
        return
    session.execute(delete(TextToken).where(TextToken.kind == kind, TextToken.record_id.in_(wanted)))
    rows = [
        {"token": token, "kind": kind.value, "record_id": record_id}
        for record_id, parts in texts.published(session, kind, wanted)
        for token in texts.tokens_of(parts)
    ]
    if rows:
        session.execute(insert(TextToken), rows)


def _position(session: Session, name: str, default: int = 0) -> int:
    held = session.scalar(select(LookupPosition.position).where(LookupPosition.name == name))
    return default if held is None else held


def _remember(session: Session, name: str, position: int) -> None:
    session.execute(delete(LookupPosition).where(LookupPosition.name == name))
    session.execute(insert(LookupPosition), [{"name": name, "position": position}])
