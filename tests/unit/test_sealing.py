"""Sealing: only the right key opens, only in the right place, and key files survive a race."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.config import Settings
from chengxin.core import sealing
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.core.sealing import Keyring, Recipients, SealError, reseal, seal, sealed_to, unseal

KEY = Keyring.generate()


@given(st.text(max_size=700))
def test_the_holder_of_the_private_key_reads_what_was_sealed(text: str) -> None:
    assert unseal(seal(text, KEY.recipients, context="here"), KEY, context="here") == text


def test_another_key_does_not_open_it() -> None:
    sealed = seal("交了六百元", KEY.recipients, context="here")
    with pytest.raises(SealError, match="another key"):
        unseal(sealed, Keyring.generate(), context="here")


def test_a_text_moved_to_another_record_does_not_open() -> None:
    sealed = seal("交了六百元", KEY.recipients, context="case a")
    with pytest.raises(SealError, match="moved"):
        unseal(sealed, KEY, context="case b")


@pytest.mark.parametrize("at", [0, 1, 5, 11, 60, 100, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(seal("交了六百元", KEY.recipients, context="here"))
    sealed[at] ^= 1
    with pytest.raises(SealError):
        unseal(bytes(sealed), KEY, context="here")


def test_a_cut_text_is_noticed() -> None:
    with pytest.raises(SealError):
        unseal(seal("交了六百元", KEY.recipients, context="here")[:20], KEY, context="here")


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal("一", KEY.recipients, context="c") != seal("一", KEY.recipients, context="c")


def test_a_short_answer_is_as_long_as_none() -> None:
    with_phone = seal("13900000000", KEY.recipients, context="c")
    assert len(with_phone) == len(seal("", KEY.recipients, context="c"))


def test_the_same_phrase_and_salt_give_the_same_key_and_others_do_not() -> None:
    key = sealing.stretched_key("荷塘-石桥", salt=b"s" * 16).private_bytes_raw()
    assert key == sealing.stretched_key("荷塘-石桥", salt=b"s" * 16).private_bytes_raw()
    assert key != sealing.stretched_key("荷塘-石桥", salt=b"t" * 16).private_bytes_raw()
    assert key != sealing.stretched_key("荷塘-石塔", salt=b"s" * 16).private_bytes_raw()


def test_keys_are_made_once_and_belong_together(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert make_intake_keys(settings)
    assert not make_intake_keys(settings)
    private, public = intake_keyring(settings), intake_recipients(settings)
    assert private.recipients == public
    assert settings.private_key_file.stat().st_mode & 0o077 == 0


def test_many_processes_starting_at_once_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    def start(_: int) -> bytes:
        make_intake_keys(settings)
        return intake_recipients(settings).ids[0]

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(start, range(64)))
    assert len(keys) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["intake.key", "intake.pub"]


def test_a_host_with_the_public_key_alone_is_given_no_private_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    make_intake_keys(settings)
    settings.private_key_file.unlink()
    assert not make_intake_keys(settings)
    assert not settings.private_key_file.exists()


def test_a_missing_or_spoilt_key_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SealError, match="db upgrade"):
        intake_recipients(settings)
    settings.public_key_file.write_text("not a key")
    with pytest.raises(SealError, match="base64"):
        intake_recipients(settings)


def test_each_recipient_opens_alone_and_nobody_else() -> None:
    desk, escrow = Keyring.generate(), Keyring.generate()
    sealed = seal("交了六百元", Recipients(desk.recipients.keys + escrow.recipients.keys), context="c")
    assert unseal(sealed, desk, context="c") == unseal(sealed, escrow, context="c") == "交了六百元"
    with pytest.raises(SealError, match="another key"):
        unseal(sealed, KEY, context="c")


def test_a_ring_opens_what_was_sealed_to_any_of_its_keys() -> None:
    older, newer = Keyring.generate(), Keyring.generate()
    ring = Keyring(newer.keys + older.keys)
    assert unseal(seal("旧案", older.recipients, context="c"), ring, context="c") == "旧案"
    assert ring.recipients == newer.recipients


def test_resealed_content_opens_with_the_new_key_alone() -> None:
    older, newer = Keyring.generate(), Keyring.generate()
    resealed = reseal(seal("旧案", older.recipients, context="c"), older, newer.recipients, context="c")
    assert sealed_to(resealed) == newer.recipients.ids
    assert unseal(resealed, newer, context="c") == "旧案"
    with pytest.raises(SealError, match="another key"):
        unseal(resealed, older, context="c")


def test_what_the_first_release_sealed_still_opens_and_can_be_resealed() -> None:
    padded = "旧案".encode() + b"\x80" + bytes(249)
    raw = sealing.SUITE.encrypt(padded, KEY.recipients.keys[0], info=b"chengxin c")
    old = b"\x01" + KEY.recipients.ids[0] + raw
    assert unseal(old, KEY, context="c") == "旧案"
    newer = Keyring.generate()
    assert unseal(reseal(old, KEY, newer.recipients, context="c"), newer, context="c") == "旧案"


def test_the_escrow_key_is_a_recipient_of_every_new_complaint(tmp_path: Path) -> None:
    settings, escrow = Settings(data_dir=tmp_path), Keyring.generate()
    make_intake_keys(settings)
    raw = escrow.recipients.keys[0].public_bytes_raw()
    with_escrow = Settings(data_dir=tmp_path, escrow_public_key=base64.b64encode(raw).decode())
    assert intake_recipients(with_escrow).ids == intake_recipients(settings).ids + escrow.recipients.ids
