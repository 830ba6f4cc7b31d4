"""Mail to the staff that something waits, without a word of it; what comes close together makes one mail."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.ledger.actions import send_once

COLLECTED = timedelta(minutes=5)


def tell_staff(session: Session, *, to: str, news: Mapping[str, str]) -> None:
    """Put one mail into the outbox, unless the same one waits there already or nobody is to be told."""
    if to:
        send_once(session, kind="mail", payload={"to": to, **news}, due_at=clock.now() + COLLECTED)
