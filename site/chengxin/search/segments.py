"""Segments: immutable folders, each a Whoosh segment with its columns and term tables beside it."""

import io
import os
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from chengxin.search.columns import WORDS, Array, Columns, ColumnsWriter, Words
from chengxin.search.documents import SearchDocument
from chengxin.search.inverting import Inverter
from chengxin.search.sounds import Sounds
from chengxin.search.terms import FIELDS, WILD
from chengxin.search.whoosh_format import (
    POSTINGS_ENDING,
    BrokenPostingsError,
    Numbers,
    SegmentWriter,
    decode,
)

TABLES = "tables.npz"
TEXT = "names.txt"
WIDEST_WILD = 256
DECODED_BUDGET = 4_000_000
TABLE_PARTS = ("terms", "starts", "counts", "firsts")
NOTHING: Numbers = np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True)
class TermTable:
    """The terms of one field in order, where the postings of each begin, and how many there are."""

    terms: Array
    starts: Array
    counts: Array
    firsts: Array


def write_segment(folder: Path, documents: Iterable[SearchDocument], sounds: Sounds) -> int:
    """Write a segment into an empty folder and return how many agencies it holds."""
    inverter, columns = Inverter(sounds), ColumnsWriter()
    for document in documents:
        inverter.add(document)
        columns.add(document)
    gathered = columns.columns()
    writer = SegmentWriter(folder)
    arrays = dict(gathered.arrays)
    for field, entries in groupby(inverter.postings(), key=lambda entry: entry[0][0]):
        arrays |= _write_field(writer, field, entries)
    writer.close(gathered.arrays["agency"].tolist())
    (folder / TEXT).write_bytes(gathered.text)
    for name, words in gathered.words.items():
        arrays[f"words_{name}"] = np.array([word.encode() for word in words.list], dtype=np.bytes_)
    with (folder / TABLES).open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    return gathered.size


def _write_field(
    writer: SegmentWriter, field: str, entries: Iterable[tuple[str, Numbers]]
) -> Mapping[str, Array]:
    """Write one field and return its term table as arrays."""
    terms: list[bytes] = []
    rows: list[tuple[int, int, int]] = []
    writer.start_field(FIELDS[field])
    for term, documents in entries:
        key = term[1:].encode()
        terms.append(key)
        rows.append((writer.add(key, documents), len(documents), int(documents[0])))
    writer.finish_field()
    starts = [start for start, _, _ in rows] + [writer.written]
    return {
        f"{field}_terms": np.array(terms, dtype=np.bytes_),
        f"{field}_starts": np.array(starts, dtype=np.uint32),
        f"{field}_counts": np.array([count for _, count, _ in rows], dtype=np.uint32),
        f"{field}_firsts": np.array([first for _, _, first in rows], dtype=np.uint32),
    }


class Segment:
    """An open segment: its tables in memory, its postings read from the file when asked for."""

    def __init__(self, folder: Path, tables: bytes, text: bytes, touched: object = None) -> None:
        """Load the tables from bytes whose checksum is right; `touched` tells when the files were written."""
        self.name, self.touched = folder.name, touched
        with np.load(io.BytesIO(tables), allow_pickle=False) as loaded:
            arrays = dict(loaded.items())
        words = {name: Words([each.decode() for each in arrays.pop(f"words_{name}")]) for name in WORDS}
        self._fields = {
            field: TermTable(*(arrays.pop(f"{field}_{part}") for part in TABLE_PARTS))
            for field in FIELDS
            if f"{field}_terms" in arrays
        }
        self.columns = Columns(arrays, words, text)
        self._decoded: OrderedDict[tuple[str, int], Numbers] = OrderedDict()
        self._decoded_numbers = 0
        self._keeping = threading.Lock()
        (postings,) = folder.glob(f"*{POSTINGS_ENDING}")
        self._file = os.open(postings, os.O_RDONLY | os.O_CLOEXEC)

    def __del__(self) -> None:
        """Close the file of postings once nobody reads from it any more."""
        if hasattr(self, "_file"):
            os.close(self._file)

    def rows(self, terms: Sequence[str]) -> list[range]:
        """Return for each term its rows in its field's table: none, one, or many for a wild term."""
        found: list[range] = [range(0)] * len(terms)
        by_field: defaultdict[str, list[int]] = defaultdict(list)
        for at, term in enumerate(terms):
            if term.endswith(WILD):
                found[at] = self._wild_rows(term[0], term[1:-1].encode())
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

    def _wild_rows(self, field: str, begin: bytes) -> range:
        table = self._fields.get(field)
        if table is None:
            return range(0)
        low, high = np.searchsorted(table.terms, [begin, begin + b"\xff"])
        return range(int(low), int(high))

    def count(self, field: str, rows: range) -> int:
        """Return how many postings a term has; for a wild one at most, as agencies may repeat."""
        if len(rows) == 1:
            return int(self._fields[field].counts[rows.start])
        return int(self._fields[field].counts[rows.start : rows.stop].sum()) if rows else 0

    def documents(self, field: str, rows: range) -> Numbers:
        """Return the numbers of the agencies under some rows, in order."""
        if len(rows) == 1:
            return self._read(field, rows.start)
        if not rows:
            return NOTHING
        table = self._fields[field]
        counts = table.counts[rows.start : rows.stop]
        single = table.firsts[rows.start : rows.stop][counts == 1]
        shared = (rows.start + np.flatnonzero(counts > 1)[:WIDEST_WILD]).tolist()
        return np.unique(np.concatenate([single, *(self._read(field, row) for row in shared)]))

    def _read(self, field: str, row: int) -> Numbers:
        known = self._decoded.get((field, row))
        if known is not None:
            return known
        table = self._fields[field]
        if table.counts[row] == 1:
            return table.firsts[row : row + 1]
        start, stop = table.starts[row : row + 2].tolist()
        packed = os.pread(self._file, stop - start, start)
        if len(packed) != stop - start:
            raise BrokenPostingsError("the file of postings is shorter than it was")
        return self._keep((field, row), decode(packed))

    def _keep(self, place: tuple[str, int], numbers: Numbers) -> Numbers:
        """Remember decoded postings, forgetting the oldest beyond the budget."""
        with self._keeping:
            if place not in self._decoded:
                self._decoded[place] = numbers
                self._decoded_numbers += len(numbers)
            while self._decoded_numbers > DECODED_BUDGET:
                self._decoded_numbers -= len(self._decoded.popitem(last=False)[1])
        return numbers
