"""What a mask hides is gone from the text for readers, wholly; a reversible mask gives everything back."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.errors import DomainError
from chengxin.core.personal import find_personal
from chengxin.core.redacting import (
    BLOCKS,
    WORDS,
    Mask,
    Redaction,
    leftovers,
    of_words,
    redacted,
    suggested,
)

LETTERS = "王小明在江州说电话是，。 \n-aX■"
TEXTS = st.text(alphabet=LETTERS + string.digits + "０１一二〇①", max_size=80)


@st.composite
def masked_texts(draw: Any) -> tuple[str, list[Mask]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places, st.booleans()), max_size=6))
    return text, [Mask(min(a, b), max(a, b), WORDS, final) for a, b, final in pairs]


def test_every_suggestion_is_hidden_under_a_word_that_names_it() -> None:
    text = "请打13900000000或发邮件到li@example.com"
    shown = redacted(text, suggested(text, final=True)).public
    assert shown == "请打［电话已隐去］或发邮件到［邮箱已隐去］"


def test_a_reversible_mask_shows_blocks_of_one_length() -> None:
    for word in ("王明", "欧阳小明明"):
        assert redacted(f"找{word}谈", of_words(f"找{word}谈", [word])).public == f"找{BLOCKS}谈"


def test_a_word_is_hidden_at_every_place_in_every_width_and_spacing() -> None:
    text = "联系Ａmy，amy，A m y和Amy。"
    assert redacted(text, of_words(text, ["amy"])).public == "联系■■■，■■■，■■■和■■■。"


@pytest.mark.parametrize("hidden", ["138", "0013", "8000"])
@pytest.mark.parametrize(
    "number", ["13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００"]
)
def test_a_part_of_a_number_hides_the_whole_number(number: str, hidden: str) -> None:
    text = f"电话{number}。"
    assert redacted(text, of_words(text, [hidden])).public == f"电话{BLOCKS}。"


def test_a_part_of_a_code_with_letters_hides_the_whole_code() -> None:
    text = "代码91990000MA0000001X。"
    assert redacted(text, of_words(text, ["9199"])).public == f"代码{BLOCKS}。"


def test_a_part_of_a_number_in_characters_hides_the_whole_number() -> None:
    text = "打一三八零零一三八零零零找我"
    assert redacted(text, of_words(text, ["零零零"])).public == f"打{BLOCKS}找我"


def test_a_year_after_a_telephone_number_stays() -> None:
    text = "电话13800138000 2026年起用，编号2026-11 号"
    assert redacted(text, suggested(text)).public == f"电话{BLOCKS} 2026年起用，编号2026-11 号"


def test_overlapping_masks_become_one() -> None:
    made = redacted("王小明先生在江州", [Mask(0, 3), Mask(2, 5, WORDS, final=True)])
    assert made.masks == (Mask(0, 5, WORDS, final=True),)


def test_masks_side_by_side_stay_two() -> None:
    assert len(redacted("王小明先生", [Mask(0, 3), Mask(3, 5)]).masks) == 2


def test_a_mask_outside_the_text_hides_nothing() -> None:
    assert redacted("王小明", [Mask(9, 12), Mask(2, 2)]).masks == ()


def test_lifting_every_reversible_mask_gives_the_original() -> None:
    text = "王小明的电话是13900000000"
    made = redacted(text, [*suggested(text), *of_words(text, ["王小明"])])
    assert made.public != text
    for mask in made.masks:
        made = made.lifted(mask)
    assert made.public == text


def test_a_final_mask_cannot_be_lifted() -> None:
    made = redacted("王小明", [Mask(0, 3, WORDS, final=True)])
    with pytest.raises(DomainError):
        made.lifted(made.masks[0])


def test_what_is_kept_no_longer_holds_the_words_below_a_final_mask() -> None:
    text = "王小明的电话是13900000000"
    made = redacted(text, [*suggested(text, final=True), *of_words(text, ["王小明"])]).burnt()
    assert "139" not in made.written()
    assert "王小明" in made.written()


def test_leftovers_are_words_below_a_mask_in_whatever_spelling() -> None:
    text = "王小明打13900000000"
    made = redacted(text, [*suggested(text), *of_words(text, ["王小明"])])
    assert leftovers("王 小 明说的", made) == ["王小明"]
    assert leftovers("拨１３９ ００００ ００００", made) == ["13900000000", "１３９ ００００ ００００"]


def test_data_of_persons_that_was_added_by_hand_is_left_over_too() -> None:
    assert leftovers("请打13900000000", Redaction("")) == ["13900000000"]


def test_what_somebody_judged_to_be_harmless_may_stand() -> None:
    assert leftovers("热线13900000000", Redaction(""), harmless=["139 0000 0000"]) == []


@given(masked_texts())
def test_no_digit_of_a_masked_stretch_is_left(given: tuple[str, list[Mask]]) -> None:
    text, masks = given
    made = redacted(text, masks)
    shown = "".join(text[end:start] for end, start in _gaps(made))
    assert _digits(made.public) == _digits(shown)
    assert all(not _digits(mask.cover) for mask in made.masks)


@given(masked_texts())
def test_no_mask_cuts_through_a_number(given: tuple[str, list[Mask]]) -> None:
    text, masks = given
    made = redacted(text, masks)
    for mask in made.masks:
        for place in (mask.start, mask.end):
            assert not (0 < place < len(text) and text[place - 1].isdecimal() and text[place].isdecimal())
        for each in find_personal(text):
            assert not mask.touches(each.start, each.end) or (
                mask.start <= each.start and each.end <= mask.end
            )


@given(masked_texts())
def test_every_asked_place_is_hidden_and_masks_stay_apart(given: tuple[str, list[Mask]]) -> None:
    text, masks = given
    made = redacted(text, masks)
    hidden = {place for mask in made.masks for place in range(mask.start, mask.end)}
    assert {place for mask in masks for place in range(mask.start, mask.end)} <= hidden
    assert all(one.end <= other.start for one, other in zip(made.masks, made.masks[1:], strict=False))


@given(masked_texts())
def test_reversible_masks_give_back_the_original(given: tuple[str, list[Mask]]) -> None:
    text, masks = given
    made = Redaction.read(redacted(text, [Mask(each.start, each.end) for each in masks]).written())
    for mask in made.masks:
        made = made.lifted(mask)
    assert made.public == made.text == text


@given(masked_texts())
def test_burning_changes_nothing_for_readers_and_happens_once(given: tuple[str, list[Mask]]) -> None:
    text, masks = given
    made = redacted(text, masks)
    kept = made.burnt()
    assert kept.public == made.public
    assert kept.burnt() == kept
    assert not any(mask.final for mask in kept.masks)


@given(TEXTS, st.lists(st.text(alphabet=LETTERS + string.digits, min_size=1, max_size=6), max_size=4))
def test_hidden_words_are_never_left_over(text: str, words: list[str]) -> None:
    made = redacted(text, of_words(text, [each for each in words if "■" not in each]))
    assert not [each for each in leftovers(made.public, made) if each in made.hidden and "■" not in each]


def _gaps(made: Redaction) -> list[tuple[int, int]]:
    ends = [0, *(mask.end for mask in made.masks)]
    starts = [*(mask.start for mask in made.masks), len(made.text)]
    return list(zip(ends, starts, strict=True))


def _digits(text: str) -> list[str]:
    return [each for each in text if each.isdigit()]
