"""A real mail server for tests: it keeps what it is given, with TLS and a password where a test wants them."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "chengxin", "p@ss word"
REFUSED = "gone@example.invalid"


class Mailbox(Sink):
    """What a server was given, with what was said about each mail."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.received: list[EmailMessage] = []
        self.under_tls: list[bool] = []

    async def handle_RCPT(  # noqa: N802
        self, server: object, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Refuse one address for good."""
        if address == REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a mail."""
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.under_tls.append(session.ssl is not None)
        return "250 OK"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(**options: Any) -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server and give its mailbox and port."""
    kept, port = Mailbox(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


def with_password() -> dict[str, Any]:
    """Return the options of a server that wants TLS first and then a password."""

    def check(server: object, session: object, envelope: object, mechanism: str, given: object) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.login == USER.encode()
        known = right and given.password == PASSWORD.encode()  # type: ignore[attr-defined]
        return AuthResult(success=known, handled=False)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": True, "require_starttls": True}


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return the TLS side of a server on 127.0.0.1, and the file of its certificate for those who trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "mail.pem", folder / "mail.key"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(trusted, private)
    return context, trusted
