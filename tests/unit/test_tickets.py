"""A ticket stands for a proof for half an hour, in one browser of one installation, and tells nothing."""

import base64
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chengxin.core import receipts, tickets
from chengxin.core.clock import frozen
from chengxin.core.proofs import prove

SECRET, BROWSER = "a secret of the tests", "one form token"
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
RECEIPT = receipts.mint(SECRET, "one form")
PROOF = prove(secret=SECRET, typed=RECEIPT.both)


def issued() -> str:
    with frozen(NOON):
        return tickets.issue(PROOF, secret=SECRET, browser=BROWSER)


def opens(ticket: str, *, minutes: float = 0, secret: str = SECRET, browser: str = BROWSER) -> bool:
    with frozen(NOON + timedelta(minutes=minutes)):
        found = tickets.proof_of(ticket, secret=secret, browser=browser)
    if found is not None:
        assert found.code_hash == PROOF.code_hash
        assert found.fits(PROOF.key.public_key().public_bytes_raw())
    return found is not None


def test_it_opens_what_the_receipt_opens_and_no_longer_than_half_an_hour() -> None:
    assert opens(issued())
    assert opens(issued(), minutes=30)
    assert not opens(issued(), minutes=30.02)


def test_it_is_worth_nothing_in_another_browser_or_installation() -> None:
    assert not opens(issued(), browser="another form token")
    assert not opens(issued(), browser="")
    assert not opens(issued(), secret="another secret")


def test_two_tickets_of_one_case_have_nothing_in_common() -> None:
    assert issued()[:16] != issued()[:16]


@given(st.integers(0, 200), st.integers(1, 255))
def test_one_changed_byte_spoils_it(place: int, change: int) -> None:

    raw = bytearray(base64.urlsafe_b64decode(issued()))
    raw[place % len(raw)] ^= change
    assert not opens(base64.urlsafe_b64encode(bytes(raw)).decode())


@given(st.text(max_size=500))
def test_nonsense_is_no_ticket(text: str) -> None:
    assert not opens(text)
