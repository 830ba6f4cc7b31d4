"""Keep the sound of an M4A file: every other box is blanked where it stands, so that no address in it moves."""

from collections.abc import Iterator

from chengxin.core.errors import N_
from chengxin.evidence.cleaning import tags
from chengxin.evidence.cleaning.boxes import HOLDERS, BrokenBoxesError, Part, inner, number, only, parts
from chengxin.evidence.cleaning.mpeg import damaged
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Media, RefusedError, Removed

KEPT = {
    b"": {b"ftyp", b"moov", b"mdat"},
    b"moov": {b"mvhd", b"trak"},
    b"trak": {b"tkhd", b"mdia", b"edts"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"smhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp", b"ctts", b"stss"},
}
DATED = {b"mvhd", b"tkhd", b"mdhd"}
_PLACES = (b"\xa9xyz", b"loci")
_SOUND, _VIDEO = b"soun", b"vide"
_HANDLER = slice(8, 12)
_NAME = 24


def cleaned(sent: bytes) -> Cleaned:
    """Return an M4A file of which only the sound is left, and what it no longer tells."""
    try:
        removed = _removed(sent)
        content = _blanked(sent)
        if tags.of_mp4(content):
            raise BrokenBoxesError
    except (ValueError, IndexError, OverflowError) as error:
        raise damaged() from error
    return Cleaned(content, Media.M4A, removed)


def _blanked(sent: bytes) -> bytes:
    made = bytearray(sent)
    top = list(parts(sent, 0, len(sent)))
    tracks = _tracks(sent, only(top, b"moov"))
    if any(_handler(sent, track) == _VIDEO for track in tracks):
        raise RefusedError(N_("This is a video. Send its sound as MP3 or M4A, or some pictures of it."))
    sounds = [track for track in tracks if _handler(sent, track) == _SOUND]
    if len(sounds) != 1:
        raise BrokenBoxesError
    for track in tracks:
        if track not in sounds:
            _blank(made, track)
    _keep_known(made, top, b"")
    _keep_played(made, top, list(_chunks(sent, _table(sent, sounds[0]))))
    return bytes(made)


def _keep_known(made: bytearray, found: list[Part], holder: bytes) -> None:
    """Blank the boxes that are not needed to play, and the dates in those that are."""
    for part in found:
        if part.kind not in KEPT[holder]:
            _blank(made, part)
        elif part.kind in HOLDERS:
            _keep_known(made, inner(bytes(made[: part.end]), part), part.kind)
        elif part.kind in DATED:
            length = 16 if made[part.inside] == 1 else 8
            made[part.inside + 4 : part.inside + 4 + length] = bytes(length)
        elif part.kind == b"hdlr":
            made[part.inside + _NAME : part.end] = bytes(part.end - part.inside - _NAME)


def _keep_played(made: bytearray, top: list[Part], chunks: list[tuple[int, int]]) -> None:
    """Blank what stands among the sound without being played."""
    for part in top:
        if part.kind != b"mdat":
            continue
        at = part.inside
        for start, end in sorted(chunks):
            if at <= start and end <= part.end:
                made[at:start] = bytes(start - at)
                at = end
        made[at : part.end] = bytes(part.end - at)


def _chunks(sent: bytes, table: list[Part]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each piece of the sound stands."""
    sizes = _sizes(sent, only(table, b"stsz"))
    sample = 0
    for start, count in zip(_starts(sent, table), _counts(sent, only(table, b"stsc")), strict=False):
        length = sum(sizes[sample : sample + count])
        if start + length > len(sent) or sample >= len(sizes):
            raise BrokenBoxesError
        yield start, start + length
        sample += count
    if not sample or sample != len(sizes):
        raise BrokenBoxesError


def _sizes(sent: bytes, part: Part) -> list[int]:
    size, count = number(sent, part.inside + 4), number(sent, part.inside + 8)
    if count > len(sent):
        raise BrokenBoxesError
    return [size or number(sent, part.inside + 12 + 4 * place) for place in range(count)]


def _starts(sent: bytes, table: list[Part]) -> list[int]:
    long = any(part.kind == b"co64" for part in table)
    part, width = only(table, b"co64" if long else b"stco"), 8 if long else 4
    count = number(sent, part.inside + 4)
    if part.inside + 8 + count * width > part.end:
        raise BrokenBoxesError
    return [number(sent, part.inside + 8 + width * place, width) for place in range(count)]


def _counts(sent: bytes, part: Part) -> Iterator[int]:
    """Yield how many samples each chunk holds; the last rule holds to the end."""
    rules = [(number(sent, at), number(sent, at + 4)) for at in range(part.inside + 8, part.end - 11, 12)]
    for place, (first, count) in enumerate(rules):
        following = rules[place + 1][0] if place + 1 < len(rules) else first + len(sent)
        for _ in range(following - first):
            yield count


def _tracks(sent: bytes, moov: Part) -> list[Part]:
    return [part for part in inner(sent, moov) if part.kind == b"trak"]


def _handler(sent: bytes, track: Part) -> bytes:
    handler = only(inner(sent, only(inner(sent, track), b"mdia")), b"hdlr")
    return sent[handler.inside : handler.end][_HANDLER]


def _table(sent: bytes, track: Part) -> list[Part]:
    media = inner(sent, only(inner(sent, track), b"mdia"))
    return inner(sent, only(inner(sent, only(media, b"minf")), b"stbl"))


def _blank(made: bytearray, part: Part) -> None:
    """Turn a box into empty room of the same size."""
    made[part.start + 4 : part.start + 8] = b"free"
    made[part.inside : part.end] = bytes(part.end - part.inside)


def _removed(sent: bytes) -> list[Removed]:
    moov = only(list(parts(sent, 0, len(sent))), b"moov")
    found = [Removed.PLACE] if any(mark in sent[moov.start : moov.end] for mark in _PLACES) else []
    if any(any(sent[part.inside + 4 : part.inside + 12]) for part in _dated(sent, moov)):
        found.append(Removed.MOMENT)
    labels = tags.of_mp4(sent)
    found += [Removed.TITLES] if labels else []
    return found + ([Removed.COVER] if tags.has_picture(labels) else [])


def _dated(sent: bytes, moov: Part) -> list[Part]:
    return [part for part in inner(sent, moov) if part.kind in DATED]
