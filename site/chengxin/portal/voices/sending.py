"""Sending a form: limits that ask to wait, and failures that give the typed text back."""

import traceback

from flask import current_app, request
from sqlalchemy.exc import SQLAlchemyError

from chengxin.core.i18n import gettext as _
from chengxin.core.sealing import SealError
from chengxin.core.web import installation

MOST_BYTES = 4 << 20  # a hundred times the longest complaint, so that a text too long comes back whole


def allow_long_text() -> None:
    """Read bodies that are too long to be taken, so that their text can be shown again."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES


def status_of(error: Exception) -> int:
    """Log where it broke, and return 503 when trying again may help, else 500.

    Neither the message nor any value is logged: they may hold what was typed.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    current_app.logger.error("a form was not stored: %s\n%s", type(error).__name__, where)
    return 503 if isinstance(error, (SQLAlchemyError, OSError, SealError)) else 500


def not_sent() -> str:
    """Return what to tell somebody whose form could not be stored."""
    hotline = installation().settings.hotline
    return _("Not sent. Your text is still here. Try again or call %(phone)s.", phone=hotline)


def wait(minutes: int) -> str:
    """Return what to tell somebody whose network sent too often."""
    return _(
        "Too many attempts. Your text is still here; press send again in %(n)s minutes. "
        "If it is urgent, call %(phone)s.",
        n=minutes,
        phone=installation().settings.hotline,
    )


def full() -> str:
    """Return what to tell somebody on a day when far too many came."""
    return _(
        "So much came in today that we can take no more before tomorrow. Your text is still here: "
        "copy it, or call %(phone)s now.",
        phone=installation().settings.hotline,
    )


def too_large() -> str:
    """Return what to tell somebody whose text cannot even be read."""
    return _(
        "The text is far too long to be read. Go back in your browser: it still has it. Then shorten it."
    )
