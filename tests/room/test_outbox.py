"""The outbox delivers what was committed, once it can, over a real mail server."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from tests.mailboxes import PASSWORD, REFUSED, USER, certificate, free_port, serving, with_password

from chengxin.cli import posting
from chengxin.config import Settings, SettingsError
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.ledger import actions
from chengxin.ledger.models import Parcel
from chengxin.ledger.rules import ATTEMPTS

MESSAGE = {"to": "desk@example.invalid", "subject": "有新的投诉", "text": "请登录办理台查看。"}


def configured(settings: Settings, url: str) -> Settings:
    return replace(settings, smtp_url=url, mail_from="site@example.invalid")


def post(database: Database, **changes: str) -> None:
    with database.writing() as session:
        actions.send(session, kind="mail", payload=MESSAGE | changes)


def parcel_of(database: Database) -> Parcel:
    with database.reading() as session:
        return session.scalars(select(Parcel)).one()


def test_mail_arrives_once(settings: Settings, database: Database) -> None:
    post(database)
    with serving() as (mailbox, port):
        plain = configured(settings, f"smtp://127.0.0.1:{port}")
        assert posting.deliver_mail(plain, database) == 1
        assert posting.deliver_mail(plain, database) == 0
    assert [each["Subject"] for each in mailbox.received] == ["有新的投诉"]
    assert mailbox.received[0]["Auto-Submitted"] == "auto-generated"
    assert mailbox.received[0]["Message-ID"].endswith("@example.invalid>")


def test_mail_waits_while_the_server_is_away(settings: Settings, database: Database) -> None:
    away = configured(settings, f"smtp://127.0.0.1:{free_port()}")
    post(database)
    assert posting.deliver_mail(away, database) == 0
    parcel = parcel_of(database)
    assert (parcel.attempts, parcel.done_at, parcel.error) == (1, None, "ConnectionRefusedError")
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        assert posting.deliver_mail(away, database) == 0
    assert parcel_of(database).attempts == 1


def test_mail_goes_under_tls_with_a_password(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    post(database)
    with serving(tls_context=context, **with_password()) as (mailbox, port):
        url = f"smtp+starttls://{USER}:{quote(PASSWORD)}@127.0.0.1:{port}"
        assert posting.deliver_mail(configured(settings, url), database) == 1
    assert mailbox.under_tls == [True]


def test_a_wrong_password_delivers_nothing_and_is_tried_again(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    post(database)
    with serving(tls_context=context, **with_password()) as (mailbox, port):
        url = f"smtp+starttls://{USER}:wrong@127.0.0.1:{port}"
        assert posting.deliver_mail(configured(settings, url), database) == 0
    assert mailbox.received == []
    assert parcel_of(database).error == "SMTPAuthenticationError"


def test_mail_that_wants_tls_never_goes_in_the_clear(settings: Settings, database: Database) -> None:
    post(database)
    with serving() as (mailbox, port):
        url = f"smtp+starttls://127.0.0.1:{port}"
        assert posting.deliver_mail(configured(settings, url), database) == 0
    assert mailbox.received == []
    assert parcel_of(database).error == "SMTPNotSupportedError"


def test_a_foreign_certificate_is_refused(settings: Settings, database: Database, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    post(database)
    with serving(tls_context=context) as (mailbox, port):
        url = f"smtp+starttls://127.0.0.1:{port}"
        assert posting.deliver_mail(configured(settings, url), database) == 0
    assert mailbox.received == []
    assert parcel_of(database).error == "SSLCertVerificationError"


def test_an_address_that_is_refused_for_good_is_given_up_at_once(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    post(database, to=REFUSED)
    with serving() as (_, port), caplog.at_level(logging.WARNING):
        assert posting.deliver_mail(configured(settings, f"smtp://127.0.0.1:{port}"), database) == 0
    assert parcel_of(database).attempts == ATTEMPTS
    assert "given up" in caplog.text
    assert REFUSED not in caplog.text


def test_mail_is_given_up_after_about_three_days(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    away = configured(settings, f"smtp://127.0.0.1:{free_port()}")
    post(database)
    started = now = clock.now()
    for _ in range(ATTEMPTS + 2):
        with clock.frozen(now), caplog.at_level(logging.WARNING):
            posting.deliver_mail(away, database)
        tried = parcel_of(database)
        now = tried.due_at
    assert tried.attempts == ATTEMPTS
    assert timedelta(days=2) < tried.due_at - started < timedelta(days=4)
    assert caplog.text.count("given up") == 1


def test_the_same_parcel_waits_only_once(database: Database) -> None:
    for _ in range(3):
        with database.writing() as session:
            actions.send_once(session, kind="mail", payload=MESSAGE)
    parcel_of(database)
    with database.writing() as session:
        session.scalars(select(Parcel)).one().done_at = clock.now()
    with database.writing() as session:
        actions.send_once(session, kind="mail", payload=MESSAGE)
        assert session.scalar(select(func.count()).select_from(Parcel)) == 2


def test_a_mail_server_has_a_known_kind_of_address(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="smtp\\+starttls"):
        replace(settings, smtp_url="mail.example.invalid:25")
