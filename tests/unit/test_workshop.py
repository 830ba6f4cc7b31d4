"""The workshop: hostile files cost little memory and time there, and it has nothing to give away."""

import resource
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from tests import evidence_files as files

from chengxin.evidence import handling
from chengxin.evidence.cleaning import workshop
from chengxin.evidence.rules import Box, FullError, Media, RefusedError

MEGABYTE = 1 << 20


def large_jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8000, 8000), "white").save(written, "JPEG")
    return written.getvalue()


def clear_png() -> bytes:
    written = BytesIO()
    Image.new("RGBA", (8000, 8000)).save(written, "PNG")
    return written.getvalue()


def wordy_png() -> bytes:
    """Return a small picture whose notes unpack into hundreds of megabytes."""
    packed = zlib.compress(b"x" * (300 * MEGABYTE))
    notes = PngImagePlugin.PngInfo()
    notes.add(b"zTXt", b"Comment\0\0" + packed)
    written = BytesIO()
    Image.new("L", (9, 9)).save(written, "PNG", pnginfo=notes)
    return written.getvalue()


def tangled_pdf() -> bytes:
    """Return a document whose pages point at themselves."""
    return files.pdf(told=False).replace(b"/Count 2", b"/Count 9").replace(b"/Kids [ 4 0 R", b"/Kids [ 1 0 R")


@pytest.mark.parametrize(
    ("media", "made"),
    [
        (Media.JPEG, files.jpeg()), (Media.PNG, files.png()), (Media.PDF, files.pdf()), (Media.MP3, files.mp3()),
        (Media.M4A, files.m4a()),
    ],
)  # fmt: skip
def test_a_file_goes_in_and_a_clean_one_comes_out(media: Media, made: bytes) -> None:
    done = handling.clean(made, media)
    assert done.media is media
    assert files.LATIN not in done.content
    assert done.removed


@pytest.mark.parametrize(
    ("media", "sent"),
    [
        (Media.PNG, wordy_png()), (Media.PNG, files.png_head(60_000, 60_000)), (Media.PDF, files.bomb_pdf()),
        (Media.PDF, tangled_pdf()), (Media.PNG, clear_png()), (Media.JPEG, large_jpeg()),
    ],
    ids=["notes", "pixels", "streams", "tangle", "clear", "large"],
)  # fmt: skip
def test_a_hostile_file_costs_little_memory_and_time(media: Media, sent: bytes) -> None:
    started = time.monotonic()
    with suppress(RefusedError):  # cleaned or refused, both are fine
        handling.clean(sent, media)
    assert time.monotonic() - started < handling.SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < workshop.MEMORY


def test_the_largest_picture_that_is_taken_is_cleaned() -> None:
    assert handling.clean(large_jpeg(), Media.JPEG).content
    assert handling.clean(clear_png(), Media.PNG).content


def test_a_job_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "SECONDS", 0.01)
    with pytest.raises(RefusedError, match="too long"):
        handling.clean(files.jpeg(), Media.JPEG)


def test_a_workshop_that_breaks_refuses_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "WORKSHOP", "chengxin.nowhere")
    with pytest.raises(RefusedError, match="too long"):
        handling.clean(files.jpeg(), Media.JPEG)


def test_when_every_bench_is_taken_the_person_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "SECONDS_TO_WAIT", 0.01)
    held = 0
    while handling._benches.acquire(blocking=False):  # noqa: SLF001 (take them all)
        held += 1
    try:
        with pytest.raises(FullError, match="Too many people"):
            handling.clean(files.jpeg(), Media.JPEG)
    finally:
        for _ in range(held):
            handling._benches.release()  # noqa: SLF001 (give them back)
    assert handling.clean(files.jpeg(), Media.JPEG).content


def test_the_workshop_is_told_no_setting_and_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_SECRET_KEY", "hush")
    told = handling._environment()  # noqa: SLF001 (what it really gets)
    assert "hush" not in told.values()
    assert [name for name in told if name.startswith("CHENGXIN")] == []


def test_the_workshop_cannot_write_a_file(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from chengxin.evidence.cleaning import workshop\n"
        "file = open(sys.argv[1], 'wb', buffering=0)\n"
        "file.write(b'before')\n"
        "workshop._give_up_rights()\n"
        "file.write(b'after')\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "leak")]
    told = handling._environment()  # noqa: SLF001 (as it really runs)
    run = subprocess.run(command, capture_output=True, check=False, env=told)
    assert run.returncode != 0
    assert (tmp_path / "leak").read_bytes() == b"before"


def test_a_preview_can_be_ruled_and_a_copy_is_black_for_good() -> None:
    sent = files.jpeg(size=(300, 200), told=False)
    plain, ruled = handling.preview(sent, Media.JPEG), handling.preview(sent, Media.JPEG, ruled=True)
    assert plain != ruled
    copy = Image.open(BytesIO(handling.redact(sent, Media.JPEG, [Box(0, 0, 100, 100)]).content))
    assert set(copy.convert("L").tobytes()) == {0}
