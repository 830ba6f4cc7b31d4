"""Find the agency a record is about: by credit code, by licence number, by name and place."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.reading import Record
from chengxin.agencies.rules import Flag
from chengxin.core.folding import fold_name

# Shorter numbers are a list's own serials and name nobody by themselves.
TELLING_NUMBER = 6
COLUMNS = (
    Agency.id,
    Agency.uid,
    Agency.name,
    Agency.folded_name,
    Agency.uscc,
    Agency.uscc_valid,
    Agency.region_code,
    Agency.place,
    Agency.source,
    Agency.fingerprint,
    Agency.flags,
)


@dataclass(slots=True)
class Target:
    """An agency a row may be about: one of the register, or one that an earlier row brings in."""

    uid: str
    name: str
    folded_name: str
    uscc: str | None
    uscc_valid: bool
    region_code: str | None
    place: str
    source: str
    fingerprints: list[str]
    flags: list[str]
    id: int | None = None
    first_row: int | None = None
    record: Record | None = None


@dataclass(slots=True)
class Candidates:
    """The agencies that the rows of one batch may be about."""

    by_code: dict[str, Target] = field(default_factory=dict)
    by_number: dict[str, list[Target]] = field(default_factory=dict)
    by_name: dict[str, list[Target]] = field(default_factory=dict)

    def add(self, target: Target, numbers: Iterable[str] = ()) -> None:
        """Make an agency findable for the rows to come."""
        if target.uscc:
            self.by_code[target.uscc] = target
        self.by_name.setdefault(target.folded_name, []).append(target)
        for number in numbers:
            self.by_number.setdefault(number, []).append(target)

    def match(self, record: Record, source: str) -> Target | None:
        """Return the agency a record is about, or nothing when it is a new one."""
        name = record.folded_name
        held = self.by_code.get(record.uscc)
        if held and (record.uscc_valid or held.folded_name == name):
            return held
        for target in self._sharing_a_number(record):
            if _codes_agree(target, record) and (target.folded_name == name or target.first_row is None):
                return target
        for target in self.by_name.get(name, ()):
            if _codes_agree(target, record) and _places_agree(target, record, source):
                return target
        return None

    def flag_conflicts(self, record: Record) -> None:
        """Flag what a new agency's record shares with another agency, and give up a code that is taken."""
        if record.uscc in self.by_code:
            record.uscc = ""
            record.flags.append(Flag.USCC_TAKEN.value)
        if next(self._sharing_a_number(record), None):
            record.flags.append(Flag.LICENCE_SHARED.value)

    def _sharing_a_number(self, record: Record) -> Iterator[Target]:
        for number in telling_numbers(record):
            yield from self.by_number.get(number, ())


def telling_numbers(record: Record) -> list[str]:
    """Return the licence numbers of a record that are long enough to name an agency."""
    return [each.folded_number for each in record.permits if len(each.folded_number) >= TELLING_NUMBER]


def candidates(session: Session, records: Collection[Record], first_rows: dict[int, int]) -> Candidates:
    """Load the agencies that some records may be about, with a few queries for the whole batch."""
    codes = {record.uscc for record in records if record.uscc}
    names = {record.folded_name for record in records}
    numbers = {number for record in records for number in telling_numbers(record)}
    holders: dict[int, list[str]] = {}
    if numbers:
        rows = select(Permit.agency_id, Permit.folded_number).where(Permit.folded_number.in_(numbers))
        for agency_id, number in session.execute(rows.order_by(Permit.id)):
            holders.setdefault(agency_id, []).append(number)
    found = Candidates()
    for wanted in (Agency.uscc.in_(codes), Agency.folded_name.in_(names), Agency.id.in_(holders)):
        for row in session.execute(select(*COLUMNS).where(wanted).order_by(Agency.id)):
            if row.id not in {target.id for target in found.by_name.get(row.folded_name, ())}:
                found.add(_target(row, first_rows.get(row.id)), holders.get(row.id, ()))
    return found


def _target(row: Any, first_row: int | None) -> Target:
    return Target(
        uid=row.uid,
        name=row.name,
        folded_name=row.folded_name,
        uscc=row.uscc,
        uscc_valid=row.uscc_valid,
        region_code=row.region_code,
        place=row.place,
        source=row.source,
        fingerprints=row.fingerprint.split(),
        flags=row.flags.split(),
        id=row.id,
        first_row=first_row,
    )


def _codes_agree(target: Target, record: Record) -> bool:
    """Tell whether credit codes allow the two to be one agency; a code that fails its check proves nothing."""
    both_sure = target.uscc and record.uscc and target.uscc_valid and record.uscc_valid
    return not both_sure or target.uscc == record.uscc


def _places_agree(target: Target, record: Record, source: str) -> bool:
    """Tell whether one place lies in the other; where none is known, the texts or the source decide."""
    if target.region_code and record.region_code:
        one, other = _stem(target.region_code), _stem(record.region_code)
        return one.startswith(other) or other.startswith(one)
    if target.region_code or record.region_code:
        return target.source == source
    return fold_name(target.place) == fold_name(record.place)


def _stem(code: str) -> str:
    """Return a region's code without the pairs of zeros that stand for everything inside it."""
    while code.endswith("00"):
        code = code[:-2]
    return code
