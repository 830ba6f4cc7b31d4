"""Turn one row of a published list into a record of the register, with the flags it is kept with."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from chengxin.agencies import uscc, vocabulary
from chengxin.agencies.gazetteer import Gazetteer
from chengxin.agencies.rules import Flag, PermitStatus
from chengxin.core.days import day_in
from chengxin.core.folding import fold_name, fold_number
from chengxin.core.tables import Row

PLACE_FIELDS = ("region", "province", "city", "district")
PLAIN_FIELDS = (
    "legal_representative",
    "established",
    "ownership",
    "business_phone",
    "supervision_phone",
    "website",
    "grade",
)
PERMIT_FIELDS = (
    "licence_no",
    "licence_kind",
    "licence_status",
    "issued_on",
    "valid_from",
    "valid_to",
    "scope",
)
LONGEST_NAME = 200


class RowRefusedError(Exception):
    """A row cannot become a record; the message says why."""


@dataclass(slots=True)
class PermitRecord:
    """A permit as one line of a list tells it."""

    kind: str
    number: str
    status: str
    status_text: str = ""
    status_on: date | None = None
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    authority: str = ""
    scope: str = ""
    decision_no: str = ""
    folded_number: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells this permit from the agency's other ones."""
        return self.kind, self.folded_number

    @property
    def tells_status(self) -> bool:
        """Tell whether the row says how the permit stands, in words known or not."""
        return bool(self.status_text) or self.status != PermitStatus.UNKNOWN


@dataclass(slots=True)
class Record:
    """An agency as one row of a list tells it; an empty fact is one the row does not tell."""

    row: int
    name: str
    folded_name: str = ""
    uscc: str = ""
    region_code: str | None = None
    place: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)
    former_names: list[str] = field(default_factory=list)
    trade_names: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    permits: list[PermitRecord] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    mark: str = ""

    @property
    def uscc_valid(self) -> bool:
        """Tell whether the credit code passes its check."""
        return Flag.USCC_CHECK not in self.flags and bool(self.uscc)

    def absorb(self, other: "Record") -> None:
        """Add what a further row of the same agency tells."""
        held = {permit.key for permit in self.permits}
        self.permits += [permit for permit in other.permits if permit.key not in held]
        for name in ("former_names", "trade_names", "aliases", "services", "flags"):
            mine, more = getattr(self, name), getattr(other, name)
            mine += [each for each in more if each not in mine]
        self.facts = other.facts | self.facts

    def fingerprint(self) -> str:
        """Return a short hash of everything the row tells, but not of where it stands."""
        told = [getattr(self, name) for name in TOLD]
        told.append([[getattr(permit, name) for name in PERMIT_TOLD] for permit in self.permits])
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


TOLD = tuple(
    each.name for each in fields(Record) if each.name not in {"row", "permits", "mark", "folded_name"}
)
PERMIT_TOLD = tuple(each.name for each in fields(PermitRecord))


