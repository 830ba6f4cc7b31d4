"""The columns of a record that one person proposes and a second confirms, and that ends by two persons too."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column


class Proposed:
    """A record that counts once a second person has confirmed it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    state_reason: Mapped[str] = mapped_column(Text, default="")
    proposed_by: Mapped[int | None]
    confirmed_by: Mapped[int | None]
    confirmed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Removable(Proposed):
    """A confirmed record that one person proposes to remove and a second removes."""

    end_reason: Mapped[str] = mapped_column(Text, default="")
    end_proposed_by: Mapped[int | None]
    ended_by: Mapped[int | None]
    ended_on: Mapped[date | None]


CONFIRMED = "confirmed_by <> proposed_by"
ENDED = "ended_by <> end_proposed_by"
