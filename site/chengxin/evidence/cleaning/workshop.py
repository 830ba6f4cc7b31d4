"""The workshop: the process that opens what strangers sent, with little memory and time and no disk to write on.

It reads the file from its input and writes one line of JSON and the new file to its output.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any

from chengxin.core.errors import N_, DomainError
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Media, boxes_from

MEMORY = 1 << 30
SECONDS = 15
TOO_MUCH = N_("This file takes too long to read. Send a smaller copy, or a screenshot.")


def main() -> None:
    """Do one job and say how it went."""
    _give_up_rights()
    job, media, boxes = sys.argv[1:4]
    sent = sys.stdin.buffer.read()
    try:
        done = _done(job, sent, Media(media), boxes)
    except DomainError as error:
        _answer({"refused": error.message}, b"")
    except MemoryError:
        _answer({"refused": TOO_MUCH}, b"")
    else:
        _answer({"media": done.media, "removed": done.removed}, done.content)


def _give_up_rights() -> None:
    """Take away what the job does not need: memory, time, files to write, children, and a picture of itself."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _done(job: str, sent: bytes, media: Media, boxes: str) -> Cleaned:
    if job == "clean":
        return _cleaned(sent, media)
    from chengxin.evidence.cleaning import pictures  # noqa: PLC0415 (each job loads its own library)

    marked = boxes_from(boxes)
    if job == "redact":
        return pictures.redacted(sent, media, marked)
    draw = pictures.ruled if job == "ruled" else pictures.preview
    return Cleaned(draw(sent, media, marked), Media.PNG, [])


def _cleaned(sent: bytes, media: Media) -> Cleaned:
    if media.is_picture:
        from chengxin.evidence.cleaning import pictures  # noqa: PLC0415 (each job loads its own library)

        return pictures.cleaned(sent, media)
    if media is Media.PDF:
        from chengxin.evidence.cleaning import documents  # noqa: PLC0415 (the same)

        return documents.cleaned(sent)
    from chengxin.evidence.cleaning import mp4, mpeg  # noqa: PLC0415 (the same)

    return mpeg.cleaned(sent) if media is Media.MP3 else mp4.cleaned(sent)


def _answer(said: Mapping[str, Any], content: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
