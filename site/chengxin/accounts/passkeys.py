"""The seam to webauthn: what a device is asked, and whether its answer is right.

A passkey counts as both factors: the device must have recognised its owner (user verification), by a finger,
a face or a PIN of its own.
"""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from chengxin.accounts.models import Passkey
from chengxin.core.errors import N_, DomainError

CHALLENGE_TERM = timedelta(minutes=10)
MOST_ANSWER = 8_000
REFUSED = N_("The passkey was not accepted. Try again, or use a code.")
UV = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Place:
    """The site as a device knows it: its host, its address, and its name for people."""

    host: str
    origin: str
    name: str

    @classmethod
    def of_url(cls, base_url: str, name: str) -> "Place":
        """Return the place an address of the site stands for."""
        parts = urlsplit(base_url)
        return cls(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", name)

    @property
    def has_passkeys(self) -> bool:
        """Return whether devices offer passkeys here: they do for names, never for bare numbers."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return self.origin.startswith("https://") or self.host == "localhost"
        return False


@dataclass(frozen=True)
class Made:
    """A new key pair's public half."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def asked_to_make(
    place: Place, *, account_id: int, username: str, name: str, challenge: bytes, known: Iterable[Passkey]
) -> str:
    """Return what the browser hands to a device so that it makes a passkey."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_id=hashlib.sha256(f"{place.host}/{account_id}".encode()).digest(),
        user_name=username,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UV
        ),
        exclude_credentials=_descriptors(known),
    )
    return webauthn.options_to_json(options)


def asked_to_answer(place: Place, *, challenge: bytes, known: Iterable[Passkey] = ()) -> str:
    """Return what the browser hands to a device so that it proves its owner; without names any device may."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host, challenge=challenge, allow_credentials=_descriptors(known), user_verification=UV
    )
    return webauthn.options_to_json(options)


def made(answer: str, place: Place, *, challenge: bytes) -> Made:
    """Return the key a device made, or say that its answer is not right."""
    try:
        verified = webauthn.verify_registration_response(
            credential=answer[:MOST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise DomainError(REFUSED) from error
    return Made(verified.credential_id, verified.credential_public_key, verified.sign_count)


def named_in(answer: str) -> bytes:
    """Return the name of the passkey an answer claims to come from, or nothing."""
    try:
        return base64url_to_bytes(parse_authentication_credential_json(answer[:MOST_ANSWER]).id)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return b""


def counted(answer: str, place: Place, *, challenge: bytes, passkey: Passkey) -> int:
    """Return how often a device says it was used, when its answer is right; or say that it is not."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer[:MOST_ANSWER],
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise DomainError(REFUSED) from error
    return verified.new_sign_count


def _descriptors(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=each.credential_id) for each in known]
