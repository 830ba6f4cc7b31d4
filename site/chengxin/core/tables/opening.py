"""Open a published file by what it is, not by what its name says."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from chengxin.core.tables.plain import open_plain
from chengxin.core.tables.shape import Table, TableError

MAX_BYTES = 256 * 1024 * 1024
SIGNATURES = {
    b"\xd0\xcf\x11\xe0": "an old .xls workbook; open it and save it as .xlsx or as CSV",
    b"%PDF": "a PDF document; its table has to be copied into a workbook first",
    b"<!DO": "a web page; open it in a spreadsheet and save it as .xlsx or as CSV",
    b"<htm": "a web page; open it in a spreadsheet and save it as .xlsx or as CSV",
    b"<tab": "a web page; open it in a spreadsheet and save it as .xlsx or as CSV",
    b"<?xm": "an XML document; open it in a spreadsheet and save it as .xlsx or as CSV",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"Rar!": "a compressed file; unpack it first",
}


@contextmanager
def open_table(
    path: Path, *, known: Collection[str] = (), encoding: str = "", sheet: str = ""
) -> Iterator[Table]:
    """Give the table of a CSV or XLSX file; `known` are the column names its header is told by."""
    size = path.stat().st_size
    if size == 0:
        raise TableError(f"{path.name} is empty.")
    if size > MAX_BYTES:
        raise TableError(
            f"{path.name} has {size:,} bytes; {MAX_BYTES:,} are taken. Cut it into several files."
        )
    with path.open("rb") as file:
        start = file.read(4)
    for signature, what in SIGNATURES.items():
        if start.startswith(signature):
            raise TableError(f"{path.name} is {what}.")
    if start.startswith(b"PK\x03\x04"):
        # openpyxl is heavy and most runs read CSV.
        from chengxin.core.tables.workbook import open_workbook  # noqa: PLC0415

        with open_workbook(path, known=known, sheet=sheet) as table:
            yield table
    else:
        with open_plain(path, known=known, encoding=encoding) as table:
            yield table
