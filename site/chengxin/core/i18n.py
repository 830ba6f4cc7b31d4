"""The seam to flask-babel: language by address, gettext, dates and numbers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

import flask_babel
from babel import dates, numbers
from flask import Flask, g, has_request_context, request
from flask_babel.speaklater import LazyString

from chengxin.core.clock import SHANGHAI
from chengxin.core.errors import DomainError
from chengxin.paths import PACKAGE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CHINESE = "zh_Hans_CN"
ENGLISH = "en"
LOCALE = "chengxin.locale"
CATALOGUE = "chengxin_catalogue"
TAGS = {CHINESE: "zh-Hans", ENGLISH: "en"}


class LanguageInAddress:
    """A WSGI layer: /en/… is the same site in English, everything else is Chinese.

    The prefix moves to SCRIPT_NAME, so every address the app builds stays in the language.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        """Stand in front of an app."""
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Take the language off the path and hand on."""
        path = environ.get("PATH_INFO", "")
        environ[LOCALE] = CHINESE
        if path == "/en" or path.startswith("/en/"):
            environ[LOCALE] = ENGLISH
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
        return self.app(environ, start_response)


def locale() -> str:
    """Return the locale of the current request."""
    return str(request.environ.get(LOCALE, CHINESE))


def language_tag() -> str:
    """Return the current language as an HTML language tag."""
    return TAGS[locale()]


def install(app: Flask) -> None:
    """Give an app its languages and the filters of its templates."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PACKAGE / "translations")
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    flask_babel.Babel(app, locale_selector=locale)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    engine: Any = app.jinja_env
    engine.install_gettext_callables(translated, _one_form, newstyle=True)
    app.jinja_env.filters.update(day=day, iso=iso, moment=moment, month=month, num=num, term=term)


def gettext(message: str, **values: object) -> str:
    """Return a message in the language of the request."""
    words = translated(message)
    return words % values if values else words


def translated(message: str) -> str:
    """Return a message as the catalogue has it; a page asks hundreds of times, so the catalogue is found once."""
    if not has_request_context():
        return cast("str", flask_babel.gettext(message))
    asked = locale()
    found = g.get(CATALOGUE)
    if found is None or found[0] != asked:
        found = asked, flask_babel.get_translations().ugettext
        setattr(g, CATALOGUE, found)
    words: str = found[1](message)
    return words


def _one_form(singular: str, plural: str, number: int) -> str:  # noqa: ARG001 (the shape of a template engine)
    """Return the one form every message has."""
    return translated(singular)


def told(error: DomainError) -> str:
    """Return what an expected error says, in the language of the request."""
    return gettext(error.message, **error.values)


def lazy_gettext(message: str, **values: object) -> str:
    """Return a message that is translated when it is shown; for tables and form labels."""
    return cast("str", LazyString(gettext, message, **values))


def day(value: date | datetime | None) -> str:
    """Return a day the way the language writes it: 2026年10月28日, 28 October 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    if locale() == CHINESE:
        return f"{value.year}年{value.month}月{value.day}日"
    return dates.format_date(value, format="d MMMM y", locale="en")


def moment(value: datetime | None) -> str:
    """Return a day with its hour in Shanghai: 2026年10月28日9:30, 28 October 2026 9:30."""
    if value is None:
        return ""
    hour = value.astimezone(SHANGHAI)
    return f"{day(value)}{'' if locale() == CHINESE else ' '}{hour.hour}:{hour.minute:02d}"


def term(value: date) -> str:
    """Return the last day of a term with its weekday: 11月27日（周五）, Friday 27 November."""
    if locale() == CHINESE:
        return f"{value.month}月{value.day}日（周{'一二三四五六日'[value.weekday()]}）"
    return dates.format_date(value, format="EEEE d MMMM", locale="en")


def month(value: str) -> str:
    """Return a month written as YYYY-MM the way the language writes it."""
    year, _, number = value.partition("-")
    if not number:
        return value
    if locale() == CHINESE:
        return f"{year}年{int(number)}月"
    return dates.format_date(date(int(year), int(number), 1), format="MMMM y", locale="en")


def iso(value: date | datetime | None) -> str:
    """Return a day as YYYY-MM-DD."""
    if value is None:
        return ""
    return (value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value).isoformat()


def num(value: Any) -> str:
    """Return a number with its thousands apart."""
    return numbers.format_decimal(value, locale="en")


def language_of(text: str) -> str:
    """Return the language tag of a record's own words on pages that are not Chinese, or nothing."""
    chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    return "zh-Hans" if chinese and locale() != CHINESE else ""
