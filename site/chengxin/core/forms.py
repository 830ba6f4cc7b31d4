"""The base of every form: tokens whose failure keeps the text, and fields that clean what was typed."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from flask import current_app, g, request, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.numbers import number_in
from chengxin.core.web import installation

TOKEN_SECONDS = 6 * 60 * 60
EXPIRED = _l("This page waited too long. Press send again; nothing is lost.")

ROBOT = _l("A field that people do not see was filled in. Press send again; nothing is lost.")

_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


class ChengxinForm(FlaskForm):  # type: ignore[misc]
    """A form whose expired token is an ordinary field error, so that the page comes back with its text."""

    MENDED_BY_SENDING: ClassVar[tuple[str, ...]] = ("csrf_token", "key")

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Tokens last long enough to write a careful complaint."""

        csrf_time_limit = TOKEN_SECONDS

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; a token that failed is replaced, so that sending again succeeds."""
        valid = bool(super().validate(extra_validators))
        if self.token_expired():
            session.pop(self.meta.csrf_field_name, None)
            g.pop(self.meta.csrf_field_name, None)
            self.csrf_token.current_token = generate_csrf()
            self.csrf_token.errors = [str(EXPIRED) if _came_with_cookie() else no_cookie()]
        return valid

    def token_expired(self) -> bool:
        """Return whether the form was refused because its token was missing, foreign or too old."""
        return bool(self.csrf_token.errors)

    @property
    def token_trouble(self) -> str:
        """Return why the token failed and what to do, or nothing."""
        return str(self.csrf_token.errors[0]) if self.token_expired() else ""

    @property
    def only_waited(self) -> bool:
        """Return whether it was refused, and only for what sending it again mends."""
        return bool(self.errors) and set(self.errors) <= set(self.MENDED_BY_SENDING)

    @property
    def trouble(self) -> str:
        """Return what to tell whoever only has to send it again; nothing when something has to be changed."""
        wrong = [name for name in self.MENDED_BY_SENDING if name in self.errors]
        return str(self.errors[wrong[0]][0]) if self.only_waited else ""

    @property
    def refused_with(self) -> int:
        """Return the status of a refused form: 403 when its token failed, 422 when its content did."""
        return 403 if self.token_expired() else 422


def no_cookie() -> str:
    """Return what to tell somebody whose browser keeps the cookie from us without which no form can be sent."""
    return _(
        "Your browser did not send back the one cookie a form needs; it names nobody and goes when you close the "
        "browser. Press send again. If this comes again, allow cookies for this site in the settings of the browser "
        "or leave the private window, then press send; or call %(phone)s. Your text is still here.",
        phone=installation().settings.hotline,
    )


def _came_with_cookie() -> bool:
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def clean(value: Any) -> Any:
    """Return typed text without control and direction characters, with plain line ends."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or not _hidden(c)).strip()


def clean_line(value: Any) -> Any:
    """Return typed text as one line."""
    cleaned = clean(value)
    return re.sub(r"\s+", " ", cleaned) if isinstance(cleaned, str) else cleaned


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _DIRECTION


class LineField(StringField):
    """One line of text."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Take the usual arguments and clean what was typed."""
        super().__init__(label, validators, filters=[clean_line], **options)


class KeptField(HiddenField):
    """A line the form carries along unseen; it may come back changed, so it is cleaned like any other."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Take the usual arguments and clean what came back."""
        super().__init__(label, validators, filters=[clean], **options)


class LongTextField(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Take the usual arguments and clean what was typed."""
        super().__init__(label, validators, filters=[clean], **options)


class ChoiceField(RadioField):
    """One answer out of several, with nothing chosen beforehand."""

    def __init__(self, label: Any, labels: Mapping[Any, str], *, message: str, **options: Any) -> None:
        """Take the words for each value, and the message for those who chose none."""
        choices = [SelectChoice(value, text) for value, text in labels.items()]
        super().__init__(label, choices=choices, invalid_choice_message=message, **options)  # type: ignore[call-arg]
        self.type = "RadioField"  # by which templates know it


class ListField(SelectField):
    """One answer out of a long list."""

    def __init__(self, label: Any, labels: Mapping[Any, str], *, message: str, **options: Any) -> None:
        """Take the words for each value, and the message for a value that is not in the list."""
        super().__init__(label, choices=[], invalid_choice_message=message, **options)  # type: ignore[call-arg]
        self.type = "SelectField"  # by which templates know it
        self.offer(labels)

    def offer(self, labels: Mapping[Any, str]) -> None:
        """Offer these values and no others, for lists that depend on the day."""
        self.choices = [SelectChoice(value, text) for value, text in labels.items()]


class DayField(DateField):
    """A day, typed or picked; its message says how to write one."""

    def __init__(self, label: Any = None, validators: Any = None, *, message: str, **options: Any) -> None:
        """Take the usual arguments, and the message for what is not a day."""
        super().__init__(label, validators, **options)
        self.message = message
        self.type = "DateField"  # by which templates know it

    def process_formdata(self, valuelist: Any) -> None:
        """Read the day, or say how to write one."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata([valuelist[0].strip()])
        except ValueError:
            raise ValueError(self.message) from None


class TrapField(StringField):
    """A field that people never see; it comes back empty, so that a person it caught can send again."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse a form in which it was filled in."""
        if self.data:
            raise ValidationError(ROBOT)

    def _value(self) -> str:
        return ""


class VersionField(IntegerField):
    """The version of the record a form was made for, carried along unseen."""

    widget = HiddenInput()

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        """Take the usual arguments; a form without its version is not complete."""
        super().__init__(label, validators or [InputRequired()], **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the version; more digits than a version has are no number."""
        fits = not valuelist or number_in(valuelist[0].strip()) is not None
        super().process_formdata(valuelist if fits else [""])

    def fits(self, version: int) -> bool:
        """Tell whether the form was made for this version; one without any is wrong, not late."""
        return self.data in {None, version}

    def renew(self, version: int) -> None:
        """Carry another version along, whatever was sent."""
        self.data, self.raw_data = version, None


class VersionForm(ChengxinForm):
    """Nothing but the wish to do something to a record as it was seen."""

    version = VersionField()


class Long:
    """Check the length of a text in characters, with a message that says what to do."""

    def __init__(self, *, least: int = 0, most: int, message: str) -> None:
        """Keep the bounds and the message."""
        self.least, self.most, self.message = least, most, message

    def __call__(self, form: object, field: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Raise the message when the text is too short or too long."""
        length = len(field.data or "")
        if length < self.least or length > self.most:
            raise ValidationError(self.message)


WRONG = _l("Choose one of the list.")
DAY = _l("Write the day as year-month-day, for example 2026-10-28.")
LINE_LONG = Long(most=200, message=_l("Keep it to 200 characters."))
