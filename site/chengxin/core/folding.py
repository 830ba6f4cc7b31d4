"""Text folding: one spelling of a text for the register, the index and every query."""

import re
import unicodedata
from functools import cache
from typing import Protocol

LONGEST = 4_000

_OPENING = "〔［【〖「『《〈{[<＜"
_CLOSING = "〕］】〗」』》〉}]>＞"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_SPACES = re.compile(r"\s+")
_SPACES_AT_HAN = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")


class _Converter(Protocol):
    """What folding needs of the script converter."""

    def convert(self, text: str) -> str:
        """Return the text in the other script."""


@cache
def _simplifier() -> _Converter:
    """Return the converter to simplified characters, loaded at its first use."""
    import opencc  # noqa: PLC0415 a native library, not wanted in processes that never fold

    converter: _Converter = opencc.OpenCC("t2s")
    return converter


def _kept(character: str) -> str:
    """Return a character as it may stand in folded text."""
    category = unicodedata.category(character)
    if category[0] != "C":
        return character
    return " " if category == "Cc" else ""


def printable(text: str) -> str:
    """Return the text without control, direction and unassigned characters."""
    if text.isprintable():
        return text
    return "".join(map(_kept, text))


def fold(text: str) -> str:
    """Return the one spelling by which texts are compared.

    Width, script (traditional to simplified), case, bracket style, spaces and unseen characters
    no longer differ afterwards. Text beyond LONGEST characters is cut.
    """
    plain = printable(unicodedata.normalize("NFKC", text[:LONGEST]))[:LONGEST]
    if not plain.isascii():
        plain = _simplifier().convert(plain)
    return _SPACES.sub(" ", plain.translate(_BRACKETS).casefold()).strip()


def fold_name(text: str) -> str:
    """Return a name's one spelling; blanks beside Han go, punctuation stays, for it tells names apart."""
    folded = fold(text)
    return _SPACES_AT_HAN.sub("", folded) if " " in folded and not folded.isascii() else folded


def compact(text: str) -> str:
    """Return folded text reduced to its letters, digits and characters."""
    folded = fold(text)
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))


def fold_number(text: str) -> str:
    """Return a licence or decision number as letters, digits and Han only: brackets and blanks vary."""
    return compact(text)
