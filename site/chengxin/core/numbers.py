"""Numbers that addresses and forms carry: plain digits, and never more than a key of a table can hold."""

import re

from werkzeug.routing import IntegerConverter

MOST_DIGITS = 9
_PLAIN = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")


class NumberConverter(IntegerConverter):
    """The whole numbers of an address: anything longer is the address of nothing."""

    regex = _PLAIN.pattern


def number_in(text: str) -> int | None:
    """Return the number that plain digits write, or None for anything else and for what no table counts up to."""
    return int(text) if _PLAIN.fullmatch(text) else None
