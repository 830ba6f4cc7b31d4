"""The field that carries the version of what somebody was told before they send."""

from typing import Any

from wtforms import HiddenField, ValidationError

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.consent import Told

NEWER = _l(
    "What happens with your text was written anew meanwhile. Read it below and press send again; nothing is lost."
)


class ConsentField(HiddenField):
    """The version of the text people are told before they send; an older one comes back with the new."""

    def __init__(self, told: Told, **options: Any) -> None:
        """Take the texts of a room, and be a hidden field to templates too."""
        super().__init__(**options)
        self.type = "HiddenField"
        self.told = told

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse a form that was sent after another text."""
        if self.data != self.told.current:
            raise ValidationError(NEWER)

    def _value(self) -> str:
        return self.told.current
