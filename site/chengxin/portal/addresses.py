"""The parts of addresses: plain digits within bounds and words without control characters.

So each page has one address, and nothing reaches the database that it could not store.
"""

from datetime import date

from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter, UnicodeConverter

MOST_DIGITS = 6


class YearConverter(BaseConverter):
    """Four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


class NumberConverter(YearConverter):
    """A number from 1 on, without leading zeros."""

    regex = f"[1-9][0-9]{{0,{MOST_DIGITS - 1}}}"


class MonthConverter(BaseConverter):
    """A month as 2026-10; its value is the first day."""

    regex = "[12][0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Return the first day of the month."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        """Return a month as its address writes it."""
        return f"{value:%Y-%m}"


class SlugConverter(BaseConverter):
    """Small letters and digits with single dashes."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class PlainConverter(UnicodeConverter):
    """Any text of one part, without control characters."""

    def __init__(self, *arguments: object, **options: int) -> None:
        """Take the usual bounds."""
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.regex = self.regex.replace("[^/]", r"[^/\x00-\x1f\x7f]")


def install(state: BlueprintSetupState) -> None:
    """Teach an app these parts."""
    state.app.url_map.converters.update(
        default=PlainConverter,
        month=MonthConverter,
        year=YearConverter,
        number=NumberConverter,
        slug=SlugConverter,
    )


def whole(text: str) -> int | None:
    """Return the number a text writes in plain digits, or None."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    return None
