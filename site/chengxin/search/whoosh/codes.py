"""Codes: credit codes and licence numbers in order, in a file beside the segment, read a block at a time."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import numpy as np

from chengxin.search.whoosh.columns import Array
from chengxin.search.whoosh.postings import NOTHING, BrokenPostingsError, Numbers

FILE = "codes.bin"
BLOCK = 64
NUMBER_BYTES = 4
GAP = b"\n"

Reader = Callable[[int, int], bytes]


def packed(entries: Sequence[tuple[bytes, int]]) -> tuple[bytes, Mapping[str, Array]]:
    """Return sorted codes with their documents as the bytes of a file, and the table that finds its blocks."""
    blocks = [entries[start : start + BLOCK] for start in range(0, len(entries), BLOCK)]
    written = [_block(block) for block in blocks]
    ends = np.cumsum([0, *map(len, written)])
    table = {
        "c_firsts": np.array([block[0][0] for block in blocks], dtype=np.bytes_),
        "c_starts": ends.astype(np.uint32),
        "c_sums": np.array([crc32(block) for block in written], dtype=np.uint32),
        "c_total": np.array([len(entries)], dtype=np.uint32),
    }
    return b"".join(written), table


def _block(entries: Sequence[tuple[bytes, int]]) -> bytes:
    numbers = np.array([number for _, number in entries], dtype=np.uint32)
    return numbers.tobytes() + GAP.join(code for code, _ in entries)


class Codes:
    """The codes of an open segment; only the first of each block is held in memory."""

    def __init__(self, table: Mapping[str, Array], read: Reader) -> None:
        """Keep the table of blocks and the way to read the file."""
        self._firsts, self._starts, self._sums = table["c_firsts"], table["c_starts"], table["c_sums"]
        self._total = int(table["c_total"][0])
        self._read = read

    def rows(self, begin: bytes, end: bytes) -> range:
        """Return the rows of all codes from one spelling up to another."""
        return range(self._row(begin), self._row(end))

    def documents(self, rows: range) -> Numbers:
        """Return the documents under some rows, in order."""
        if not rows:
            return NOTHING
        first, last = rows.start // BLOCK, (rows.stop - 1) // BLOCK
        blocks = enumerate(self._blocks(first, last), first)
        held = [np.frombuffer(raw, np.uint32, self._size(block)) for block, raw in blocks]
        skipped = rows.start - first * BLOCK
        return np.unique(np.concatenate(held)[skipped : skipped + len(rows)])

    def _row(self, code: bytes) -> int:
        """Return the first row that is not before a code."""
        block = int(np.searchsorted(self._firsts, code, side="right")) - 1
        if block < 0:
            return 0
        (raw,) = self._blocks(block, block)
        held = raw[NUMBER_BYTES * self._size(block) :].split(GAP)
        return block * BLOCK + bisect_left(held, code)

    def _size(self, block: int) -> int:
        return min(BLOCK, self._total - block * BLOCK)

    def _blocks(self, first: int, last: int) -> list[bytes]:
        """Return the bytes of some neighbouring blocks, each as it was written."""
        starts = self._starts[first : last + 2].tolist()
        raw = self._read(starts[0], starts[-1] - starts[0])
        found: list[bytes] = []
        for at, total in enumerate(self._sums[first : last + 1].tolist()):
            block = raw[starts[at] - starts[0] : starts[at + 1] - starts[0]]
            if crc32(block) != total:
                raise BrokenPostingsError("a block of codes is not as it was written")
            found.append(block)
        return found
