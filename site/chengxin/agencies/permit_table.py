"""Read the permit table of 双公示 (行政许可信息公示表): the permits of agencies, never those of persons."""

from collections.abc import Mapping, Sequence

from chengxin.agencies import columns, persons
from chengxin.agencies.gazetteer import Gazetteer
from chengxin.agencies.reading import Record, RowReader, RowRefusedError
from chengxin.agencies.rules import Flag, PermitStatus
from chengxin.core.tables import Row

# The table's columns; 许可类别 says how a permit is given (普通, 特许, 认可), not what it is.
NAMES: dict[str, tuple[str, ...]] = {
    **{name: words for name, words in columns.NAMES.items() if name not in {"licence_kind", "licence_no"}},
    "licence_kind": ("许可证书名称", "项目名称", "certificate name"),
    "licence_no": ("许可编号", "许可证编号", "证书编号", "permit number"),
    "decision_no": ("行政许可决定文书号", "行政许可决定书文号", "decision number"),
    "document": ("行政许可决定文书名称", "审批类别"),
    "subject": persons.SUBJECT_NAMES,
    "person_number": persons.PERSON_NUMBER_NAMES,
}
# A bureau's table holds permits of many trades; these words name those of this register.
OURS = ("人力资源", "职业中介", "劳务派遣", "人服证", "人才中介", "职介")
SOLE_TRADERS = frozenset({"个体工商户", "个体"})


class PermitTableReader(RowReader):
    """Reads rows of the table; rows of persons and of other trades are refused."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[int]],
        gazetteer: Gazetteer,
        *,
        status: PermitStatus | None = None,
    ) -> None:
        """Keep the columns and the regions; a table of permits always has permits."""
        super().__init__(columns, gazetteer, status=status)
        self.has_permits = True

    def read(self, published: Row) -> Record:
        """Return the record of a row, or refuse the row."""
        subject = self._text(published, "subject")
        self._refuse_persons(published, subject)
        record = super().read(published)
        if not any(self._concerns(published, record)):
            raise RowRefusedError("another permit: it is none of a human-resources agency")
        if subject in SOLE_TRADERS:
            record.facts.pop("legal_representative", None)
        self._read_region(published, record)
        return record

    def _read_region(self, row: Row, record: Record) -> None:
        """Take the region of the authority, for the table has no column of places."""
        if record.region_code is not None:
            return
        record.region_code = self.gazetteer.resolve_address(self._text(row, "authority"))
        if record.region_code is not None:
            record.flags.remove(Flag.REGION_UNKNOWN.value)

    def _refuse_persons(self, row: Row, subject: str) -> None:
        person = persons.is_natural_person(
            subject=subject,
            name=self._text(row, "name"),
            code=self._text(row, "uscc"),
            person_number=self._text(row, "person_number"),
        )
        if person:
            raise RowRefusedError("natural person: permits of persons are never taken")

    def _concerns(self, row: Row, record: Record) -> Sequence[bool]:
        told = [self._text(row, name) for name in ("licence_kind", "document", "scope", "licence_no")]
        return [word in text for text in (*told, *(each.number for each in record.permits)) for word in OURS]
