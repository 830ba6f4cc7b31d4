"""The shape of a published table: where its header stands and which lines make one row."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from chengxin.core.errors import DomainError

HEADER_DEPTH = 40
MAX_COLUMNS = 256
MAX_LINES_OF_A_RECORD = 100
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00"))


class TableError(DomainError):
    """A file cannot be read as a table; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line: its number in the file, its cells, and what a merged cell above gives it."""

    number: int
    cells: tuple[str, ...]
    merged: dict[int, str] = field(default_factory=dict)

    def filled(self) -> tuple[str, ...]:
        """Return the cells with the text of vertically merged cells put in."""
        if not self.merged:
            return self.cells
        width = max(len(self.cells), *(at + 1 for at in self.merged))
        cells = self.cells + ("",) * (width - len(self.cells))
        return tuple(cell or self.merged.get(at, "") for at, cell in enumerate(cells))


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its number in the file, its cells by position, and the lines that continue it."""

    number: int
    cells: tuple[str, ...]
    more: tuple[tuple[str, ...], ...] = ()

    def at(self, position: int) -> str:
        """Return the cell of a column; a short row has empty cells at its end."""
        return self.cells[position] if position < len(self.cells) else ""

    def lines_at(self, position: int) -> list[str]:
        """Return the cell of a column in each line of the record, empty ones too."""
        return [line[position] if position < len(line) else "" for line in (self.cells, *self.more)]


@dataclass(slots=True)
class Table:
    """A table being read: its header, where it stands, how it is written, and its lines to come."""

    name: str
    written: str
    titles: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int
    expected: int | None
    lines: Iterator[Line]

    def rows(self, anchors: Collection[int]) -> Iterator[Row]:
        """Give the records; a sparse line whose anchor columns are all empty continues the record above it."""
        most = sum(map(bool, self.header)) / 2
        first: Line | None = None
        more: list[tuple[str, ...]] = []
        for line in self.lines:
            if (
                first is not None
                and len(more) < MAX_LINES_OF_A_RECORD
                and not _stands_alone(line, anchors, most)
            ):
                more.append(line.cells)
                continue
            if first is not None:
                yield Row(first.number, first.filled(), tuple(more))
            first, more = line, []
        if first is not None:
            yield Row(first.number, first.filled(), tuple(more))


def _stands_alone(line: Line, anchors: Collection[int], most: float) -> bool:
    """Tell whether a line is a record: a full line without its name is a faulty one, never its neighbour's."""
    if not anchors or any(at < len(line.cells) and line.cells[at] for at in anchors):
        return True
    return sum(map(bool, line.cells)) > most and not any(at in line.merged for at in anchors)


def shape(
    name: str, written: str, lines: Iterator[Line], known: Collection[str], expected: int | None
) -> Table:
    """Return the table: find the header among the first lines, keep the titles above it, stream the rest."""
    head: list[Line] = []
    for line in lines:
        head.append(line)
        if len(head) == HEADER_DEPTH:
            break
    at = find_header(head, {fold_header(each) for each in known})
    if at is None:
        raise TableError(
            f"No header was found in the first {HEADER_DEPTH} filled rows of {name}. The table needs one row that"
            " names its columns; add it, or name the columns with --map."
        )
    header = head[at].filled()
    titles = tuple(" ".join(cell for cell in line.cells if cell) for line in head[:at])
    rest = _without_repeats(head[at + 1 :], lines, header)
    return Table(name, written, titles, header, head[at].number, expected, rest)


def _without_repeats(head: list[Line], lines: Iterator[Line], header: tuple[str, ...]) -> Iterator[Line]:
    """Give the lines below the header, without the header itself when pages repeat it."""
    for line in head:
        if line.cells != header:
            yield line
    for line in lines:
        if line.cells != header:
            yield line


def find_header(head: list[Line], known: Collection[str]) -> int | None:
    """Return which line is the header: the one with most known names, else the first that looks like one."""
    best, best_score = None, 0
    for at, line in enumerate(head):
        score = len({fold_header(cell) for cell in line.filled() if cell} & set(known))
        if score > best_score or (score and score == best_score and line.merged):
            best, best_score = at, score
    if best is not None and (best_score > 1 or len([cell for cell in head[best].cells if cell]) < 3):  # noqa: PLR2004
        return best
    return _first_full_line(head)


def _first_full_line(head: list[Line]) -> int | None:
    widest = max((len(_texts(line)) for line in head), default=0)
    for at, line in enumerate(head):
        texts = _texts(line)
        if (
            len(texts) >= max(2, widest * 0.6)
            and len(set(texts)) == len(texts)
            and not any(map(_is_number, texts))
        ):
            return at
    return None


def _texts(line: Line) -> list[str]:
    return [cell for cell in line.filled() if cell]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "").isdigit()


def fold_header(text: str) -> str:
    """Return a column's name without case, width, spaces and the marks people put around it."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(each for each in folded if each not in " \t\r\n_*:-'\"")


def clean(text: str) -> str:
    """Return a cell's text without invisible characters and without blanks around it."""
    if text.isprintable():
        return text.strip()
    kept = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)
    return "".join(each for each in kept if each in "\n\t" or unicodedata.category(each) != "Cc").strip()


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """Return the cells without the empty ones at the end, and no more columns than a table may have."""
    width = min(len(cells), MAX_COLUMNS)
    while width and not cells[width - 1]:
        width -= 1
    return tuple(cells[:width])
