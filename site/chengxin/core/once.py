"""The key of a form: sent twice, it is still the same form."""

import secrets
import time
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from wtforms import HiddenField, ValidationError

from chengxin.core.forms import EXPIRED, ChengxinForm
from chengxin.core.web import installation

NONCE_BYTES = 16
HASTY_SECONDS = 3


class OnceField(HiddenField):
    """A hidden signed random number with the time the form was made; a foreign one is replaced by a new one."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Start without a key; it is read from what was posted or made when shown."""
        super().__init__(label, validators, **options)
        self.type = "HiddenField"
        self.nonce = ""
        self.seconds_shown = 0

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the posted key."""
        try:
            text, made = _signer().loads(str(valuelist[0])[:200], return_timestamp=True)
        except (BadData, IndexError):
            return
        self.data = str(valuelist[0])
        self.nonce = str(text)
        self.seconds_shown = int(time.time() - made.timestamp())

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse a form without a key of ours; the page comes back with a new one."""
        if not self.nonce:
            raise ValidationError(EXPIRED)

    def _value(self) -> str:
        if not self.nonce:
            self.nonce = secrets.token_urlsafe(NONCE_BYTES)
            self.data = str(_signer().dumps(self.nonce))
        return str(self.data)


class OnceForm(ChengxinForm):
    """A form with a key: people press twice and lose connections, and still it is one form."""

    key = OnceField()

    def is_hasty(self) -> bool:
        """Return whether it came back faster than a person types."""
        return bool(self.key.seconds_shown < HASTY_SECONDS)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(installation().secret, salt="form key")
