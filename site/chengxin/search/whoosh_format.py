"""The seam to Whoosh: write a segment in its own format, and read postings out of one.

Whoosh 2.7.4 is used as a store: any Whoosh can open what is written here, but neither its parser, its
query objects nor its posting-by-posting matchers take part in a lookup.
"""

import io
import pickle
import warnings
import zlib
from collections.abc import Sequence
from operator import sub
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt

from chengxin.search.terms import FIELDS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh is older than the warning
    from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, ID, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

Numbers = npt.NDArray[np.uint32]

INDEX_NAME = "agencies"
AGENCY = "agency"
POSTINGS_ENDING = ".pst"
BLOCK = 8192
WORTH_COMPRESSING = 512
_LENGTH = Struct("!i")
_MAGIC = len(WHOOSH3_HEADER_MAGIC)


class BrokenPostingsError(Exception):
    """The bytes where postings should be are something else."""


def schema() -> Any:
    """Return the fields: terms of which only the existence is kept, and the agency's id as a column."""
    fields = {name: ID(stored=False) for name in FIELDS.values()}
    return Schema(**fields, **{AGENCY: COLUMN(NumericColumn("I"))})


class SegmentWriter:
    """Writes one Whoosh segment into an empty folder, term by term in order."""

    def __init__(self, folder: Path) -> None:
        """Open the files of the segment."""
        self._storage = FileStorage(str(folder))
        self._codec = W3Codec(blocklimit=BLOCK)
        self._schema = schema()
        self._segment = self._codec.new_segment(self._storage, INDEX_NAME)
        self._fields = self._codec.field_writer(self._storage, self._segment)
        self._posts = self._fields._postfile  # noqa: SLF001 (whole blocks are written, not single postings)
        self._number = 0

    def start_field(self, name: str) -> None:
        """Begin a field."""
        self._fields.start_field(name, self._schema[name])
        self._number = self._fields._fieldid  # noqa: SLF001

    def finish_field(self) -> None:
        """End the field."""
        self._fields.finish_field()

    def add(self, term: bytes, documents: Numbers) -> int:
        """Write the postings of a term and return where they begin in the file of postings."""
        start = self.written
        entry = W3TermInfo()
        entry._weight = float(len(documents))  # noqa: SLF001
        entry._df = len(documents)  # noqa: SLF001
        entry._maxweight = 1.0  # noqa: SLF001
        entry._minid, entry._maxid = int(documents[0]), int(documents[-1])  # noqa: SLF001
        if len(documents) == 1:
            entry.set_inlined((int(documents[0]),), (1.0,), ())
        else:
            self._write_blocks(documents)
            entry.set_extent(start, self.written - start)
        self._fields._tindex.add(self._number.to_bytes(2, "big") + term, entry.to_bytes())  # noqa: SLF001
        return start

    def _write_blocks(self, documents: Numbers) -> None:
        written = bytearray(WHOOSH3_HEADER_MAGIC)
        for start in range(0, len(documents), BLOCK):
            ids = documents[start : start + BLOCK]
            packed = pickle.dumps((_steps(ids), None, None), 2)
            level = 3 if len(packed) > WORTH_COMPRESSING else 0
            packed = zlib.compress(packed, level) if level else packed
            head = pickle.dumps((len(ids), int(ids[-1]), 1.0, level, 0, 0), 2)
            is_last = start + BLOCK >= len(documents)
            length = len(head) + len(packed)
            written += _LENGTH.pack(-length if is_last else length) + head + packed
        self._posts.write(bytes(written))

    @property
    def written(self) -> int:
        """Return how long the file of postings is by now."""
        return int(self._posts.tell())

    def close(self, agency_ids: Sequence[int]) -> None:
        """Write the columns and the table of contents."""
        documents = self._codec.per_document_writer(self._storage, self._segment)
        column = self._schema[AGENCY].column_type
        for number, agency_id in enumerate(agency_ids):
            documents.start_doc(number)
            documents.add_column_value(AGENCY, column, agency_id)
            documents.finish_doc()
        documents.close()
        self._fields.close()
        self._segment.set_doc_count(len(agency_ids))
        TOC(self._schema, [self._segment], 1).write(self._storage, INDEX_NAME)


def _steps(ids: Numbers) -> tuple[int, ...]:
    """Return the first number and the distances between neighbours, as Whoosh keeps them."""
    numbers: list[int] = ids.tolist()
    return (numbers[0], *map(sub, numbers[1:], numbers))


def decode(packed: bytes) -> Numbers:
    """Return the document numbers that a term's bytes in the file of postings stand for."""
    if packed[:_MAGIC] != WHOOSH3_HEADER_MAGIC:
        raise BrokenPostingsError("no postings begin here")
    parts: list[Numbers] = []
    at, last = _MAGIC, False
    while not last:
        (length,) = _LENGTH.unpack_from(packed, at)
        last, at = length < 0, at + _LENGTH.size
        parts.append(_block(packed[at : at + abs(length)]))
        at += abs(length)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _block(packed: bytes) -> Numbers:
    stream = io.BytesIO(packed)
    head = pickle.load(stream)  # noqa: S301 (the file's SHA-256 was checked when it was opened)
    body = stream.read()
    steps = pickle.loads(zlib.decompress(body) if head[3] else body)[0]  # noqa: S301 (the same)
    return np.cumsum(np.array(steps, dtype=np.uint32), dtype=np.uint32)
