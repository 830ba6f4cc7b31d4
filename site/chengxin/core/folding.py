"""Fold text so that two spellings of one name or number can be compared."""

import re
import unicodedata

BLANKS = re.compile(r"\s+")
BLANKS_AT_HAN = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")


def fold_name(text: str) -> str:
    """Return a name without case, width and spare blanks; punctuation stays, for it tells names apart."""
    folded = BLANKS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return BLANKS_AT_HAN.sub("", folded) if " " in folded and not folded.isascii() else folded


def fold_number(text: str) -> str:
    """Return a licence or decision number as letters, digits and Han only: brackets and blanks vary."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())
