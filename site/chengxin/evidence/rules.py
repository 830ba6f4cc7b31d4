"""What may be evidence: kinds by signature, caps, and what a name may end in; no format library is needed here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from chengxin.core.errors import N_, DomainError

MOST_BYTES = 10 << 20
MOST_KEPT_BYTES = 16 << 20  # a picture written anew may be larger than it came
MOST_PIXELS = 64_000_000
MOST_PAGES = 100
MOST_PER_CASE = 10
MOST_AT_ONCE = 5
MOST_TITLE = 120
MOST_BOXES = 20
LONGEST_BOX = len("100-100-100-100,")
PERCENT = 100


class Media(StrEnum):
    """The five kinds of files that are taken."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"
    MP3 = "mp3"
    M4A = "m4a"

    @property
    def is_picture(self) -> bool:
        """Return whether it can be shown as a picture and redacted as one."""
        return self in {Media.JPEG, Media.PNG}

    @property
    def ending(self) -> str:
        """Return what a downloaded file's name ends in."""
        return ".jpg" if self is Media.JPEG else f".{self.value}"

    @property
    def mime(self) -> str:
        """Return the media type it is sent with."""
        return MIME[self]


MIME: Mapping[Media, str] = {
    Media.JPEG: "image/jpeg",
    Media.PNG: "image/png",
    Media.PDF: "application/pdf",
    Media.MP3: "audio/mpeg",
    Media.M4A: "audio/mp4",
}


class Scan(StrEnum):
    """What the virus scanner said: not asked yet, clean, infected, or unable to tell."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


class Removed(StrEnum):
    """What a file told in passing and tells no longer."""

    PLACE = "place"
    MOMENT = "moment"
    DEVICE = "device"
    AUTHOR = "author"
    COMMENT = "comment"
    COLOURS = "colours"
    MORE_PICTURES = "more_pictures"
    APPENDED = "appended"
    TITLES = "titles"
    COVER = "cover"
    PROGRAMS = "programs"
    ATTACHMENTS = "attachments"
    LINKS = "links"
    FORM = "form"


class RefusedError(DomainError):
    """A file that is not taken; the message says what to send instead."""


class TooLargeError(RefusedError):
    """A file of more bytes than are taken."""


class InfectedError(RefusedError):
    """A file in which the scanner found a virus."""


class FullError(DomainError):
    """There is no room for another file today, in this case, or in the installation."""


@dataclass(frozen=True)
class Room:
    """How many bytes of evidence an installation keeps in all, and takes in a day."""

    in_all: int
    in_a_day: int


_SOUND_BRANDS = re.compile(rb"M4A |M4B |mp41|mp42|isom|iso[2-9]|3gp[4-9]|qt  |dash")
_HEIC_BRANDS = re.compile(rb"hei[cfsx]|hev[cx]|mif1|msf1|avif")
_ENDINGS = frozenset(
    {"jpg", "jpeg", "jpe", "jfif", "png", "pdf", "mp3", "mpga", "m4a", "m4b", "mp4", "aac", "3gp"}
)
_PROGRAM = re.compile(rb"<script|<\?php", re.IGNORECASE)
_FTYP = slice(4, 8)
_BRAND = slice(8, 12)
_LAYER_3 = 0b01


def media_of(content: bytes) -> Media | None:
    """Return the kind of a file by its first bytes, never by its name."""
    if content.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if content.startswith(b"%PDF-"):
        return Media.PDF
    if content[_FTYP] == b"ftyp" and _SOUND_BRANDS.fullmatch(content[_BRAND]):
        return Media.M4A
    return Media.MP3 if content.startswith(b"ID3") or _starts_a_frame(content) else None


def check(content: bytes, *, name: str) -> Media:
    """Return the kind of a file that may be looked at more closely, or say what to send instead."""
    if not content:
        raise RefusedError(N_("This file is empty. Choose it again."))
    if len(content) > MOST_BYTES:
        raise TooLargeError(N_("This file is larger than 10 MB. Send a smaller copy or a part of it."))
    media = media_of(content)
    if media is None:
        raise RefusedError(_stranger(content))
    check_name(name)
    if media.is_picture and _PROGRAM.search(content):
        raise RefusedError(N_("A program is hidden in this picture. Send a screenshot of it instead."))
    return media


def check_name(name: str) -> None:
    """Refuse a name that ends like a program or a page; one without an ending is fine."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix
    if ending and ending.removeprefix(".").casefold() not in _ENDINGS:
        raise RefusedError(
            N_("The name of this file does not end like a picture, a document or a sound. Rename it."),
        )


def check_pixels(width: int, height: int) -> None:
    """Refuse a picture too large to be drawn; asked before anything is decoded."""
    if width * height > MOST_PIXELS:
        raise RefusedError(N_("This picture has more than 64 million pixels. Send a smaller copy."))


def check_room(*, in_case: int, today: int, in_all: int, room: Room) -> None:
    """Refuse a file that went over a limit; the figures count it in."""
    if in_case > MOST_PER_CASE:
        raise FullError(N_("A case takes 10 files. Put several pages into one PDF."))
    if today > room.in_a_day:
        raise FullError(N_("No more files can be taken today. Send this one tomorrow, or bring it to us."))
    if in_all > room.in_all:
        raise FullError(N_("There is no room for more files at present. Bring this one to us, or call us."))


def title_of(name: str) -> str:
    """Return a file's own name as it may be shown: no folders, no signs nobody sees, not too long."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:MOST_TITLE]


def _stranger(content: bytes) -> str:
    if content[_FTYP] == b"ftyp" and _HEIC_BRANDS.fullmatch(content[_BRAND]):
        return N_("This is a HEIC picture. Take a screenshot of it, or save it as JPEG, and send that.")
    if content.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")):
        return N_("Packed files and office documents are not taken. Save it as a PDF and send that.")
    return N_("This is no file we can take. Send JPEG, PNG, PDF, MP3 or M4A.")


def _starts_a_frame(content: bytes) -> bool:
    sync = len(content) > 2 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0  # noqa: PLR2004 (eleven set bits)
    return sync and content[1] >> 1 & 3 == _LAYER_3


@dataclass(frozen=True)
class Box:
    """A rectangle to black out, in percent of a picture's width and height."""

    across: int
    down: int
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Return whether it covers something, and nothing outside of the picture."""
        corner = 0 <= self.across < PERCENT and 0 <= self.down < PERCENT
        size = self.width > 0 and self.height > 0
        return corner and size and self.across + self.width <= PERCENT and self.down + self.height <= PERCENT


def boxes_from(text: str) -> list[Box]:
    """Return the rectangles an address names, as `10-20-30-5` parted by commas; nonsense is none."""
    found = re.findall(
        r"(?:^|,)([0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})(?=,|$)", text[: MOST_BOXES * LONGEST_BOX]
    )
    boxes = [Box(*(int(number) for number in each)) for each in found]
    return [box for box in boxes if box.fits][:MOST_BOXES]


def boxes_text(boxes: list[Box]) -> str:
    """Return rectangles as an address names them."""
    return ",".join(f"{box.across}-{box.down}-{box.width}-{box.height}" for box in boxes)
