"""What the worker does with the outbox and with what the intake leaves behind."""

import logging
from datetime import datetime, timedelta

from chengxin.config import Settings
from chengxin.core import clock, mail
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import SealError
from chengxin.intake import counting
from chengxin.ledger import outbox
from chengxin.ledger.outbox import UndeliverableError
from chengxin.voices.complaints import notifying, receiving

log = logging.getLogger("chengxin.work")
_last: dict[str, datetime] = {}


def deliver_mail(settings: Settings, database: Database) -> int:
    """Deliver the mail to the staff that waits in the outbox."""
    if not settings.smtp_url:
        return 0
    return outbox.deliver(database, kind="mail", by=lambda parcel: _send(settings, dict(parcel)))


def deliver_case_mail(settings: Settings, database: Database) -> int:
    """Deliver the mail to those who filed a case; without the desk's key it waits."""
    if not settings.smtp_url:
        return 0
    with database.reading() as session:
        if not outbox.waiting(session, kind=notifying.KIND, limit=1):
            return 0
    try:
        keys = intake_keyring(settings)
    except SealError:
        if _is_time("tell of the missing key", timedelta(hours=1)):
            log.warning("mail about cases waits: this worker does not hold the desk's key")
        return 0

    def carry(parcel: object) -> None:
        assert isinstance(parcel, dict)
        with database.reading() as session:
            message = notifying.addressed(session, parcel, keys)
        if message is not None:
            _send(settings, message)

    return outbox.deliver(database, kind=notifying.KIND, by=carry)


def tidy_the_intake(settings: Settings, database: Database) -> int:  # noqa: ARG001 (every task has one shape)
    """Erase old counts, sketches and parcels, once an hour."""
    if not _is_time("tidy", timedelta(hours=1)):
        return 0
    today = clock.today()
    with database.reading() as session:
        rooms = [each for each in (counting, receiving) if each.is_untidy(session, today=today)]
    erased = outbox.purge(database)
    for room in rooms:
        with database.writing() as session:
            erased += room.tidy(session, today=today)
    return erased


def _send(settings: Settings, message: dict[str, str]) -> None:
    try:
        mail.send(settings, message)
    except mail.RefusedError as error:
        raise UndeliverableError from error


def _is_time(what: str, pause: timedelta) -> bool:
    """Return whether something was last done longer ago than a pause, and note that it is done now."""
    now = clock.now()
    if what in _last and timedelta(0) <= now - _last[what] < pause:
        return False
    _last[what] = now
    return True
