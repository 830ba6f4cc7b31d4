"""The streams inside a PDF: not too large once unpacked, and pictures in them without their notes."""

import zlib
from typing import Any

from pypdf.generic import NameObject, StreamObject

from chengxin.core.errors import N_
from chengxin.evidence.rules import RefusedError

MOST_INFLATED = 100 << 20
_FLATE, _JPEG = {"/FlateDecode", "/Fl"}, {"/DCTDecode", "/DCT"}
_START_OF_SCAN, _COMMENT = 0xDA, 0xFE
_PLAIN_MARKS = {0xE0, 0xEE}  # JFIF and Adobe's: without them colours come out wrong


def inflated_size(stream: StreamObject, room: int) -> int:
    """Return how much a stream unpacks into, or refuse the document when there is no room for it."""
    content, size = _raw(stream), 0
    filters = _filters(stream)
    if len(filters) > 2:  # noqa: PLR2004 (nobody packs a stream three times but to hide its size)
        raise too_large()
    for name in filters:
        if name not in _FLATE:
            break
        content = _inflated(content, room - size)
        size += len(content)
    return size


def _inflated(content: bytes, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(content, room + 1)
    except zlib.error:
        return b""
    if len(found) > room:
        raise too_large()
    return found


def too_large() -> RefusedError:
    """Return what to tell somebody whose document grows without bounds."""
    return RefusedError(N_("This PDF unpacks into more than we can read. Send pictures of its pages."))


def without_notes(stream: Any) -> None:
    """Take the notes out of a JPEG picture inside a document, the pixels untouched."""
    if _filters(stream) != [*_JPEG & set(_filters(stream))][:1]:
        return
    stream._data = bare_jpeg(_raw(stream))  # noqa: SLF001 (pypdf packs again when asked in public)
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without the segments that hold notes, places and previews."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 (a marker's first byte)
        mark = content[at + 1]
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark == _START_OF_SCAN:
            break
        if mark != _COMMENT and (not 0xE0 <= mark <= 0xEF or mark in _PLAIN_MARKS):  # noqa: PLR2004
            kept.append(content[at:end])
        at = end
    return b"".join(kept) + content[at:]


def _raw(stream: Any) -> bytes:
    return bytes(stream._data)  # noqa: SLF001 (the packed bytes; the public way unpacks them)


def _filters(stream: Any) -> list[str]:
    held = stream.get("/Filter")
    if held is None:
        return []
    named = held.get_object()
    return [str(each.get_object()) for each in named] if isinstance(named, list) else [str(named)]
