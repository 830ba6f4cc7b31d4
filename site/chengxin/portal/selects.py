"""The filters of a public list: what is chosen, and what a reader may choose from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: object
    label: str
    count: int | None = None
    lang: str = ""


@dataclass(frozen=True)
class Select:
    """A filter with what is chosen and what may be chosen."""

    name: str
    label: str
    value: object
    options: list[Option]
