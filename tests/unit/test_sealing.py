"""Sealing: only the right key opens, only in the right place, and key files survive a race."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from chengxin.config import Settings
from chengxin.core import sealing
from chengxin.core.sealing import SealError, seal, unseal

KEY = X25519PrivateKey.generate()


@given(st.text(max_size=700))
def test_the_holder_of_the_private_key_reads_what_was_sealed(text: str) -> None:
    assert unseal(seal(text, KEY.public_key(), context="here"), KEY, context="here") == text


def test_another_key_does_not_open_it() -> None:
    sealed = seal("交了六百元", KEY.public_key(), context="here")
    with pytest.raises(SealError, match="another key"):
        unseal(sealed, X25519PrivateKey.generate(), context="here")


def test_a_text_moved_to_another_record_does_not_open() -> None:
    sealed = seal("交了六百元", KEY.public_key(), context="case a")
    with pytest.raises(SealError, match="moved"):
        unseal(sealed, KEY, context="case b")


@pytest.mark.parametrize("at", [0, 5, 9, 60, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    sealed = bytearray(seal("交了六百元", KEY.public_key(), context="here"))
    sealed[at] ^= 1
    with pytest.raises(SealError):
        unseal(bytes(sealed), KEY, context="here")


def test_a_cut_text_is_noticed() -> None:
    with pytest.raises(SealError):
        unseal(seal("交了六百元", KEY.public_key(), context="here")[:20], KEY, context="here")


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal("一", KEY.public_key(), context="c") != seal("一", KEY.public_key(), context="c")


def test_a_short_answer_is_as_long_as_none() -> None:
    with_phone = seal("13900000000", KEY.public_key(), context="c")
    assert len(with_phone) == len(seal("", KEY.public_key(), context="c"))


def test_the_same_phrase_and_salt_give_the_same_key_and_others_do_not() -> None:
    key = sealing.stretched_key("荷塘-石桥", salt=b"s" * 16).private_bytes_raw()
    assert key == sealing.stretched_key("荷塘-石桥", salt=b"s" * 16).private_bytes_raw()
    assert key != sealing.stretched_key("荷塘-石桥", salt=b"t" * 16).private_bytes_raw()
    assert key != sealing.stretched_key("荷塘-石塔", salt=b"s" * 16).private_bytes_raw()


def test_keys_are_made_once_and_belong_together(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert sealing.make_intake_keys(settings)
    assert not sealing.make_intake_keys(settings)
    private, public = sealing.intake_private_key(settings), sealing.intake_public_key(settings)
    assert private.public_key() == public
    assert settings.private_key_file.stat().st_mode & 0o077 == 0


def test_many_processes_starting_at_once_agree_on_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    def start(_: int) -> bytes:
        sealing.make_intake_keys(settings)
        return sealing.intake_public_key(settings).public_bytes_raw()

    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(start, range(64)))
    assert len(keys) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["intake.key", "intake.pub"]


def test_a_host_with_the_public_key_alone_is_given_no_private_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    sealing.make_intake_keys(settings)
    settings.private_key_file.unlink()
    assert not sealing.make_intake_keys(settings)
    assert not settings.private_key_file.exists()


def test_a_missing_or_spoilt_key_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SealError, match="db upgrade"):
        sealing.intake_public_key(settings)
    settings.public_key_file.write_text("not a key")
    with pytest.raises(SealError, match="base64"):
        sealing.intake_public_key(settings)
