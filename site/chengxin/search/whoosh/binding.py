"""Binding: write the segment of some agencies, with the tables that make it quick to read."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from zlib import crc32

import numpy as np

from chengxin.search.documents import SearchDocument
from chengxin.search.orders import KEY_BYTES, alphabet_of
from chengxin.search.sounds import Sounds
from chengxin.search.terms import FIELDS
from chengxin.search.whoosh import codes, tables
from chengxin.search.whoosh.columns import Array, ColumnsWriter
from chengxin.search.whoosh.format import SegmentWriter
from chengxin.search.whoosh.inverting import Inverter
from chengxin.search.whoosh.postings import Numbers
from chengxin.search.whoosh.segments import ALPHABET, TABLES, TEXT


def write_segment(folder: Path, documents: Iterable[SearchDocument], sounds: Sounds) -> int:
    """Write a segment into an empty folder and return how many agencies it holds."""
    inverter, columns, alphabet = Inverter(sounds), ColumnsWriter(), alphabet_of(sounds)
    letters = bytearray()
    for document in documents:
        inverter.add(document)
        columns.add(document)
        letters += alphabet.key(document.name).ljust(KEY_BYTES, b"\x00")
    gathered = columns.columns()
    arrays = dict(gathered.arrays)
    for name, words in gathered.words.items():
        arrays[f"words_{name}"] = np.array([word.encode() for word in words.list], dtype=np.bytes_)
    held, table = codes.packed(inverter.codes())
    arrays |= {**table, **_write_fields(folder, inverter, gathered.arrays["agency"].tolist())}
    (folder / codes.FILE).write_bytes(held)
    (folder / ALPHABET).write_bytes(letters)
    (folder / TEXT).write_bytes(gathered.text)
    (folder / TABLES).write_bytes(tables.packed(arrays))
    return gathered.size


def _write_fields(folder: Path, inverter: Inverter, agencies: list[int]) -> dict[str, Array]:
    """Write the postings of every field and return their term tables as arrays."""
    writer = SegmentWriter(folder)
    arrays: dict[str, Array] = {}
    for field, entries in groupby(inverter.postings(), key=lambda entry: entry[0][0]):
        arrays |= _write_field(writer, field, entries)
    writer.close(agencies)
    return arrays


def _write_field(
    writer: SegmentWriter, field: str, entries: Iterable[tuple[str, Numbers]]
) -> Mapping[str, Array]:
    """Write one field and return its term table as arrays."""
    terms: list[bytes] = []
    rows: list[tuple[int, int, int, int]] = []
    writer.start_field(FIELDS[field])
    for term, documents in entries:
        key = term[1:].encode()
        start, packed = writer.add(key, documents)
        terms.append(key)
        rows.append((start, len(documents), int(documents[0]), crc32(packed)))
    writer.finish_field()
    numbers = np.array(rows, dtype=np.uint32).reshape(-1, 4)
    return {
        f"{field}_terms": np.array(terms, dtype=np.bytes_),
        f"{field}_starts": np.append(numbers[:, 0], np.uint32(writer.written)),
        f"{field}_counts": numbers[:, 1].copy(),
        f"{field}_firsts": numbers[:, 2].copy(),
        f"{field}_sums": numbers[:, 3].copy(),
    }
