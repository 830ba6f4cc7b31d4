"""Write tables as CSV that spreadsheets read in UTF-8 and never run as formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from chengxin.core.clock import SHANGHAI

BOM = "\ufeff"
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give a table line by line, so that a long one needs no memory."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    yield BOM
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield written.getvalue()
        written.seek(0)
        written.truncate()
    yield written.getvalue()


def plain(value: object) -> object:
    """Return a value as programs read it: an instant in Shanghai time to the second, a day as ISO."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: object) -> object:
    """Return what a cell shows; a text that a spreadsheet would run gets an apostrophe in front."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else plain(value)
