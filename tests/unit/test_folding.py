"""Folding: one spelling for everything people write differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.folding import LONGEST, compact, fold, fold_name, fold_number, printable


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("江州眾合勞務派遣", "江州众合劳务派遣"),
        ("ＡＢＣ人力１２", "abc人力12"),
        ("〔2024〕［a］【b】", "(2024)(a)(b)"),
        ("  江州 \t\n 远帆 ", "江州 远帆"),
        ("江\u200b州\u202e远帆\x00", "江州远帆"),
    ],
)
def test_spellings_fold_to_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_compact_text_has_no_punctuation() -> None:
    assert compact("（江）人服证字〔2024〕第 0001 号") == "江人服证字2024第0001号"


def test_a_number_folds_whatever_its_brackets() -> None:
    assert fold_number("(江)人服证字[2024]第0001号") == fold_number("（江）人服证字〔2024〕第０００１号")


def test_a_name_keeps_its_punctuation_and_loses_blanks_beside_han() -> None:
    assert fold_name("江州 远帆（总部） Joint  Venture") == "江州远帆(总部) joint venture"


def test_text_without_end_is_cut() -> None:
    assert len(fold("人" * (LONGEST * 3))) == LONGEST


@given(st.text(max_size=200))
def test_folding_is_done_once(text: str) -> None:
    once = printable(fold(text))
    assert fold(once) == once or fold(fold(once)) == fold(once)


@given(st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co"]), max_size=50))
def test_unseen_characters_leave_nothing(text: str) -> None:
    assert compact(text) == ""
