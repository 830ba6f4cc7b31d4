"""Hand a file to the workshop and take back what it made of it; few at a time, and never for long."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from chengxin.core.errors import N_
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Box, FullError, Media, RefusedError, Removed, boxes_text
from chengxin.paths import PACKAGE

SECONDS = 25
SECONDS_TO_WAIT = 20
WORKSHOP = "chengxin.evidence.cleaning.workshop"
_benches = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


def clean(content: bytes, media: Media) -> Cleaned:
    """Return a file written anew without what it tells in passing, or raise what to send instead."""
    return _at_work("clean", content, media)


def preview(content: bytes, media: Media, boxes: Sequence[Box] = (), *, ruled: bool = False) -> bytes:
    """Return a small PNG of a picture, with rectangles blacked out, and with lines to read places from."""
    return _at_work("ruled" if ruled else "preview", content, media, boxes).content


def redact(content: bytes, media: Media, boxes: Sequence[Box]) -> Cleaned:
    """Return a copy of a picture in which rectangles are black for good."""
    return _at_work("redact", content, media, boxes)


def _at_work(job: str, content: bytes, media: Media, boxes: Sequence[Box] = ()) -> Cleaned:
    command = [sys.executable, "-m", WORKSHOP, job, media.value, boxes_text(list(boxes))]
    with _a_bench():
        try:
            done = subprocess.run(  # noqa: S603 (our own program and our own words)
                command, input=content, capture_output=True, timeout=SECONDS, check=False, env=_environment()
            )
        except subprocess.TimeoutExpired as error:
            raise _too_much() from error
    if done.returncode != 0:
        raise _too_much()
    said, _, made = done.stdout.partition(b"\n")
    told = json.loads(said)
    if "refused" in told:
        raise RefusedError(told["refused"])
    return Cleaned(made, Media(told["media"]), [Removed(each) for each in told["removed"]])


@contextmanager
def _a_bench() -> Iterator[None]:
    """Wait for a place in the workshop."""
    if not _benches.acquire(timeout=SECONDS_TO_WAIT):
        raise FullError(N_("Too many people are sending files right now. Try again in a few minutes."))
    try:
        yield
    finally:
        _benches.release()


def _environment() -> dict[str, str]:
    """Return all the workshop is told of its surroundings: where the code is, and no setting, key or address."""
    return {"PYTHONPATH": str(PACKAGE.parent), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def _too_much() -> RefusedError:
    return RefusedError(N_("This file takes too long to read. Send a smaller copy, or a screenshot."))
