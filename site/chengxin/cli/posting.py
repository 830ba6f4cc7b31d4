"""What the worker does with the mail that waits in the outbox."""

import logging
from datetime import timedelta

from chengxin.config import Settings
from chengxin.core import mail
from chengxin.core.clock import Pause
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.sealing import SealError
from chengxin.ledger import outbox
from chengxin.ledger.outbox import UndeliverableError
from chengxin.voices.complaints import notifying

log = logging.getLogger("chengxin.work")
_told_of_the_key = Pause(timedelta(hours=1))


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
        if _told_of_the_key.is_over():
            _told_of_the_key.begin()
            log.warning("mail about cases waits: this worker does not hold the desk's key")
        return 0

    def carry(parcel: object) -> None:
        assert isinstance(parcel, dict)
        with database.reading() as session:
            message = notifying.addressed(session, parcel, keys)
        if message is not None:
            _send(settings, message)

    return outbox.deliver(database, kind=notifying.KIND, by=carry)


def _send(settings: Settings, message: dict[str, str]) -> None:
    try:
        mail.send(settings, message)
    except mail.RefusedError as error:
        raise UndeliverableError from error
