"""Segments: immutable folders, each a Whoosh segment with its columns and term tables beside it."""

import os
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from chengxin.search.orders import KEY_BYTES
from chengxin.search.terms import CODE, FIELDS, WILD
from chengxin.search.whoosh import tables
from chengxin.search.whoosh.codes import FILE as CODES_FILE
from chengxin.search.whoosh.codes import Codes
from chengxin.search.whoosh.columns import WORDS, Array, Columns, Words
from chengxin.search.whoosh.postings import ENDING, NOTHING, BrokenPostingsError, Numbers, decode

TABLES = "tables.bin"
TEXT = "names.txt"
ALPHABET = "alphabet.bin"
KEPT_BYTES = 4_000_000
DENSE = 32
ENOUGH = 2_000
TABLE_PARTS = ("terms", "starts", "counts", "firsts", "sums")

Small = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms of one field in order; where the postings of each begin, how many, and their checksum."""

    terms: Array
    starts: Array
    counts: Array
    firsts: Array
    sums: Array


class Segment:
    """An open segment: its tables in memory, postings and codes read from their files when asked for."""

    def __init__(self, folder: Path, small: Small, touched: object = None) -> None:
        """Load the tables; `small` reads a file and checks it, `touched` tells when the files were written."""
        self.name, self.touched, self._small = folder.name, touched, small
        arrays = tables.unpacked(small(TABLES))
        words = {
            name: Words([each.decode() for each in arrays.pop(f"words_{name}").tolist()]) for name in WORDS
        }
        self._codes = Codes(
            {name: arrays.pop(name) for name in list(arrays) if name[:2] == CODE + "_"}, self._code_bytes
        )
        self._fields = {
            field: TermTable(*(arrays.pop(f"{field}_{part}") for part in TABLE_PARTS))
            for field in FIELDS
            if f"{field}_terms" in arrays
        }
        self.columns = Columns(arrays, words, small(TEXT))
        self._kept: OrderedDict[tuple[str, int, int], Array] = OrderedDict()
        self._kept_bytes = 0
        self._keeping = threading.Lock()
        (postings,) = folder.glob(f"*{ENDING}")
        self._files = [os.open(path, os.O_RDONLY | os.O_CLOEXEC) for path in (postings, folder / CODES_FILE)]

    def __del__(self) -> None:
        """Close the files once nobody reads from them any more."""
        for handle in getattr(self, "_files", ()):
            os.close(handle)

    def alphabet(self) -> Array:
        """Return for each agency bytes that sort as its name does; read from the disk, checked."""
        return np.frombuffer(self._small(ALPHABET), dtype=f"S{KEY_BYTES}")

    def rows(self, terms: Sequence[str]) -> list[range]:
        """Return for each term its rows in its field's table: none, one, or many for a wild term."""
        found: list[range] = [range(0)] * len(terms)
        by_field: defaultdict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(terms):
            if term[0] == CODE or term.endswith(WILD):
                found[at] = self._stretch(term)
            elif term[0] in self._fields:
                by_field[term[0]].append(at)
        for field, wanted in by_field.items():
            table = self._fields[field].terms
            keys = np.array([terms[at][1:].encode() for at in wanted], dtype=np.bytes_)
            rows = np.searchsorted(table, keys)
            for at, row, key in zip(wanted, rows.tolist(), keys, strict=True):
                if row < len(table) and table[row] == key:
                    found[at] = range(row, row + 1)
        return found

    def _stretch(self, term: str) -> range:
        """Return the rows of all terms that begin so, or of one code."""
        begin = term[1:].removesuffix(WILD).encode()
        end = begin + (b"\xff" if term.endswith(WILD) else b"\x00")
        if term[0] == CODE:
            return self._codes.rows(begin, end)
        table = self._fields.get(term[0])
        if table is None:
            return range(0)
        low, high = np.searchsorted(table.terms, [begin, end])
        return range(int(low), int(high))

    def count(self, field: str, rows: range) -> int:
        """Return how many postings a term has; for a wild one at most, as agencies may repeat."""
        if field == CODE or not rows:
            return len(rows)
        return int(self._fields[field].counts[rows.start : rows.stop].sum())

    def documents(self, field: str, rows: range) -> Numbers:
        """Return the numbers of the agencies under some rows, in order."""
        if field == CODE:
            return self._codes.documents(rows)
        if len(rows) == 1:
            return self._unmarked(self._held(field, rows.start))
        if not rows:
            return NOTHING
        return self._unmarked(self._together(field, rows))

    def among(self, few: Numbers, field: str, rows: range) -> Numbers:
        """Return those of some agencies that are under some rows."""
        if field == CODE or not rows:
            return both(few, self.documents(field, rows), self.columns.size)
        held = self._held(field, rows.start) if len(rows) == 1 else self._together(field, rows)
        if held.dtype != np.uint8:
            return both(few, held, self.columns.size)
        marked: Numbers = few[(held[few >> np.uint32(3)] >> (few & np.uint32(7)).astype(np.uint8)) & 1 == 1]
        return marked

    def _together(self, field: str, rows: range) -> Array:
        """Return the agencies under neighbouring rows, read in one go."""
        place = (field, rows.start, rows.stop)
        known = self._kept.get(place)
        if known is not None:
            return known
        table = self._fields[field]
        counts = table.counts[rows.start : rows.stop]
        marks = np.zeros(self.columns.size, np.bool_)
        marks[table.firsts[rows.start : rows.stop][counts == 1]] = True
        starts = table.starts[rows.start : rows.stop + 1].tolist()
        raw = self._bytes(0, starts[0], starts[-1] - starts[0])
        for at in np.flatnonzero(counts > 1).tolist():
            packed = raw[starts[at] - starts[0] : starts[at + 1] - starts[0]]
            marks[self._decoded(packed, table.sums[rows.start + at])] = True
        return self._keep(place, np.flatnonzero(marks).astype(np.uint32))

    def _held(self, field: str, row: int) -> Array:
        """Return the postings of one term: numbers, or marks in bits when many agencies hold it."""
        place = (field, row, row + 1)
        known = self._kept.get(place)
        if known is not None:
            return known
        table = self._fields[field]
        if table.counts[row] == 1:
            return table.firsts[row : row + 1]
        start, stop = table.starts[row : row + 2].tolist()
        return self._keep(place, self._decoded(self._bytes(0, start, stop - start), table.sums[row]))

    def _decoded(self, packed: bytes, checksum: int) -> Numbers:
        if crc32(packed) != checksum:
            raise BrokenPostingsError("postings are not as they were written")
        return decode(packed)

    def _code_bytes(self, start: int, length: int) -> bytes:
        return self._bytes(1, start, length)

    def _bytes(self, file: int, start: int, length: int) -> bytes:
        raw = os.pread(self._files[file], length, start)
        if len(raw) != length:
            raise BrokenPostingsError("a file of the index is shorter than it was")
        return raw

    def _keep(self, place: tuple[str, int, int], numbers: Numbers) -> Array:
        """Remember decoded postings, forgetting the oldest beyond the budget."""
        held: Array = numbers
        if len(numbers) * DENSE > self.columns.size > ENOUGH:
            marks = np.zeros(self.columns.size, np.bool_)
            marks[numbers] = True
            held = np.packbits(marks, bitorder="little")
        with self._keeping:
            if place not in self._kept:
                self._kept[place] = held
                self._kept_bytes += held.nbytes
            while self._kept_bytes > KEPT_BYTES:
                self._kept_bytes -= self._kept.popitem(last=False)[1].nbytes
        return held

    def _unmarked(self, held: Array) -> Numbers:
        if held.dtype != np.uint8:
            return held
        marks = np.unpackbits(held, count=self.columns.size, bitorder="little")
        return np.flatnonzero(marks).astype(np.uint32)


def both(few: Numbers, many: Numbers, size: int) -> Numbers:
    """Return what two sorted sets share; `size` is the number of all documents."""
    if len(few) > len(many):
        few, many = many, few
    if not len(few):
        return NOTHING
    if len(few) > ENOUGH:
        marks = np.zeros(size, np.bool_)
        marks[many] = True
        return few[marks[few]]
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    shared: Numbers = few[many[at] == few]
    return shared
