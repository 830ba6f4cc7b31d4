"""Read a table written as plain text: CSV with any usual delimiter, UTF-8, UTF-16 or GB18030."""

import codecs
import csv
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from chengxin.core.tables.shape import Line, Table, TableError, clean, fold_header, shape, trimmed

DELIMITERS = ",;\t|"
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
BLOCK = 1 << 20
SNIFFED_LINES = 25
MAX_LINES_IN_A_ROW = 400
# Fewer characters than this may decode as UTF-8 by accident in a GB18030 file.
SURELY_UTF8 = 16


@contextmanager
def open_plain(path: Path, *, known: Collection[str], encoding: str = "") -> Iterator[Table]:
    """Give the table of a text file."""
    chosen = encoding or find_encoding(path)
    expected = _count_lines(path, chosen)
    with path.open(encoding=chosen, newline="") as file:
        delimiter = find_delimiter(list(islice(file, SNIFFED_LINES)), known)
    with path.open(encoding=chosen, newline="") as file:
        written = f"CSV, {chosen.upper()}, {DELIMITER_NAMES[delimiter]}"
        yield shape(path.name, written, _lines(file, delimiter), known, expected)


def find_encoding(path: Path) -> str:
    """Return the encoding of a text file: by its mark, else UTF-8, else GB18030."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    read_well, line = _decodes(path, "utf-8")
    if line is None:
        return "utf-8"
    if read_well >= SURELY_UTF8:
        raise TableError(
            f"{path.name} is UTF-8 but damaged in line {line}. Repair that line, or save the file again as UTF-8."
        )
    _, line = _decodes(path, "gb18030")
    if line is None:
        return "gb18030"
    raise TableError(
        f"{path.name} is neither UTF-8 nor GB18030 (first trouble in line {line}). Save it as UTF-8, or name its"
        " encoding with --encoding."
    )


def _decodes(path: Path, encoding: str) -> tuple[int, int | None]:
    """Return how many characters beyond ASCII were read, and the line that could not be (none: all could)."""
    decoder = codecs.getincrementaldecoder(encoding)()
    beyond, line = 0, 1
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                whole: bytes = error.object
                good = whole[: error.start].decode(encoding, "replace")
                return beyond + _beyond_ascii(good), line + good.count("\n")
            if not block:
                return beyond, None
            beyond += _beyond_ascii(text)
            line += text.count("\n")


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _count_lines(path: Path, encoding: str) -> int:
    """Return the number of lines, and find out that a named encoding fits before any row is used."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            count = 0
            while text := file.read(BLOCK):
                ends = max(text.count("\n"), text.count("\r"))
                if "\x00" in text or (ends == 0 and len(text) == BLOCK):
                    raise TableError(f"{path.name} is not a table of text. Save the table as CSV or XLSX.")
                count += ends
            return count
    except LookupError as error:
        raise TableError(
            f"There is no encoding named {encoding}. Usual ones are utf-8, gb18030, big5."
        ) from error
    except UnicodeError as error:
        raise TableError(
            f"{path.name} is not written in {encoding}. Leave --encoding out or name another."
        ) from error


def find_delimiter(lines: list[str], known: Collection[str] = ()) -> str:
    """Return the delimiter that finds most known names in a line, and cuts most lines alike."""
    wanted = {fold_header(name) for name in known}
    best, best_score = ",", (0, 0, 0)
    for delimiter in DELIMITERS:
        rows = [cells for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1]
        if rows:
            names = max(len({fold_header(cell) for cell in cells} & wanted) for cells in rows)
            width, alike = max(Counter(map(len, rows)).items(), key=lambda item: (item[1], item[0]))
            if (names, alike, width) > best_score:
                best, best_score = delimiter, (names, alike, width)
    return best


def _lines(file: TextIO, delimiter: str) -> Iterator[Line]:
    """Give the filled lines, numbered as a spreadsheet numbers its rows."""
    watched = _Watched(file)
    reader = csv.reader(watched, delimiter=delimiter)
    number = 0
    try:
        for cells in reader:
            number += 1
            watched.end_of_record(number, delimiter)
            kept = trimmed([clean(cell) for cell in cells])
            if kept:
                yield Line(number, kept)
    except csv.Error as error:
        raise TableError(
            f"Row {number + 1} cannot be read ({error}). Look for a lone quotation mark there."
        ) from error


class _Watched:
    """The physical lines of the record being read, kept to notice a quotation mark that never closes."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._held: list[str] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._held.append(line)
            if len(self._held) > MAX_LINES_IN_A_ROW:
                raise csv.Error(f"a quotation mark stays open for more than {MAX_LINES_IN_A_ROW} lines")
            yield line

    def end_of_record(self, number: int, delimiter: str) -> None:
        """Forget the record's lines, after making sure that no quotation mark was left open."""
        if len(self._held) > 1 or self._held[0].count('"') % 2:
            self._refuse_open_quote(number, delimiter)
        self._held.clear()

    def _refuse_open_quote(self, number: int, delimiter: str) -> None:
        try:
            list(csv.reader(self._held, delimiter=delimiter, strict=True))
        except csv.Error as error:
            if "end of data" in str(error):
                raise TableError(
                    f"A quotation mark opened in row {number} is never closed. Close it or take it away."
                ) from error
