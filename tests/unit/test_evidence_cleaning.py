"""A cleaned file shows and sounds the same and tells nothing else, whatever it told before."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject
from tests import evidence_files as files
from tests.evidence_files import LATIN, SECRET

from chengxin.evidence.cleaning import documents, mp4, mpeg, pictures
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Box, Media, RefusedError, Removed

CLEANERS: dict[Media, tuple[Callable[..., bytes], Callable[[bytes], Cleaned]]] = {
    Media.JPEG: (files.jpeg, lambda sent: pictures.cleaned(sent, Media.JPEG)),
    Media.PNG: (files.png, lambda sent: pictures.cleaned(sent, Media.PNG)),
    Media.PDF: (files.pdf, documents.cleaned),
    Media.MP3: (files.mp3, mpeg.cleaned),
    Media.M4A: (files.m4a, mp4.cleaned),
}
GONE = {
    Media.JPEG: {Removed.PLACE, Removed.MOMENT, Removed.DEVICE, Removed.AUTHOR, Removed.COMMENT, Removed.COLOURS},
    Media.PNG: {Removed.COMMENT},
    Media.PDF: {
        Removed.AUTHOR, Removed.MOMENT, Removed.DEVICE, Removed.PROGRAMS, Removed.ATTACHMENTS, Removed.LINKS,
    },
    Media.MP3: {Removed.TITLES, Removed.COVER, Removed.COMMENT},
    Media.M4A: {Removed.PLACE, Removed.MOMENT, Removed.TITLES},
}  # fmt: skip


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def unpacked(content: bytes) -> bytes:
    """Return a document's bytes with every stream of it unpacked, as a curious reader would see them."""
    found = [content]
    for part in content.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.parametrize("media", Media)
def test_what_a_file_tells_is_removed_and_named(media: Media) -> None:
    made, clean = CLEANERS[media]
    sent = made()
    assert LATIN in unpacked(sent)
    done = clean(sent)
    assert done.media is media
    assert set(done.removed) == GONE[media]
    for secret in (LATIN, SECRET.encode(), SECRET.encode("utf-16-be")):
        assert secret not in unpacked(done.content)


@pytest.mark.parametrize("media", Media)
def test_a_file_that_tells_nothing_comes_back_the_same_way(media: Media) -> None:
    made, clean = CLEANERS[media]
    once = clean(made(told=False))
    assert once.removed == []
    assert clean(once.content).removed == []


