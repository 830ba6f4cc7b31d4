"""Postings: the bytes in which Whoosh keeps which documents hold a term, written and read in whole blocks.

Whoosh keeps a block as pickled tuples. The pickles written here are as Whoosh expects them, but every number
in a block is as wide as the widest, so that a block is read as one array and nothing is ever unpickled.
"""

import zlib
from struct import Struct
from struct import error as StructError  # noqa: N812 (a class with a name of its own)

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]

MAGIC = b"W3Bl"
ENDING = ".pst"
BLOCK = 8192
WORTH_COMPRESSING = 512
COMPRESSION = 1
NOTHING: Numbers = np.zeros(0, np.uint32)

_LENGTH = Struct("!i")
# A pickled tuple: number of documents, last document, weight, compression, two lengths.
_HEAD = Struct("<3scIcI9s2s6s")
_HEAD_FIRST, _WEIGHT, _HEAD_LAST = b"\x80\x02(", b"G\x3f\xf0" + bytes(6), b"K\x00K\x00t."
# A pickled tuple of three: a tuple of the first document and the distances, no weights, no values.
_BODY = Struct("<4sI")
_BODY_FIRST, _BODY_LAST = b"\x80\x02(J", b"tNN\x87."
_WIDTHS: tuple[tuple[int, bytes, str], ...] = (
    (1 << 8, b"K", "u1"),
    (1 << 16, b"M", "<u2"),
    (1 << 31, b"J", "<i4"),
)
_KINDS = {mark: np.dtype([("mark", "u1"), ("step", width)]) for _, mark, width in _WIDTHS}


class BrokenPostingsError(Exception):
    """The bytes where postings should be are something else."""


def encode(documents: Numbers) -> bytes:
    """Return sorted document numbers as blocks that Whoosh can read."""
    written = bytearray(MAGIC)
    for start in range(0, len(documents), BLOCK):
        ids = documents[start : start + BLOCK]
        body = _body(ids)
        level = COMPRESSION if len(body) > WORTH_COMPRESSING else 0
        body = zlib.compress(body, level) if level else body
        head = _HEAD.pack(
            _HEAD_FIRST, b"J", len(ids), b"J", int(ids[-1]), _WEIGHT, bytes((0x4B, level)), _HEAD_LAST
        )
        is_last = start + BLOCK >= len(documents)
        length = len(head) + len(body)
        written += _LENGTH.pack(-length if is_last else length) + head + body
    return bytes(written)


def _body(ids: Numbers) -> bytes:
    steps = np.diff(ids)
    widest = int(steps.max()) if len(steps) else 0
    mark = next(mark for limit, mark, _ in _WIDTHS if widest < limit)
    packed = np.empty(len(steps), _KINDS[mark])
    packed["mark"], packed["step"] = mark[0], steps
    return _BODY.pack(_BODY_FIRST, int(ids[0])) + packed.tobytes() + _BODY_LAST


def decode(packed: bytes) -> Numbers:
    """Return the document numbers that a term's bytes in the file of postings stand for."""
    if packed[: len(MAGIC)] != MAGIC:
        raise BrokenPostingsError("no postings begin here")
    parts: list[Numbers] = []
    at, last = len(MAGIC), False
    try:
        while not last:
            (length,) = _LENGTH.unpack_from(packed, at)
            last, at = length < 0, at + _LENGTH.size
            parts.append(_block(packed[at : at + abs(length)]))
            at += abs(length)
    except (StructError, ValueError, KeyError, IndexError, zlib.error) as error:
        raise BrokenPostingsError("a block of postings makes no sense") from error
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _block(packed: bytes) -> Numbers:
    count, is_packed = _HEAD.unpack_from(packed)[2], packed[_HEAD.size - len(_HEAD_LAST) - 1]
    body = zlib.decompress(packed[_HEAD.size :]) if is_packed else packed[_HEAD.size :]
    steps = np.empty(count, dtype=np.uint32)
    steps[0] = _BODY.unpack_from(body)[1]
    if count > 1:
        kind = _KINDS[body[_BODY.size : _BODY.size + 1]]
        steps[1:] = np.frombuffer(body, kind, count - 1, _BODY.size)["step"]
    return np.cumsum(steps, dtype=np.uint32)
