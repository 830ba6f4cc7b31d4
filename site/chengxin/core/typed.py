"""Fields for what people type or paste at length: a text without its padding, a telephone number."""

import re
import unicodedata
from typing import Any

from chengxin.core.forms import LineField, LongTextField

_PHONE = re.compile(r"\+?[0-9][0-9 -]{5,19}")


def tidied(text: str) -> str:
    """Return a text without the padding that copied texts bring: runs of blanks and of empty lines."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def is_phone(text: str) -> bool:
    """Tell whether a text can be a telephone number."""
    return _PHONE.fullmatch(text) is not None


class TidyField(LongTextField):
    """Several lines of text, tidied as soon as they are read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read and tidy what was typed."""
        super().process_formdata([tidied(value) for value in valuelist])


class PhoneField(LineField):
    """A telephone number; full-width digits become plain ones."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read and tidy what was typed."""
        super().process_formdata([unicodedata.normalize("NFKC", value) for value in valuelist])
