"""The outbox delivers what was committed, once it can, over a real mail server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from sqlalchemy import select

from chengxin.config import Settings
from chengxin.core import clock, mail
from chengxin.core.database import Database
from chengxin.ledger import actions, outbox
from chengxin.ledger.models import Parcel

MESSAGE = {"to": "desk@example.invalid", "subject": "有新的投诉", "text": "请登录办理台查看。"}


class Mailbox(Sink):
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        self.received.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    kept = Mailbox()
    controller = Controller(kept, hostname="127.0.0.1", port=18925)
    controller.start()
    yield kept
    controller.stop()


def deliver(settings: Settings, database: Database) -> int:
    return outbox.deliver(database, kind="mail", by=lambda parcel: mail.send(settings, parcel))


def post(database: Database) -> None:
    with database.writing() as session:
        actions.send(session, kind="mail", payload=MESSAGE)


def test_mail_arrives_once(settings: Settings, database: Database, mailbox: Mailbox) -> None:
    configured = replace(settings, smtp_url="smtp://127.0.0.1:18925", mail_from="site@example.invalid")
    post(database)
    assert deliver(configured, database) == 1
    assert deliver(configured, database) == 0
    assert len(mailbox.received) == 1


def test_mail_waits_while_the_server_is_away(settings: Settings, database: Database) -> None:
    configured = replace(settings, smtp_url="smtp://127.0.0.1:18926", mail_from="site@example.invalid")
    post(database)
    assert deliver(configured, database) == 0
    with database.reading() as session:
        parcel = session.scalars(select(Parcel)).one()
    assert parcel.attempts == 1
    assert parcel.done_at is None
    assert parcel.error == "ConnectionRefusedError"
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        assert deliver(configured, database) == 0
    with database.reading() as session:
        assert session.scalars(select(Parcel)).one().attempts == 1
