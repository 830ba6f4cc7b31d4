"""Count what the ledger tells of cases and suggestions: once each, as far as the ledger goes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Boolean, Date, bindparam, delete, select, text
from sqlalchemy.orm import Session

from chengxin.core.clock import day_of
from chengxin.core.database import Database
from chengxin.figures import past
from chengxin.figures.models import CaseCount, CountedTo
from chengxin.figures.past import Past
from chengxin.figures.rules import UNKNOWN, Facet, Track, first_of
from chengxin.figures.steps import About, Happened, of_case, of_suggestion
from chengxin.ledger import actions as ledger
from chengxin.ledger import queries
from chengxin.ledger.models import Event
from chengxin.ledger.rules import account_of
from chengxin.voices.complaints.actions import PREFIX
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track as FiledAs
from chengxin.voices.suggestions.models import Suggestion

NAME = "cases"
CASE, SUGGESTION = "complaint", "suggestion"
BATCH = 2_000
# So far the position may stay behind while nothing is there to count: each step forward is a commit.
SLACK = 5_000
COLUMNS = ("facet", "month", "track", "value", "step", "detail", "workdays", "late")
_ADD = text(
    f"INSERT INTO case_count ({', '.join(COLUMNS)}, count)"  # noqa: S608 (names of columns only)
    f" VALUES ({', '.join(f':{name}' for name in COLUMNS)}, :count)"
    f" ON CONFLICT ({', '.join(COLUMNS)}) DO UPDATE SET count = case_count.count + excluded.count"
).bindparams(bindparam("month", type_=Date()), bindparam("late", type_=Boolean()))

Key = tuple[str, date, str, str, str, str, int, bool]


@dataclass(frozen=True)
class Found:
    """What is there to count: events, how far the ledger was looked through, and where its end is."""

    events: Sequence[Event]
    last: int
    position: int


def follow(database: Database) -> int:
    """Bring the counts to the end of the ledger and return how many events were counted."""
    counted = 0
    while True:
        with database.reading() as session:
            found = _news(session)
        if not found.events and found.last - found.position < SLACK:
            return counted
        with database.writing() as session:
            counted += _count(session)


def is_behind(session: Session) -> bool:
    """Return whether something of the ledger is not counted yet."""
    return bool(_news(session).events)


def recount(database: Database) -> int:
    """Forget every count and count the whole ledger again."""
    with database.writing() as session:
        session.execute(delete(CaseCount))
        session.execute(delete(CountedTo))
    return follow(database)


def _news(session: Session) -> Found:
    position = session.scalar(select(CountedTo.position).where(CountedTo.name == NAME)) or 0
    told = select(Event).where(Event.id > position, Event.subject_kind.in_((CASE, SUGGESTION)))
    events = session.scalars(told.order_by(Event.id).limit(BATCH)).all()
    return Found(events, queries.last_id(session), position)


def _count(session: Session) -> int:
    """Count a batch; whoever else would count the same waits here and then finds it counted."""
    ledger.wait_for_the_end(session)
    found = _news(session)
    about = _about(session, found.events)
    cases = {number for kind, number in about if kind == CASE}
    counts = Counter(_keys(found.events, about, past.of_cases(session, cases)))
    if counts:
        rows = [dict(zip(COLUMNS, key, strict=True)) | {"count": count} for key, count in counts.items()]
        session.execute(_ADD, rows)
    reached = found.events[-1].id if len(found.events) == BATCH else found.last
    session.merge(CountedTo(name=NAME, position=reached))
    return len(found.events)


def _keys(
    events: Iterable[Event],
    about: Mapping[tuple[str, int], About],
    pasts: Mapping[int, Past],
) -> Iterator[Key]:
    for event in events:
        record = about.get((event.subject_kind, event.subject_id))
        if record is None:
            continue
        day = day_of(event.at)
        if event.subject_kind == CASE:
            record = pasts.get(event.subject_id, Past()).at(event.id, record)
        if event.verb == past.MATCHED:
            yield from _of_correction(event, record, first_of(day))
        steps = of_case if event.subject_kind == CASE else of_suggestion
        for happened in steps(event.verb, event.old, event.new, day=day, about=record):
            yield from _from_all_sides(happened, record, first_of(day), account_of(event.actor))


def _of_correction(event: Event, record: About, month: date) -> Iterator[Key]:
    for facet, value, step in past.moved(event, record):
        yield str(facet), month, str(record.track), value, str(step), past.MATCHED, UNKNOWN, False


def _from_all_sides(happened: Happened, about: About, month: date, officer: int | None) -> Iterator[Key]:
    sides = [(Facet.ALL, ""), (Facet.CATEGORY, about.category), (Facet.REGION, about.region)]
    if officer is not None:
        sides.append((Facet.OFFICER, str(officer)))
    for facet, value in sides:
        yield (
            str(facet),
            month,
            str(about.track),
            value,
            str(happened.step),
            happened.detail,
            happened.workdays,
            happened.late,
        )


def _about(session: Session, events: Iterable[Event]) -> dict[tuple[str, int], About]:
    wanted: dict[str, set[int]] = {CASE: set(), SUGGESTION: set()}
    for event in events:
        wanted[event.subject_kind].add(event.subject_id)
    known = {(CASE, number): about for number, about in _cases(session, wanted[CASE])}
    return known | {
        (SUGGESTION, number): about for number, about in _suggestions(session, wanted[SUGGESTION])
    }


def _cases(session: Session, ids: Collection[int]) -> Iterator[tuple[int, About]]:
    columns = (Complaint.id, Complaint.case_no, Complaint.category, Complaint.region_code)
    dates = (Complaint.received_on, Complaint.accept_by, Complaint.answer_by)
    for number, case_no, category, region, *days in session.execute(
        select(*columns, *dates).where(Complaint.id.in_(ids))
    ):
        filed = Track.REPORT if case_no.startswith(PREFIX[FiledAs.REPORT]) else Track.COMPLAINT
        yield number, About(filed, category, region or "", *days)


def _suggestions(session: Session, ids: Collection[int]) -> Iterator[tuple[int, About]]:
    columns = (Suggestion.id, Suggestion.topic, Suggestion.region_code)
    dates = (Suggestion.received_on, Suggestion.reply_by, Suggestion.reply_by)
    for number, topic, region, *days in session.execute(
        select(*columns, *dates).where(Suggestion.id.in_(ids))
    ):
        yield number, About(Track.SUGGESTION, topic, region or "", *days)
