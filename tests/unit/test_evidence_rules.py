"""What may be evidence: by the first bytes, within caps, with a name that ends like a file of its kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import evidence_files as files

from chengxin.evidence import rules
from chengxin.evidence.rules import Box, FullError, Media, RefusedError, Room, TooLargeError, media_of

KINDS = {
    Media.JPEG: files.jpeg(),
    Media.PNG: files.png(),
    Media.PDF: files.pdf(),
    Media.MP3: files.mp3(),
    Media.M4A: files.m4a(),
}


@pytest.mark.parametrize("media", Media)
def test_a_kind_is_known_by_its_first_bytes(media: Media) -> None:
    assert media_of(KINDS[media]) is media


def test_a_recording_without_labels_is_known_by_its_first_frame() -> None:
    assert media_of(files.mp3(told=False)) is Media.MP3


@given(
    st.sampled_from(list(Media)), st.sampled_from(["x.jpg", "x.pdf", "x", "录音.mp3", "IMG_1.PNG", "x.m4a"])
)
def test_a_name_never_decides_the_kind(media: Media, name: str) -> None:
    assert rules.check(KINDS[media], name=name) is media


@given(st.binary(max_size=40))
def test_whatever_bytes_come_they_are_one_kind_or_refused(content: bytes) -> None:
    media = media_of(content)
    if media is None:
        with pytest.raises(RefusedError):
            rules.check(content, name="")
    else:
        assert rules.check(content, name="") is media


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a", b"<html>", b"<svg ", b"MZ\x90", b"\x7fELF", b"RIFF0000WEBP", b"\xff\xd8", b"\x89PNG", b"%PDF",
        b"\xff\xf1aac", b"0000ftypavc1", b"\xff\xff\xff\xff", b" %PDF-1.7",
    ],
)  # fmt: skip
def test_other_kinds_are_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        rules.check(content, name="x.jpg")


def test_those_with_a_telephone_picture_are_told_what_to_do() -> None:
    with pytest.raises(RefusedError, match="HEIC"):
        rules.check(b"\0\0\0\x18ftypheic", name="IMG_1.HEIC")
    with pytest.raises(RefusedError, match="Save it as a PDF"):
        rules.check(b"PK\x03\x04rest", name="contract.docx")


@pytest.mark.parametrize("name", ["a.jpg.php", "a.exe", "a.html", "b.svg", "x.docm", "..\\a.js"])
def test_a_name_that_ends_like_a_program_is_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="Rename it"):
        rules.check(KINDS[Media.JPEG], name=name)


@pytest.mark.parametrize("hidden", [b"<script>", b"<?php ", b"<SCRIPT src=x>"])
@pytest.mark.parametrize("media", [Media.JPEG, Media.PNG])
def test_a_picture_with_a_program_in_it_is_refused(media: Media, hidden: bytes) -> None:
    with pytest.raises(RefusedError, match="program"):
        rules.check(KINDS[media] + hidden, name="x.jpg")


def test_an_empty_and_a_large_file_are_refused() -> None:
    with pytest.raises(RefusedError, match="empty"):
        rules.check(b"", name="x.jpg")
    with pytest.raises(TooLargeError):
        rules.check(b"\xff\xd8\xff" + bytes(rules.MOST_BYTES), name="x.jpg")
    assert rules.check(b"\xff\xd8\xff" + bytes(rules.MOST_BYTES - 3), name="x.jpg") is Media.JPEG


def test_a_picture_may_have_as_many_pixels_as_the_cap_and_no_more() -> None:
    rules.check_pixels(8000, 8000)
    with pytest.raises(RefusedError):
        rules.check_pixels(8000, 8001)


@pytest.mark.parametrize(
    ("in_case", "today", "in_all", "message"),
    [(11, 1, 1, "10 files"), (1, 101, 101, "today"), (1, 100, 201, "at present")],
)
def test_a_file_over_a_limit_is_refused_with_a_way_out(
    in_case: int, today: int, in_all: int, message: str
) -> None:
    with pytest.raises(FullError, match=message):
        rules.check_room(in_case=in_case, today=today, in_all=in_all, room=Room(200, 100))


def test_a_file_that_just_fits_is_taken() -> None:
    rules.check_room(in_case=10, today=100, in_all=200, room=Room(200, 100))


@given(st.text(max_size=400))
def test_a_title_can_be_shown_whatever_it_was(name: str) -> None:
    title = rules.title_of(name)
    assert len(title) <= rules.MOST_TITLE
    assert title.isprintable()
    assert "/" not in title


boxes = st.builds(Box, st.integers(0, 99), st.integers(0, 99), st.integers(1, 100), st.integers(1, 100))


@given(st.lists(boxes.filter(lambda box: box.fits), max_size=rules.MOST_BOXES))
def test_boxes_survive_the_way_through_an_address(marked: list[Box]) -> None:
    assert rules.boxes_from(rules.boxes_text(marked)) == marked


@pytest.mark.parametrize(
    "text", ["", "x", "1-2-3", "0-0-0-5", "99-0-2-2", "10-10-10-10-10", "-1-2-3-4", "１-2-3-4"]
)
def test_nonsense_marks_nothing(text: str) -> None:
    assert rules.boxes_from(text) == []