class RowReader:
    """Reads rows by the columns of one file."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[int]],
        gazetteer: Gazetteer,
        *,
        status: PermitStatus | None = None,
    ) -> None:
        """Keep the columns, the regions, and the status a list gives all its permits by being what it is."""
        self.columns = columns
        self.gazetteer = gazetteer
        self.status = status
        self.has_permits = any(name in columns for name in PERMIT_FIELDS)

    def read(self, published: Row) -> Record:
        """Return the record of a row, or refuse the row."""
        more = tuple(tuple(map(vocabulary.text_of, line)) for line in published.more)
        row = Row(published.number, tuple(map(vocabulary.text_of, published.cells)), more)
        name, former = vocabulary.split_formerly(self._text(row, "name"))
        if not name:
            raise RowRefusedError("no name: the row names no agency")
        if len(name) > LONGEST_NAME:
            raise RowRefusedError(f"name too long: more than {LONGEST_NAME} characters")
        record = Record(row.number, name, fold_name(name))
        record.former_names = [
            each for each in (former, *self._list(published, "former_names")) if each and each != name
        ]
        record.trade_names = self._list(published, "trade_name")
        record.aliases = [each for each in self._list(published, "aliases") if each != name]
        told = [
            service for cell in self._cells(published, "services") for service in vocabulary.services_of(cell)
        ]
        record.services = list(dict.fromkeys(told))
        self._read_code(row, record)
        self._read_facts(row, record)
        self._read_place(row, record)
        if self.has_permits:
            self._read_permits(row, record)
        return record

    def _read_code(self, row: Row, record: Record) -> None:
        code = uscc.tidy(self._text(row, "uscc"))
        if uscc.is_identity_number(code) and not uscc.is_valid(code):
            record.flags.append(Flag.PERSONAL_NUMBER.value)
        elif code and len(set(code)) > 1:
            record.uscc = code
            if not uscc.is_valid(code):
                record.flags.append(Flag.USCC_CHECK.value)

    def _read_facts(self, row: Row, record: Record) -> None:
        for name in PLAIN_FIELDS:
            if name in self.columns and (text := self._text(row, name)):
                record.facts[name] = text
        if stands := vocabulary.AGENCY_STATUS_WORDS.get(self._text(row, "agency_status")):
            record.facts["status"] = stands.value
        staff = self._text(row, "staff_total").removesuffix("人")
        if staff.isascii() and staff.isdigit() and len(staff) < 8:  # noqa: PLR2004 (an integer column)
            record.facts["staff_total"] = int(staff)

    def _read_place(self, row: Row, record: Record) -> None:
        texts = [text for name in PLACE_FIELDS for text in self._texts(row, name)]
        address = self._long_text(row, "address")
        found = self.gazetteer.resolve(texts)
        record.region_code = found.code or (self.gazetteer.resolve_address(address) if address else None)
        rest = list(dict.fromkeys(found.rest))
        record.place = ", ".join(reversed(rest)) if all(map(str.isascii, rest)) else "".join(rest)
        if address:
            record.facts["address"] = address
        if record.region_code is None:
            record.flags.append(Flag.REGION_UNKNOWN.value)

    def _read_permits(self, row: Row, record: Record) -> None:
        for at in range(1 + len(row.more)):
            line = row if not at else Row(row.number, row.more[at - 1])
            if any(self._text(line, name) for name in PERMIT_FIELDS):
                record.permits.append(self._permit(line, record))

    def _permit(self, line: Row, record: Record) -> PermitRecord:
        number, told = self._text(line, "licence_no"), self._text(line, "licence_status")
        status = vocabulary.status_of(told) if told else self.status or PermitStatus.UNKNOWN
        permit = PermitRecord(
            kind=vocabulary.kind_of(self._text(line, "licence_kind"), number).value,
            number=number,
            folded_number=fold_number(number),
            status=self._agreed(status, self._text(line, "is_valid"), record).value,
            status_text="" if told.casefold() == status.value else told,
            authority=self._text(line, "authority"),
            scope=self._text(line, "scope"),
            decision_no=self._text(line, "decision_no"),
        )
        permit.status_on = self._day(line, "licence_status_date", record)
        permit.issued_on = self._day(line, "issued_on", record)
        permit.valid_from = self._day(line, "valid_from", record)
        permit.valid_to = self._day(line, "valid_to", record)
        return permit

    def _agreed(self, status: PermitStatus, is_valid: str, record: Record) -> PermitStatus:
        """Return the status, unless the list's own yes or no contradicts it: then nobody knows."""
        said = is_valid.casefold()
        contradicts = (status == PermitStatus.VALID and said in vocabulary.NO) or (
            status not in {PermitStatus.VALID, PermitStatus.UNKNOWN} and said in vocabulary.YES
        )
        if contradicts:
            record.flags.append(Flag.STATUS_CONTRADICTS.value)
        elif status == PermitStatus.UNKNOWN:
            record.flags.append(Flag.STATUS_UNKNOWN.value)
        return PermitStatus.UNKNOWN if contradicts else status

    def _day(self, line: Row, name: str, record: Record) -> date | None:
        text = self._text(line, name)
        try:
            return day_in(text)
        except ValueError:
            if Flag.DATE_UNREADABLE not in record.flags:
                record.flags.append(Flag.DATE_UNREADABLE.value)
            return None

    def _cells(self, row: Row, name: str) -> list[str]:
        return [cell for at in self.columns.get(name, ()) for cell in row.lines_at(at) if cell]

    def _texts(self, row: Row, name: str) -> list[str]:
        return [text for at in self.columns.get(name, ()) if (text := row.at(at))]

    def _text(self, row: Row, name: str) -> str:
        for at in self.columns.get(name, ()):
            if text := row.at(at):
                return text
        return ""

    def _long_text(self, row: Row, name: str) -> str:
        """Return a text that may run on over the lines that continue a row."""
        parts = self._cells(row, name)
        return (" " if all(map(str.isascii, parts)) else "").join(parts)

    def _list(self, row: Row, name: str) -> list[str]:
        return [part for cell in self._cells(row, name) for part in vocabulary.list_of(cell)]
