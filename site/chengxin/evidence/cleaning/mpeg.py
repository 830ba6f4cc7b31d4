"""Copy the sound of an MP3 file, frame by frame: labels, pictures and whatever else is left behind."""

from dataclasses import dataclass

from chengxin.core.errors import N_
from chengxin.evidence.cleaning import tags
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Media, RefusedError, Removed

LEAST_FRAMES = 4
LEAST_SHARE = 0.9
HEAD = 4
_BITRATES = {  # kilobits a second by the four bits of a layer III header; 0 and 15 are not taken
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_VERSION_1 = 3


@dataclass(frozen=True)
class Frame:
    """The length of one frame, and what all frames of a stream have in common."""

    length: int
    kind: tuple[int, int]


@dataclass(frozen=True)
class Stream:
    """The frames of a sound, and which share of the bytes between the first and the last they are."""

    frames: list[bytes]
    sounding: float


def cleaned(sent: bytes) -> Cleaned:
    """Return the frames of an MP3 file alone, and what it no longer tells."""
    stream = _stream(sent, _after_label(sent))
    if len(stream.frames) < LEAST_FRAMES or stream.sounding < LEAST_SHARE:
        raise damaged()
    sound = b"".join(stream.frames)
    if not tags.is_bare_mp3(sound):
        raise damaged()
    return Cleaned(sound, Media.MP3, _removed(sent))


def damaged() -> RefusedError:
    """Return what to tell somebody whose sound file cannot be read."""
    return RefusedError(N_("This sound file is damaged or of another kind. Save it as MP3 and send that."))


def _after_label(sent: bytes) -> int:
    """Return where the sound begins after an ID3v2 label."""
    at = 0
    while sent[at : at + 3] == b"ID3" and len(sent) >= at + 10:
        size = sum(
            (byte & 127) << shift for byte, shift in zip(sent[at + 6 : at + 10], (21, 14, 7, 0), strict=True)
        )
        footer = 10 if sent[at + 5] & 16 else 0
        at += 10 + size + footer
    return at


def _stream(sent: bytes, start: int) -> Stream:
    """Return every frame that belongs to the sound; after a gap only two in a row are believed."""
    frames: list[bytes] = []
    at, first, last, in_step = start, -1, 0, False
    kind: tuple[int, int] | None = None
    while 0 <= at <= len(sent) - HEAD:
        frame = _frame(sent, at, kind)
        if frame is None or not (in_step or _frame(sent, at + frame.length, frame.kind)):
            at, in_step = sent.find(b"\xff", at + 1), False
            continue
        frames.append(sent[at : at + frame.length])
        kind, in_step, first = frame.kind, True, at if first < 0 else first
        at = last = at + frame.length
    return Stream(frames, sum(map(len, frames)) / max(1, last - first))


def _frame(sent: bytes, at: int, kind: tuple[int, int] | None) -> Frame | None:
    """Return the whole frame that begins here, if one does: MPEG 1, 2 or 2.5, layer III."""
    if at > len(sent) - HEAD:
        return None
    first, second, third, _fourth = sent[at : at + HEAD]
    version, layer = second >> 3 & 3, second >> 1 & 3
    if first != 0xFF or second & 0xE0 != 0xE0 or layer != 1 or version not in _RATES:  # noqa: PLR2004
        return None
    rate_index = third >> 2 & 3
    bitrate = _BITRATES[version == _VERSION_1][third >> 4]
    if rate_index == 3 or not bitrate:  # noqa: PLR2004 (reserved)
        return None
    rate = _RATES[version][rate_index]
    samples = 144 if version == _VERSION_1 else 72
    frame = Frame(samples * bitrate * 1000 // rate + (third >> 1 & 1), (version, rate))
    return frame if frame.kind == (kind or frame.kind) and at + frame.length <= len(sent) else None


def _removed(sent: bytes) -> list[Removed]:
    labels = tags.of_mp3(sent)
    tells = {
        Removed.TITLES: bool(labels) or sent[-128:-125] == b"TAG",
        Removed.COVER: tags.has_picture(labels),
        Removed.COMMENT: tags.has_note(labels),
    }
    return [what for what, told in tells.items() if told]
