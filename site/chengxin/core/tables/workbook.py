"""Read a table from an XLSX workbook, row by row and with bounded memory."""

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from chengxin.core.tables.shape import MAX_COLUMNS, Line, Table, TableError, clean, shape, trimmed

MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 300
MAX_MERGED = 200_000
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
BLOCK = 1 << 20
OVERLAP = 200
EXACT_FLOAT = 1e15


@contextmanager
def open_workbook(path: Path, *, known: Collection[str], sheet: str = "") -> Iterator[Table]:
    """Give the table of the named sheet, else of the first sheet that has one."""
    _refuse_bombs(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise TableError(
            f"{path.name} cannot be opened as a workbook. Save it again as .xlsx or as CSV."
        ) from error
    with closing(book):
        yield _table(path, book, known, sheet)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise TableError(f"{path.name} is a damaged workbook. Save it again as .xlsx or as CSV.") from error
    if not any(each.filename == "xl/workbook.xml" for each in members):
        raise TableError(
            f"{path.name} is an archive, not an .xlsx workbook. Unpack it, or save the table as CSV."
        )
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 10_000):
        raise TableError(f"{path.name} unpacks to {unpacked:,} bytes, too much for a table. Save it as CSV.")


def _table(path: Path, book: Any, known: Collection[str], sheet: str) -> Table:
    names = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    if sheet and sheet not in book.sheetnames:
        raise TableError(f"{path.name} has no sheet {sheet!r}. Its sheets are: {', '.join(book.sheetnames)}.")
    trouble: TableError | None = None
    for name in [sheet] if sheet else names:
        page = book[name]
        merged = _merged_above(path, page._worksheet_path)  # noqa: SLF001 (no public name)
        expected = page.max_row
        page.reset_dimensions()
        written = f"XLSX, sheet {name}"
        try:
            return shape(path.name, written, _guarded(path.name, _lines(page, merged)), known, expected)
        except TableError as error:
            trouble = trouble or error
    raise trouble or TableError(f"{path.name} has no sheet with a table.")


def _merged_above(path: Path, member: str) -> dict[int, list[tuple[int, int]]]:
    """Return for each row the merged columns it continues, each with the row that holds the text.

    openpyxl forgets merged ranges when it streams; they stand at the end of the sheet's file.
    """
    above: dict[int, list[tuple[int, int]]] = {}
    count = 0
    for found in _merge_references(path, member):
        left, top, right, bottom = range_boundaries(found)
        if left is None or top is None or right is None or bottom is None or left > MAX_COLUMNS:
            continue
        count += bottom - top
        if count > MAX_MERGED:
            raise TableError(
                f"{path.name} has too many merged cells. Unmerge them, or save the sheet as CSV."
            )
        for row in range(top + 1, bottom + 1):
            above.setdefault(row, []).append((left - 1, top))
    return above


def _merge_references(path: Path, member: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive, archive.open(member.lstrip("/")) as file:
        held = b""
        while block := file.read(BLOCK):
            held += block
            last = 0
            for match in MERGE.finditer(held):
                last = match.end()
                yield match.group(1).decode()
            held = held[max(last, len(held) - OVERLAP) :]


def _lines(page: Any, above: dict[int, list[tuple[int, int]]]) -> Iterator[Line]:
    """Give the filled lines with their row numbers and what vertically merged cells say of them."""
    tops = {top for pairs in above.values() for _, top in pairs}
    texts: dict[int, tuple[str, ...]] = {}
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        cells = trimmed([_text(value) for value in values[:MAX_COLUMNS]])
        if number in tops:
            texts[number] = cells
        if cells:
            merged = {at: texts[top][at] for at, top in above.get(number, ()) if at < len(texts.get(top, ()))}
            yield Line(number, cells, merged)


def _guarded(name: str, lines: Iterator[Line]) -> Iterator[Line]:
    """Give the lines, and say it plainly when the workbook breaks off on the way."""
    try:
        yield from lines
    except (zipfile.BadZipFile, zlib.error, SyntaxError, ValueError, KeyError, IndexError, EOFError) as error:
        raise TableError(f"{name} is damaged inside ({error}). Save it again as .xlsx or as CSV.") from error


def _text(value: object) -> str:
    """Return a cell's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return (
            "" if value.startswith("#") and value in {"#N/A", "#REF!", "#VALUE!", "#NAME?"} else clean(value)
        )
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    return str(value)
