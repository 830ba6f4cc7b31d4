"""Typed text: without the padding that copied texts bring, and without losing a word."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.typed import tidied


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


@given(st.text(max_size=300))
def test_tidying_keeps_every_word(text: str) -> None:
    assert tidied(text).split() == unicodedata.normalize("NFC", text).split()
