"""A form that is sent again, told from another form that happened on the same code.

A code is short enough to be spoken, so two forms can meet on one. The key that grows out of the phrase tells
them apart: who sends a form again brings the same key, and everybody else gets another code.
"""

import hmac
from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chengxin.core.receipts import Receipt
from chengxin.ledger.actions import wait_for_the_end

ATTEMPTS = 8


class TakenError(Exception):
    """Another form has this code: the receipt has to be minted again."""


class Sealed(Protocol):
    """A form ready to be stored, as far as its receipt goes."""

    @property
    def receipt(self) -> Receipt:
        """Return its receipt."""

    @property
    def code_hash(self) -> str:
        """Return the hash of its code."""

    @property
    def reply_key(self) -> bytes:
        """Return the public key of its phrase."""


class Stored(Protocol):
    """A row that a form made."""

    id: int
    reply_key: bytes


Row = TypeVar("Row", bound=Stored)
Filing = TypeVar("Filing", bound=Sealed)
Made = TypeVar("Made")


def sent_before(row: Row | None, filing: Sealed) -> Row | None:
    """Return the row this very form made, or None; refuse a code that belongs to another form."""
    if row is None or hmac.compare_digest(row.reply_key, filing.reply_key):
        return row
    raise TakenError


def stored_once(
    session: Session, filing: Sealed, *, find: Callable[[Session, str], Row | None], made: Callable[[], Row]
) -> tuple[Row, bool]:
    """Store the row of a form and tell that it is new, or return the one that this very form made before.

    The row is made only when it is wanted, while no other form can be stored.
    """
    wait_for_the_end(session)
    known = sent_before(find(session, filing.code_hash), filing)
    if known is not None:
        return known, False
    row = made()
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        twin = sent_before(find(session, filing.code_hash), filing)
        if twin is None:
            raise
        return twin, False
    return row, True


def with_a_free_code(
    prepare: Callable[[int], Filing], store: Callable[[Filing], Made]
) -> tuple[Made, Receipt]:
    """Store a form under the first of its codes that no other form has; return what it made, and its receipt.

    Its codes come in a fixed order, so that the same form sent again ends at the same one.
    """
    for attempt in range(ATTEMPTS):
        filing = prepare(attempt)
        try:
            return store(filing), filing.receipt
        except TakenError:
            continue
    raise TakenError
