"""Fields for what people type or paste at length: a text without its padding, a telephone number, an address for mail."""

import re
import unicodedata
from typing import Any

from wtforms import ValidationError

from chengxin.core.forms import LineField, LongTextField
from chengxin.core.i18n import lazy_gettext as _l

MOST_EMAIL = 120
_EMAIL = re.compile(r"[^@\s<>,;:\"()]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
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


class EmailField(LineField):
    """An address for mail, or none."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse what cannot be an address."""
        if self.data and not (len(self.data) <= MOST_EMAIL and _EMAIL.fullmatch(self.data)):
            raise ValidationError(_l("Write the address like name@example.com, or leave it empty"))
