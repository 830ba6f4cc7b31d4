"""The seam to Whoosh: write a segment in its own format.

Whoosh 2.7.4 is used as a store: any Whoosh can open what is written here, but neither its parser, its
query objects nor its posting-by-posting matchers take part in a lookup, and readers do not even load it.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chengxin.search.terms import CODE, FIELDS
from chengxin.search.whoosh.postings import BLOCK, MAGIC, Numbers, encode

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh is older than the warning
    from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, ID, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

INDEX_NAME = "agencies"
AGENCY = "agency"

if WHOOSH3_HEADER_MAGIC != MAGIC:
    raise ImportError("this Whoosh keeps postings in another format")


def schema() -> Any:
    """Return the fields: terms of which only the existence is kept, and the agency's id as a column."""
    fields = {name: ID(stored=False) for field, name in FIELDS.items() if field != CODE}
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

    def add(self, term: bytes, documents: Numbers) -> tuple[int, bytes]:
        """Write the postings of a term; return where they begin in the file of postings, and their bytes."""
        start, packed = self.written, b""
        entry = W3TermInfo()
        entry._weight = float(len(documents))  # noqa: SLF001
        entry._df = len(documents)  # noqa: SLF001
        entry._maxweight = 1.0  # noqa: SLF001
        entry._minid, entry._maxid = int(documents[0]), int(documents[-1])  # noqa: SLF001
        if len(documents) == 1:
            entry.set_inlined((int(documents[0]),), (1.0,), ())
        else:
            packed = encode(documents)
            self._posts.write(packed)
            entry.set_extent(start, len(packed))
        self._fields._tindex.add(self._number.to_bytes(2, "big") + term, entry.to_bytes())  # noqa: SLF001
        return start, packed

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
