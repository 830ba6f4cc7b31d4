"""Cases that tell nearly the same: found by keyed sketches, linked for staff, never refused.

A sketch (MinHash) keeps for each of 64 keyed orders the smallest of the hashed three-character pieces of a text.
Two sketches agree in as many places as the texts share pieces. Without the installation's secret a sketch says
nothing about a text; with it a guessed text could be compared, so a sketch goes when its case is erased.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, delete, insert, select, union_all
from sqlalchemy.orm import Session

from chengxin.core.folding import compact
from chengxin.voices.complaints.models import Complaint, ComplaintBand, ComplaintLikeness, ComplaintSketch

PIECE = 3
ORDERS = 64
BANDS = 16  # of four orders each: half of the pieces shared is found by two in three, four fifths by all
IN_BAND = ORDERS // BANDS
WORD = np.uint64
HALF = np.uint64(32)
LEAST_PERCENT = 60
MOST_COMPARED = 8  # of each band, newest first: a flood of one text must not slow down the next case
MOST_LINKED = 10
MOST_SHOWN = 20


@dataclass(frozen=True)
class Sketch:
    """What is kept of a text in order to find its like."""

    places: NDArray[np.uint16]

    @property
    def stored(self) -> bytes:
        """Return the bytes of the sketch."""
        return self.places.astype("<u2").tobytes()

    @property
    def bands(self) -> list[int]:
        """Return a number for each band; equal bands of two sketches have equal numbers."""
        size = IN_BAND * 2
        parts = [self.stored[start : start + size] for start in range(0, BANDS * size, size)]
        return [_number(bytes([place]) + part) for place, part in enumerate(parts)]

    def percent(self, other: "Sketch") -> int:
        """Return in how many of a hundred places two sketches agree."""
        return round(100 * int(np.count_nonzero(self.places == other.places)) / ORDERS)


@dataclass(frozen=True)
class Alike:
    """Another case and how alike it is, in hundredths."""

    case: Complaint
    percent: int


def sketch_of(text: str, *, secret: str) -> Sketch | None:
    """Return the sketch of a text, or None for one too short to have pieces."""
    plain = compact(text)
    key = _key(secret)
    pieces = {plain[start : start + PIECE] for start in range(len(plain) - PIECE + 1)}
    if not pieces:
        return None
    hashed = b"".join(
        hashlib.blake2b(each.encode(), key=key, digest_size=8).digest() for each in sorted(pieces)
    )
    factors, shifts = _orders(key)
    numbers = np.frombuffer(hashed, dtype="<u8").astype(WORD)
    ordered = (numbers[:, None] * factors + shifts) >> HALF
    return Sketch((ordered.min(axis=0) & WORD(0xFFFF)).astype(np.uint16))


def link(session: Session, case: Complaint, sketch: Sketch, *, today: date) -> int:
    """Keep the sketch of a new case, link it to the older ones it is like, and return how many."""
    session.flush()
    found = _likest(session, sketch)
    session.add(ComplaintSketch(complaint_id=case.id, sketch=sketch.stored, drawn_on=today))
    session.execute(
        insert(ComplaintBand), [{"band": band, "complaint_id": case.id} for band in set(sketch.bands)]
    )
    session.add_all(
        ComplaintLikeness(complaint_id=case.id, other_id=other, percent=percent) for percent, other in found
    )
    return len(found)


def alike_cases(session: Session, case_id: int) -> Sequence[Alike]:
    """Return the cases that tell nearly the same as one, the likest first."""
    newer = select(ComplaintLikeness.complaint_id, ComplaintLikeness.percent).where(
        ComplaintLikeness.other_id == case_id
    )
    older = select(ComplaintLikeness.other_id, ComplaintLikeness.percent).where(
        ComplaintLikeness.complaint_id == case_id
    )
    linked = union_all(newer, older).subquery("linked")
    number, percent = linked.c
    rows = session.execute(
        select(Complaint, percent)
        .join(linked, Complaint.id == number)
        .order_by(percent.desc(), Complaint.id)
        .limit(MOST_SHOWN)
    )
    return [Alike(case, share) for case, share in rows]


def forget(session: Session, case_ids: Sequence[int]) -> None:
    """Erase the sketches of some cases; what staff were told of likenesses stays."""
    for table in (ComplaintBand, ComplaintSketch):
        session.execute(delete(table).where(table.complaint_id.in_(case_ids)))


def due(cutoff: date) -> Select[int]:
    """Return a select of the cases whose sketches were drawn by a day."""
    rows = select(ComplaintSketch.complaint_id).where(ComplaintSketch.drawn_on <= cutoff)
    return rows.order_by(ComplaintSketch.drawn_on, ComplaintSketch.complaint_id)


def _likest(session: Session, sketch: Sketch) -> list[tuple[int, int]]:
    """Return the likest cases with their share in hundredths, out of those that share a band."""
    in_bands = [
        select(
            select(ComplaintBand.complaint_id)
            .where(ComplaintBand.band == band)
            .order_by(ComplaintBand.complaint_id.desc())
            .limit(MOST_COMPARED)
            .subquery()
            .c.complaint_id
        )
        for band in sketch.bands
    ]
    near = set(session.scalars(union_all(*in_bands)))
    rows = session.execute(
        select(ComplaintSketch.complaint_id, ComplaintSketch.sketch).where(
            ComplaintSketch.complaint_id.in_(near)
        )
    )
    shares = [(sketch.percent(_read(stored)), number) for number, stored in rows]
    return sorted((each for each in shares if each[0] >= LEAST_PERCENT), reverse=True)[:MOST_LINKED]


def _read(stored: bytes) -> Sketch:
    return Sketch(np.frombuffer(stored, dtype="<u2").astype(np.uint16))


def _number(band: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(band, digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.blake2b(b"sketches of cases", key=secret.encode()[:64], digest_size=32).digest()


@lru_cache(maxsize=4)
def _orders(key: bytes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return an odd factor and a shift for each order, grown out of the key."""
    raw = hashlib.shake_256(key + b"orders").digest(ORDERS * 16)
    factors, shifts = np.frombuffer(raw, dtype="<u8").astype(WORD).reshape(2, ORDERS)
    return factors | WORD(1), shifts
