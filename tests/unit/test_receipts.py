"""Receipts: the same form gives the same one, typing slips are noticed, and the words are unmistakable."""

import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from chengxin.core import receipts
from chengxin.core.receipts import ALPHABET, Receipt, mint, parse, parse_code

SECRET = "secret of the tests"
RECEIPT = mint(SECRET, "one form")
WORDS = receipts.words()
seeds = st.text(min_size=1, max_size=40)


def blurred(syllable: str) -> str:
    """Return a syllable as a speaker says it who keeps neither zh and z, nor n and l, nor -n and -ng apart."""
    flat = re.sub(r"^([zcs])h", r"\1", syllable)
    return re.sub(r"ng$", "n", re.sub(r"^[nr]", "l", flat))


@given(seeds)
def test_one_form_gives_one_receipt(seed: str) -> None:
    assert mint(SECRET, seed) == mint(SECRET, seed)


@given(seeds, seeds)
def test_two_forms_give_two_receipts(one: str, other: str) -> None:
    assert (mint(SECRET, one) == mint(SECRET, other)) == (one == other)


def test_another_secret_gives_another_receipt() -> None:
    assert mint("other", "one form") != RECEIPT


def test_a_code_is_written_without_easily_confused_characters() -> None:
    assert re.fullmatch(r"C-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", RECEIPT.code)


def test_code_and_phrase_are_hard_to_guess() -> None:
    assert 7 * math.log2(len(ALPHABET)) + 4 * math.log2(len(WORDS)) >= 80


@given(seeds)
def test_what_the_copy_button_copies_can_be_pasted(seed: str) -> None:
    receipt = mint(SECRET, seed)
    assert parse(receipt.both) == receipt


@pytest.mark.parametrize(
    "typed",
    [
        lambda r: f"{r.code}{r.phrase}",
        lambda r: f"  {r.code}\r\n{r.phrase}  ",
        lambda r: f"{r.code.replace('-', '')}{''.join(r.words)}",
        lambda r: f"{r.code[2:]} {r.phrase}",
        lambda r: f"{r.code.lower()} {r.phrase}",
        lambda r: f"{r.code.replace('-', '－')} {'、'.join(r.words)}",
        lambda r: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in r.both),
        lambda r: f"{r.code} {r.pinyin}",
        lambda r: f"{r.code} {' '.join(r.pinyin.split('-')).title()}",
        lambda r: f"{r.code} {' '.join(' '.join(lazy_pinyin(word)) for word in r.words)}",
        lambda r: f"{r.code} {'—'.join(r.words)}。",
    ],
)
def test_a_receipt_is_understood_however_it_was_typed(typed: Callable[[Receipt], str]) -> None:
    for seed in range(40):
        receipt = mint(SECRET, str(seed))
        assert parse(typed(receipt)) == receipt


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    parse(text)
    parse_code(text)


@given(seeds, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(seed: str, place: int, wrong: str) -> None:
    body = mint(SECRET, seed).code.replace("-", "")[1:]
    changed = body[:place] + wrong + body[place + 1 :]
    assert (parse_code(changed) is None) == (changed != body)


@given(seeds, st.integers(0, 6))
def test_two_swapped_characters_are_noticed(seed: str, place: int) -> None:
    body = mint(SECRET, seed).code.replace("-", "")[1:]
    changed = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert (parse_code(changed) is None) == (changed != body)


def test_a_phrase_of_three_words_or_with_a_strange_word_is_refused() -> None:
    assert parse(f"{RECEIPT.code} {'-'.join(RECEIPT.words[:3])}") is None
    assert parse(f"{RECEIPT.code} {'-'.join(RECEIPT.words[:3])}-龘龘") is None


def test_the_code_alone_opens_nothing() -> None:
    assert parse(RECEIPT.code) is None


def test_the_hash_of_a_code_needs_the_secret() -> None:
    assert receipts.code_hash(SECRET, RECEIPT.code) != receipts.code_hash("other", RECEIPT.code)


def test_the_key_grows_out_of_code_and_phrase_together() -> None:
    other_code = Receipt(mint(SECRET, "two").code, RECEIPT.words)
    keys = [receipts.reply_key(SECRET, each).private_bytes_raw() for each in (RECEIPT, RECEIPT, other_code)]
    assert keys[0] == keys[1] != keys[2]


def test_the_list_holds_at_least_4096_words_of_two_characters() -> None:
    assert len(WORDS) >= 4096
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2}", word) for word in WORDS)


def test_no_two_words_sound_alike() -> None:
    assert all(WORDS[word] == "".join(lazy_pinyin(word)) for word in WORDS)
    blurry = {tuple(blurred(syllable) for syllable in lazy_pinyin(word)) for word in WORDS}
    assert len(blurry) == len(WORDS) == len(set(WORDS.values()))


def test_no_word_is_another_one_turned_round() -> None:
    assert not [word for word in WORDS if word[::-1] in WORDS]
