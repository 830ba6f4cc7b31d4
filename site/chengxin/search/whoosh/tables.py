"""Tables: named arrays in one run of bytes, read without a copy."""

import json
from collections.abc import Mapping
from struct import Struct

import numpy as np

from chengxin.search.whoosh.columns import Array

ALIGNED = 16
_LENGTH = Struct("<I")


def packed(arrays: Mapping[str, Array]) -> bytes:
    """Return arrays as bytes: the length of a table of contents, the table, then the arrays."""
    contents: list[tuple[str, str, int, int]] = []
    held: list[bytes] = []
    at = 0
    for name, values in arrays.items():
        raw = values.tobytes()
        contents.append((name, values.dtype.str, at, len(values)))
        held.append(raw + bytes(-len(raw) % ALIGNED))
        at += len(held[-1])
    table = json.dumps(contents).encode()
    table += b" " * (-(len(table) + _LENGTH.size) % ALIGNED)
    return b"".join((_LENGTH.pack(len(table)), table, *held))


def unpacked(raw: bytes) -> dict[str, Array]:
    """Return the arrays, as views of the bytes."""
    (length,) = _LENGTH.unpack_from(raw)
    begin = _LENGTH.size + length
    contents = json.loads(raw[_LENGTH.size : begin])
    return {name: np.frombuffer(raw, np.dtype(kind), size, begin + at) for name, kind, at, size in contents}
