"""Evidence of the cases whose receipts are printed: an invented chat, a receipt, a recording, and what a scanner said."""

from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from chengxin.evidence import actions, sealed
from chengxin.evidence.cleaning import documents, mpeg, pictures
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.rules import Media, Room, Scan
from chengxin.ledger.rules import PUBLIC, Subject
from chengxin.sample import complaints
from chengxin.sample.city import City
from chengxin.sample.complaints import Case
from chengxin.voices.complaints import queries

EVENING = 20.5
WIDTH, HEIGHT, BUBBLE = 720, 1280, 76
PAPER, INK, OWN, OTHERS = "#ededed", "#222222", "#95ec69", "#ffffff"
CHAT = (
    (OTHERS, 300, "10:02"), (OWN, 220, ""), (OTHERS, 420, ""), (OTHERS, 260, "600.00"), (OWN, 380, "10:05"),
    (OTHERS, 340, ""), (OWN, 180, "-600.00"), (OTHERS, 300, "10:31"),
)  # fmt: skip
RECEIPT = ("RECEIPT  No. 0007", "2026", "", "1 x training        600.00", "", "TOTAL CNY           600.00")
SILENCE = (b"\xff\xfb\x90\x00" + bytes(413)) * 150
AMPLE = Room(1 << 40, 1 << 40)
# Which files the first cases with a printed receipt have, and what the scanner said of each.
FILES = (
    (("chat", "聊天截图.png", Scan.CLEAN), ("receipt", "收据.pdf", Scan.CLEAN), ("voice", "通话.mp3", Scan.UNSCANNED)),
    (("chat", "微信图片.png", Scan.UNSCANNED), ("receipt", "合同.pdf", Scan.FAILED)),
    (),
    (("chat", "转账.png", Scan.CLEAN), ("receipt", "对方发来的文件.pdf", Scan.INFECTED)),
)  # fmt: skip


def plan(city: City) -> None:
    """Plan the files that came with the first complaints of known receipts, a day after each."""
    for (case, _), files in zip(complaints.opened(city), FILES, strict=False):
        for number, (kind, title, scan) in enumerate(files):
            sending = _Sending(city, case, kind, title, scan)
            city.timeline.plan(case.received, EVENING + number / 100, sending)


class _Sending:
    """One file on its way to its case."""

    def __init__(self, city: City, case: Case, kind: str, title: str, scan: Scan) -> None:
        self.city, self.case, self.kind, self.title, self.scan = city, case, kind, title, scan

    def __call__(self, session: Session) -> None:
        found = queries.by_code_hash(session, self.case.filing(opens=False).code_hash)
        if found is None:
            return
        made = _made(self.kind)
        held: Any = {"title": self.title, "digest": None, "scan": self.scan}
        piece = sealed.piece_of(made.content, media=made.media, recipients=self.city.intake_key, **held)
        self.city.shelf.put(piece.name, piece.sealed_file)
        subject = Subject("complaint", found.id)
        actions.add(session, actor=PUBLIC, subject=subject, piece=piece, room=AMPLE)


def _made(kind: str) -> Cleaned:
    if kind == "voice":
        return mpeg.cleaned(SILENCE)
    if kind == "receipt":
        return documents.cleaned(_drawn_receipt())
    return pictures.cleaned(_drawn_chat(), Media.PNG)


def _drawn_chat() -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 (only while the sample is loaded)

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    for row, (colour, length, text) in enumerate(CHAT):
        top = 60 + row * (BUBBLE + 64)
        left = WIDTH - 40 - length if colour == OWN else 40
        pen.rounded_rectangle((left, top, left + length, top + BUBBLE), 14, fill=colour)
        pen.text((left + 24, top + 24), text, fill=INK, font_size=28)
    return _saved(picture, "PNG")


def _drawn_receipt() -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 (the same)

    picture = Image.new("RGB", (WIDTH, WIDTH), "white")
    pen = ImageDraw.Draw(picture)
    for row, text in enumerate(RECEIPT):
        pen.text((80, 100 + row * 70), text, fill=INK, font_size=32)
    return _saved(picture, "PDF")


def _saved(picture: Any, kind: str) -> bytes:
    written = BytesIO()
    picture.save(written, kind)
    return written.getvalue()