@pytest.mark.parametrize("media", Media)
@given(st.data())
@settings(max_examples=40)
def test_a_damaged_file_is_refused_or_cleaned_and_never_breaks(media: Media, data: st.DataObject) -> None:
    made, clean = CLEANERS[media]
    sent = bytearray(made())
    for _ in range(data.draw(st.integers(1, 6))):
        sent[data.draw(st.integers(0, len(sent) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(sent)))
    with suppress(RefusedError):
        assert clean(bytes(sent[:cut])).content


@pytest.mark.parametrize("media", [Media.JPEG, Media.PNG, Media.M4A])
def test_half_a_file_is_refused(media: Media) -> None:
    made, clean = CLEANERS[media]
    sent = made(told=False)
    with pytest.raises(RefusedError):
        clean(sent[: len(sent) // 2])


def test_a_picture_keeps_its_size_and_its_colours() -> None:
    done = opened(pictures.cleaned(files.jpeg(told=False), Media.JPEG).content)
    assert done.size == (64, 48)
    red, white = done.getpixel((10, 10)), done.getpixel((60, 40))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 240
    assert red[1] < 40
    assert min(white) > 240


def test_a_picture_taken_upright_stays_upright_without_its_note() -> None:
    done = opened(pictures.cleaned(files.jpeg(turned=6), Media.JPEG).content)
    assert done.size == (48, 64)
    assert not done.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_kind_of_pixel_are_drawn(mode: str) -> None:
    done = pictures.cleaned(files.png(mode=mode), Media.PNG)
    assert opened(done.content).size == (40, 30)


def test_what_is_hidden_behind_a_picture_is_gone_and_told() -> None:
    done = pictures.cleaned(files.jpeg(told=False) + b"PK\x03\x04" + LATIN, Media.JPEG)
    assert LATIN not in done.content
    assert Removed.APPENDED in done.removed


def test_further_pictures_of_an_animation_are_gone_and_told() -> None:
    written, first = BytesIO(), Image.new("RGB", (9, 9), "white")
    first.save(written, "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9), "black")])
    done = pictures.cleaned(written.getvalue(), Media.PNG)
    assert Removed.MORE_PICTURES in done.removed
    assert getattr(opened(done.content), "n_frames", 1) == 1


def test_a_picture_that_claims_to_be_enormous_is_refused_unopened() -> None:
    for side in (8_001, 60_000):
        with pytest.raises(RefusedError, match="64 million"):
            pictures.cleaned(files.png_head(side, side), Media.PNG)


def test_what_is_blacked_out_is_gone_from_the_pixels() -> None:
    done = opened(pictures.redacted(files.png(size=(100, 100)), Media.PNG, [Box(10, 10, 20, 30)]).content)
    assert {done.getpixel(place) for place in ((10, 10), (29, 39), (15, 20))} == {(0, 0, 0)}
    assert done.getpixel((5, 5)) == (255, 255, 255)


def test_what_is_not_blacked_out_stays() -> None:
    done = opened(pictures.redacted(files.jpeg(), Media.JPEG, [Box(0, 0, 50, 100)]).content)
    grey = done.convert("L").tobytes()
    dark, light = grey[10 * 64 + 10], grey[40 * 64 + 60]
    assert dark < 20
    assert light > 240


def test_a_preview_is_a_small_png() -> None:
    shown = opened(pictures.preview(files.jpeg(size=(3000, 1000)), Media.JPEG, [Box(0, 0, 100, 100)]))
    assert shown.format == "PNG"
    assert shown.size == (1200, 400)
    assert shown.convert("RGB").getpixel((5, 5)) == (0, 0, 0)


def test_a_document_keeps_its_pages_and_what_was_drawn_on_them() -> None:
    reader = PdfReader(BytesIO(documents.cleaned(files.pdf(pages=3)).content))
    assert len(reader.pages) == 3
    page: Any = reader.pages[0]
    marks = [mark.get_object() for mark in page["/Annots"]]
    assert [mark["/Subtype"] for mark in marks] == ["/Square"]
    assert not {"/A", "/T", "/AA"} & set(marks[0])
    pictures_inside = page["/Resources"]["/XObject"]["/A"]
    assert opened(pictures_inside._data).size == (64, 48)  # noqa: SLF001 (the picture as it stands)
    assert set(reader.root_object) <= {"/Type", "/Pages"}
    assert not reader.metadata


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (files.pdf(password="secret"), "locked"),
        (files.pdf(pages=101, told=False), "100 pages"),
        (files.bomb_pdf(), "unpacks"),
        (b"%PDF-1.7\nnothing at all", "cannot be read"),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_shown_are_refused_with_a_way_out(sent: bytes, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        documents.cleaned(sent)


def test_a_document_that_opens_on_a_page_is_not_said_to_hold_a_program() -> None:
    writer = PdfWriter(clone_from=BytesIO(files.pdf(told=False)))
    writer.metadata = None
    place = ArrayObject([NumberObject(0), NameObject("/Fit")])
    writer.root_object[NameObject("/OpenAction")] = place
    written = BytesIO()
    writer.write(written)
    assert documents.cleaned(written.getvalue()).removed == []


def test_a_recording_keeps_every_frame() -> None:
    assert mpeg.cleaned(files.mp3(frames=40)).content == files.FRAME * 40


def test_a_recording_that_is_mostly_something_else_is_refused() -> None:
    with pytest.raises(RefusedError):
        mpeg.cleaned(files.FRAME * 6 + LATIN * 400 + files.FRAME * 6)
    with pytest.raises(RefusedError):
        mpeg.cleaned(b"ID3\x04\0\0\0\0\0\0" + LATIN * 100)


def test_the_sound_of_a_telephone_recording_stays_where_it_was() -> None:
    sent = files.m4a()
    done = mp4.cleaned(sent).content
    sound = bytes([1, 2, 3, 4]) * 20
    assert len(done) == len(sent)
    assert done.find(sound) == sent.find(sound) > 0


@pytest.mark.parametrize(("handler", "message"), [(b"vide", "video"), (b"text", "damaged")])
def test_a_file_without_sound_is_no_recording(handler: bytes, message: str) -> None:
    with pytest.raises(RefusedError, match=message):
        mp4.cleaned(files.m4a(handler=handler))
