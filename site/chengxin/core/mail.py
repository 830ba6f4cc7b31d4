"""Mail to the staff: plain text over the operator's own server."""

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from chengxin.config import Settings

SECONDS = 10


def send(settings: Settings, parcel: Mapping[str, Any]) -> None:
    """Send one message with the fields `to`, `subject` and `text`; raise OSError when it cannot."""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = str(parcel["to"])
    message["Subject"] = str(parcel["subject"])
    message.set_content(str(parcel["text"]))
    address = urlsplit(settings.smtp_url)
    kind = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    with kind(address.hostname or "", address.port or 0, timeout=SECONDS) as server:
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)
