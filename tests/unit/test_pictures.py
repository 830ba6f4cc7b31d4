"""A sent picture is drawn anew: upright, small enough, without a word of where it was taken."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.Image import Exif

from chengxin.bulletins.pictures import LONGEST_SIDE, MOST_BYTES, draw_anew
from chengxin.core.errors import DomainError

ORIENTATION, MAKER, COMMENT = 0x0112, 0x010F, 0x9286


def sent(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def reopened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_nothing_but_pixels_is_left() -> None:
    exif = Exif()
    exif[MAKER], exif[COMMENT] = "Camera of Zhao", "taken at home"
    original = sent(Image.new("RGB", (40, 30), "teal"), exif=exif, comment=b"secret words")
    drawn = draw_anew(original)
    assert b"Zhao" in original
    assert b"secret words" in original
    assert not any(word in drawn.content for word in (b"Zhao", b"home", b"secret"))
    assert len(reopened(drawn.content).getexif()) == 0


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Exif()
    exif[ORIENTATION] = 6
    drawn = draw_anew(sent(Image.new("RGB", (40, 30), "teal"), exif=exif))
    assert (drawn.width, drawn.height) == (30, 40)


def test_a_large_picture_becomes_as_large_as_a_page_needs() -> None:
    drawn = draw_anew(sent(Image.new("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE), "teal")))
    assert (drawn.width, drawn.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_was_transparent_is_white() -> None:
    drawn = draw_anew(sent(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    assert reopened(drawn.content).convert("L").tobytes().strip(b"\xff\xfe\xfd\xfc") == b""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_files_are_read_and_one_comes_out(kind: str) -> None:
    drawn = draw_anew(sent(Image.new("RGB", (8, 8), "teal"), kind))
    assert reopened(drawn.content).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a" + bytes(40),
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        sent(Image.new("RGB", (400, 300), "teal"))[:200],
        sent(Image.new("RGB", (8, 8), "teal"), "TIFF"),
    ],
    ids=["empty", "text", "drawing", "gif", "broken png", "cut jpeg", "tiff"],
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(DomainError, match="JPEG, PNG or WebP"):
        draw_anew(content)


def test_a_file_larger_than_allowed_is_refused() -> None:
    with pytest.raises(DomainError, match="10 MB"):
        draw_anew(bytes(MOST_BYTES + 1))


def test_a_small_file_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    bomb = sent(Image.new("1", (7000, 7000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(DomainError, match="pixels"):
        draw_anew(bomb)
