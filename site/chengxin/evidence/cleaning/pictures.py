"""Draw a picture anew: the pixels stay, upright; what the file told in passing goes."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, ImageDraw, ImageOps, UnidentifiedImageError

from chengxin.core.errors import N_
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import (
    MOST_KEPT_BYTES,
    PERCENT,
    Box,
    Media,
    RefusedError,
    Removed,
    check_pixels,
)

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

QUALITIES = (90, 80, 65)
PREVIEW_SIDE = 1200
BLACK, RULER = 0, (200, 30, 90)
_DEVICE = (ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.Software)
_MOMENT = (ExifTags.Base.DateTime, ExifTags.Base.DateTimeOriginal)
_AUTHOR = (ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.XPAuthor)
_COMMENT = (ExifTags.Base.ImageDescription, ExifTags.Base.XPComment, ExifTags.Base.UserComment)
_ENDS = {Media.JPEG: b"\xff\xd9", Media.PNG: b"IEND\xaeB`\x82"}


def cleaned(sent: bytes, media: Media) -> Cleaned:
    """Return a picture drawn anew, and what it no longer tells."""
    with _opened(sent, media) as opened:
        removed = _removed(opened, sent, media)
        drawn = _drawn(opened)
    return _written(drawn, media, removed)


def preview(content: bytes, media: Media, boxes: list[Box]) -> bytes:
    """Return a small PNG of a picture, with rectangles blacked out."""
    with _opened(content, media) as opened:
        drawn = _drawn(opened)
    _blacken(drawn, boxes)
    drawn.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    return _saved(drawn, "PNG")


def ruled(content: bytes, media: Media, boxes: list[Box]) -> bytes:
    """Return the preview with a line at every tenth of its width and height, to read places from."""
    with _opened(content, media) as opened:
        drawn = _drawn(opened).convert("RGB")
    _blacken(drawn, boxes)
    drawn.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    pen, size = ImageDraw.Draw(drawn), max(10, min(drawn.size) // 24)
    written: Any = {"fill": RULER, "stroke_width": 2, "stroke_fill": "white", "font_size": size}
    for tenth in range(10, PERCENT, 10):
        across, down = drawn.width * tenth // PERCENT, drawn.height * tenth // PERCENT
        pen.line((across, 0, across, drawn.height), fill=RULER)
        pen.line((0, down, drawn.width, down), fill=RULER)
        pen.text((across + 3, 2), str(tenth), **written)
        pen.text((3, down + 2), str(tenth), **written)
    return _saved(drawn, "PNG")


def redacted(content: bytes, media: Media, boxes: list[Box]) -> Cleaned:
    """Return a picture in which rectangles are black for good: nothing of them is left under the black."""
    with _opened(content, media) as opened:
        drawn = _drawn(opened)
    _blacken(drawn, boxes)
    return _written(drawn, media, [])


@contextmanager
def _opened(sent: bytes, media: Media) -> "Iterator[Picture]":
    """Open a picture whose size has been checked before its pixels are decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # notes that are broken go with the others
            with Image.open(BytesIO(sent), formats=[media.value.upper()]) as opened:
                check_pixels(opened.width, opened.height)
                yield opened
    except Image.DecompressionBombError as error:
        raise RefusedError(
            N_("This picture has more than 64 million pixels. Send a smaller copy.")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedError(
            N_("This picture is damaged. Open it, take a screenshot, and send the screenshot.")
        ) from error


def _drawn(opened: Any) -> "Picture":
    """Return the pixels upright, in plain colours or grey, in a picture on which nothing else hangs."""
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    if "transparency" in opened.info or opened.mode in {"LA", "PA", "RGBA", "RGBa", "La"}:
        return _on_white(opened if opened.mode == "RGBA" else opened.convert("RGBA"))
    if opened.mode.startswith("I"):
        return _bare(opened.convert("I").point(lambda value: value / 256).convert("L"))
    return _bare(opened.convert("L" if opened.mode in {"1", "L", "F"} else "RGB"))


def _on_white(clear: "Picture") -> "Picture":
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _bare(picture: "Picture") -> "Picture":
    picture.info.clear()
    return picture


def _written(drawn: "Picture", media: Media, removed: list[Removed]) -> Cleaned:
    """Return the file; a PNG that would grow too large becomes a JPEG, and that a coarser one."""
    if media is Media.PNG:
        content = _saved(drawn, "PNG")
        if len(content) <= MOST_KEPT_BYTES:
            return Cleaned(content, Media.PNG, removed)
    for quality in QUALITIES:
        content = _saved(drawn, "JPEG", quality=quality)
        if len(content) <= MOST_KEPT_BYTES:
            return Cleaned(content, Media.JPEG, removed)
    raise RefusedError(N_("This picture is too large once it is drawn anew. Send a smaller copy."))


def _saved(drawn: "Picture", kind: str, **options: int) -> bytes:
    written = BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def _blacken(drawn: "Picture", boxes: list[Box]) -> None:
    pen = ImageDraw.Draw(drawn)
    for box in boxes:
        left, top = drawn.width * box.across // PERCENT, drawn.height * box.down // PERCENT
        right = -(-drawn.width * (box.across + box.width) // PERCENT)
        bottom = -(-drawn.height * (box.down + box.height) // PERCENT)
        pen.rectangle((left, top, right, bottom), fill=BLACK)


def _removed(opened: Any, sent: bytes, media: Media) -> list[Removed]:
    """Return what a picture tells beside its pixels."""
    exif = opened.getexif()
    inner = dict(exif.get_ifd(ExifTags.IFD.Exif))
    tags = {**inner, **exif}
    tells = {
        Removed.PLACE: bool(exif.get_ifd(ExifTags.IFD.GPSInfo)),
        Removed.MOMENT: any(tag in tags for tag in _MOMENT),
        Removed.DEVICE: any(tag in tags for tag in _DEVICE),
        Removed.AUTHOR: any(tag in tags for tag in _AUTHOR),
        Removed.COMMENT: any(tag in tags for tag in _COMMENT) or _has_notes(opened),
        Removed.COLOURS: "icc_profile" in opened.info,
        Removed.MORE_PICTURES: getattr(opened, "n_frames", 1) > 1,
        Removed.APPENDED: _is_longer(sent, media),
    }
    return [what for what, told in tells.items() if told]


def _has_notes(opened: Any) -> bool:
    texts = getattr(opened, "text", {})
    return bool(texts) or any(key in opened.info for key in ("comment", "xmp", "photoshop"))


def _is_longer(sent: bytes, media: Media) -> bool:
    end = _ENDS[media]
    return bool(sent[sent.rfind(end) + len(end) :].strip(b"\0")) if end in sent else False
