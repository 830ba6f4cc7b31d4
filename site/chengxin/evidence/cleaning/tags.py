"""The seam to mutagen, which has no types: which labels a sound file carries, and whether it can be played."""

from io import BytesIO
from typing import Any

from mutagen import MutagenError
from mutagen.apev2 import APEv2
from mutagen.id3 import ID3
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

_mp3: Any = MP3
_mp4: Any = MP4
_id3: Any = ID3
_ape: Any = APEv2
_PICTURE, _NOTE = "APIC", "COMM"


def of_mp3(sent: bytes) -> set[str]:
    """Return the names of the labels of an MP3 file, of whatever kind."""
    found: set[str] = set()
    for kind in (_id3, _ape):
        try:
            found |= {str(key)[:4] for key in kind(BytesIO(sent))}
        except MutagenError:
            continue
    return found


def of_mp4(sent: bytes) -> set[str]:
    """Return the names of the labels of an M4A file; raise ValueError when it is none."""
    try:
        tags = _mp4(BytesIO(sent)).tags
    except MutagenError as error:
        raise ValueError("no MP4") from error
    return set(tags or ())


def is_bare_mp3(content: bytes) -> bool:
    """Return whether a file is an MP3 that can be played and has no label."""
    try:
        opened = _mp3(BytesIO(content))
    except MutagenError:
        return False
    return opened.tags is None and opened.info.length > 0


def has_picture(labels: set[str]) -> bool:
    """Return whether labels hold a picture."""
    return bool(labels & {_PICTURE, "covr", "Cove"})


def has_note(labels: set[str]) -> bool:
    """Return whether labels hold a note."""
    return bool(labels & {_NOTE, "\xa9cmt", "Comm"})
