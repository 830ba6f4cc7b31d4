"""Draw a picture anew: what comes out holds the pixels and nothing else of the file that was sent."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from chengxin.core.errors import N_, DomainError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 << 20
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 82
NAME_LENGTH = 24


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept: a JPEG, its size in pixels, and a name nobody can guess."""

    name: str
    width: int
    height: int
    content: bytes


def draw_anew(sent: bytes) -> Drawn:
    """Return a sent JPEG, PNG or WebP file as a new JPEG without metadata; refuse what is none."""
    if len(sent) > MOST_BYTES:
        raise DomainError(N_("This picture is larger than 10 MB: make it smaller and send it again."))
    picture = _opened(sent)
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    content = written.getvalue()
    name = hashlib.sha256(content).hexdigest()[:NAME_LENGTH]
    return Drawn(name, picture.width, picture.height, content)


def _opened(sent: bytes) -> "Image":
    """Return the pixels of a file, upright, on white, and no larger than a page can use."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (only a sent picture needs the library)

    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as opened:
            _check_size(opened.width, opened.height)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DomainError(N_("This is not a picture we can read: send a JPEG, PNG or WebP file.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ground = Image.new("RGB", upright.size, "white")
    ground.paste(upright, mask=upright.getchannel("A"))
    return ground


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise DomainError(N_("This picture has too many pixels: make it smaller and send it again."))
