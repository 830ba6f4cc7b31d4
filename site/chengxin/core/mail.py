"""Plain mail over the operator's own server, in the clear inside a house or under TLS."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from chengxin.config import Settings

SECONDS = 10
REFUSED_FOR_GOOD = 500
SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class RefusedError(Exception):
    """The server takes no mail for this address, now or later."""


def send(settings: Settings, parcel: Mapping[str, Any]) -> None:
    """Send one message with the fields `to`, `subject` and `text`; raise OSError when it cannot now.

    The scheme says how: `smtp` plain, `smtp+starttls` never without TLS, `smtps` under TLS from the start.
    """
    address = urlsplit(settings.smtp_url)
    try:
        with _connected(address) as server:
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(_message(settings, parcel))
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= REFUSED_FOR_GOOD for code, _ in error.recipients.values()):
            raise RefusedError from error
        raise


def _connected(address: SplitResult) -> smtplib.SMTP:
    host, port = address.hostname or "", address.port or SCHEMES[address.scheme]
    if address.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    if address.scheme == "smtp+starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _message(settings: Settings, parcel: Mapping[str, Any]) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = str(parcel["to"])
    message["Subject"] = str(parcel["subject"])
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"  # so that no holiday notice answers
    message.set_content(str(parcel["text"]))
    return message
