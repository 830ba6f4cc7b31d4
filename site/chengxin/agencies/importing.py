"""Import a published list into the register: all of it or nothing, and the same list twice changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies import columns, permit_table, persons, regions
from chengxin.agencies.differences import Known, difference, known
from chengxin.agencies.matching import Candidates, Target, candidates, telling_numbers
from chengxin.agencies.models import Agency
from chengxin.agencies.reading import Record, RowReader, RowRefusedError
from chengxin.agencies.rules import PermitStatus, shrinks_too_much
from chengxin.agencies.staging import Staging, give_room
from chengxin.agencies.uids import new_uids
from chengxin.agencies.unlisting import mark_listed, mark_unlisted
from chengxin.core.errors import DomainError
from chengxin.core.tables import Row, Table, TableError
from chengxin.core.tables.columns import map_columns, shown, unused
from chengxin.core.tables.report import Outcome, RowReport, Tally
from chengxin.ledger.actions import record_many

BATCH = 1_000
ANCHORS = ("serial", "name", "uscc")


@dataclass(slots=True)
class Result:
    """What an import did, for the summary."""

    tally: Tally
    unused_columns: list[str] = field(default_factory=list)
    missing: int = 0


@dataclass(frozen=True)
class Layout:
    """A kind of table: its column names, what reads its rows, and whether it names all agencies of its source."""

    names: Mapping[str, Sequence[str]]
    reader: type[RowReader]
    names_everybody: bool

    def columns(self, header: tuple[str, ...], said: Mapping[str, str]) -> dict[str, list[int]]:
        """Return the columns of each field; those of persons are only asked whether they hold something."""
        named = map_columns(header, self.names, said)
        seen = named.pop("person_number", [])
        return persons.without_them(header, named) | ({"person_number": seen} if seen else {})


REGISTER = Layout(columns.NAMES, RowReader, names_everybody=True)
PERMIT_TABLE = Layout(permit_table.NAMES, permit_table.PermitTableReader, names_everybody=False)


def import_list(
    session: Session,
    *,
    actor: str,
    table: Table,
    source: str,
    said: Mapping[str, str],
    status: PermitStatus | None = None,
    allow_shrink: bool = False,
    layout: Layout = REGISTER,
    tell: Callable[[RowReport], object] | None = None,
    progress: Callable[[int], object] | None = None,
) -> Result:
    """Import the rows of a table; the caller commits, or undoes everything."""
    found = layout.columns(table.header, said)
    if "name" not in found:
        raise TableError(
            f"No column holds the names of the agencies. The columns are: {shown(table.header)}."
            " Say which with --map COLUMN=name."
        )
    regions.put_provinces(session, actor=actor)
    reader = layout.reader(found, regions.gazetteer(session), status=status)
    run = _Run(session, actor=actor, source=source, tally=Tally(tell))
    anchors = [at for name in ANCHORS for at in found.get(name, ())]
    for batch in _batches(table.rows(anchors)):
        run.take(batch, reader)
        if progress:
            progress(len(batch))
    missing = run.check_size(allow_shrink=allow_shrink)
    if layout.names_everybody:
        run.mark_departures()
    return Result(run.tally, unused(table.header, found), missing)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch


class _Run:
    """One import under way: what the file has said so far and what the source had said before."""

    def __init__(self, session: Session, *, actor: str, source: str, tally: Tally) -> None:
        self.session = session
        self.actor = actor
        self.source = source
        self.tally = tally
        self.first_rows: dict[int, int] = {}
        self.had = set(session.scalars(select(Agency.id).where(Agency.source == source)))
        self.staging = Staging(session, actor=actor, source=source)
        give_room(session)

    def take(self, rows: list[Row], reader: RowReader) -> None:
        """Read, match and write one batch, and report its rows in order."""
        reports: dict[int, RowReport] = {}
        records = list(self._records(rows, reader, reports))
        around = candidates(self.session, records, self.first_rows)
        uids = iter(new_uids(self.session, len(records)))
        placed = [self._place(record, around, uids) for record in records]
        have = known(
            self.session, {each.target.id for each in placed if each.outcome is None and each.target.id}
        )
        for each in placed:
            self._compare(each, have)
            reports[each.record.row] = each.report()
        record_many(self.session, self.staging.write())
        for each in placed:
            self.first_rows.setdefault(each.target.id or 0, each.record.row)
        for row in rows:
            self.tally.add(reports[row.number])

    def _place(self, record: Record, around: Candidates, uids: Iterator[str]) -> "_Placed":
        """Decide which agency a record is about and what can be said without looking closer."""
        target = around.match(record, self.source)
        if target is None:
            return self._bring_in(record, around, next(uids))
        joins, first = target.first_row is not None, target.first_row
        if record.mark in target.fingerprints:
            target.first_row = first or record.row
            repeats = joins and target.id is None
            return _Placed(
                record,
                target,
                Outcome.JOINED if repeats else Outcome.UNCHANGED,
                f"repeats row {first}" if repeats else "",
            )
        if joins and record.folded_name != target.folded_name:
            why = f"code of another row: row {first} has this credit code under another name"
            return _Placed(record, target, Outcome.REFUSED, why)
        target.fingerprints = [*target.fingerprints, record.mark] if joins else [record.mark]
        target.first_row = first or record.row
        if target.record is not None:
            target.record.absorb(record)
            return _Placed(record, target, Outcome.JOINED, f"adds to row {first}")
        return _Placed(record, target, None, f"adds to row {first}" if joins else "", joins=joins)

    def _bring_in(self, record: Record, around: Candidates, uid: str) -> "_Placed":
        around.flag_conflicts(record)
        target = Target(
            uid=uid,
            name=record.name,
            folded_name=record.folded_name,
            uscc=record.uscc or None,
            uscc_valid=record.uscc_valid,
            region_code=record.region_code,
            place=record.place,
            source=self.source,
            fingerprints=[record.mark],
            flags=[],
            first_row=record.row,
            record=record,
        )
        around.add(target, telling_numbers(record))
        self.staging.new.append(target)
        return _Placed(record, target, Outcome.TAKEN)

    def _compare(self, placed: "_Placed", have: dict[int, Known]) -> None:
        """Look closer at a record of an agency the register has."""
        if placed.outcome is not None or placed.target.id is None:
            return
        held = have[placed.target.id]
        found = difference(held, placed.record, joins=placed.joins)
        if found.is_empty:
            placed.outcome, placed.why = Outcome.UNCHANGED, ""
            return
        held.take(found)
        self.staging.differences.append((placed.record, found, list(placed.target.fingerprints)))
        placed.outcome = Outcome.JOINED if placed.joins else Outcome.CHANGED

    def _records(self, rows: list[Row], reader: RowReader, reports: dict[int, RowReport]) -> Iterator[Record]:
        for row in rows:
            try:
                record = reader.read(row)
            except RowRefusedError as error:
                reports[row.number] = RowReport(row.number, Outcome.REFUSED, "", why=str(error))
                continue
            record.mark = record.fingerprint()
            yield record

    def check_size(self, *, allow_shrink: bool) -> int:
        """Return how many agencies of the source the list no longer names; refuse when they are too many."""
        still = len(self.first_rows)
        if not allow_shrink and shrinks_too_much(len(self.had), still):
            raise DomainError(
                f"The list names {still:,} agencies, the last one of the source {self.source!r} named"
                f" {len(self.had):,}. Nothing was imported. If that is right, say --allow-shrink."
            )
        return len(self.had - set(self.first_rows))

    def mark_departures(self) -> None:
        """Mark the agencies the source lists no longer, and take the mark off those it lists again."""
        named = set(self.first_rows)
        mark_unlisted(self.session, actor=self.actor, source=self.source, ids=self.had - named)
        mark_listed(self.session, actor=self.actor, source=self.source, ids=named)


@dataclass(slots=True)
class _Placed:
    """A record, the agency it is about, and what became of it (nothing yet: it needs a closer look)."""

    record: Record
    target: Target
    outcome: Outcome | None
    why: str = ""
    joins: bool = False

    def report(self) -> RowReport:
        assert self.outcome is not None
        flags = {*self.record.flags, *(self.target.flags if self.outcome == Outcome.UNCHANGED else ())}
        key = "" if self.outcome == Outcome.REFUSED else self.target.uid
        return RowReport(self.record.row, self.outcome, self.record.name, key, tuple(sorted(flags)), self.why)
