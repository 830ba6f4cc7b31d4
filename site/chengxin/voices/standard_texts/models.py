"""The table of standard texts."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from chengxin.core.models import Base


class StandardText(Base):
    """A text for letters; `move` is the move it fits, or one of the marks in the rules, `track` one track or both."""

    __tablename__ = "standard_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    move: Mapped[str]
    track: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
