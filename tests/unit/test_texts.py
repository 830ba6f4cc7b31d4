"""Words of texts: cut alike in texts and queries, and marked where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.search.snippets import marks, snippet
from chengxin.search.texts import runs_of, tokens_of, words_of

TEXT = "2026年8月，该公司向7名求职者收取押金共4200元。责令限期改正，罚款一万元。"
letters = st.text("押金收取公司求職者abcXYZ０１2（）、。 ", max_size=40)


def test_han_without_gaps_and_words_of_letters_or_digits_are_runs() -> None:
    assert list(runs_of("收取押金4200元，ABC 公司")) == ["收取押金", "4200", "元", "abc", "公司"]


def test_a_text_holds_pairs_of_characters_and_whole_words() -> None:
    assert {"押金", "金共", "4200", "元"} <= tokens_of([TEXT])
    assert "420" not in tokens_of([TEXT])


def test_width_and_script_do_not_matter() -> None:
    assert words_of("收取押金 ４２００") == words_of("收取押金 4200")
    assert words_of("責令限期") == ["责令限期"]


@given(letters, st.integers(0, 39), st.integers(1, 6))
def test_whatever_stands_in_a_text_is_among_its_tokens(text: str, start: int, length: int) -> None:
    held = tokens_of([text])
    for word in words_of(text[start : start + length]):
        pairs = (
            [word[at : at + 2] for at in range(len(word) - 1)] if not word.isascii() and len(word) > 1 else []
        )
        assert all(pair in held for pair in pairs)
        assert pairs or any(word in token for token in held)


def test_a_word_that_stands_nowhere_whole_is_marked_by_its_pairs() -> None:
    assert marks("收取了押金", ["收取押金"]) == [(0, 2), (3, 5)]


def test_a_snippet_begins_with_the_sentence_and_holds_the_word() -> None:
    pieces = snippet(("题目", TEXT), ["罚款"])
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("责令限期改正，")
    assert [piece.text for piece in pieces if piece.marked] == ["罚款"]


def test_a_title_alone_is_shown_when_only_it_holds_the_word() -> None:
    assert (
        "".join(piece.text for piece in snippet(("关于押金的公告", "别的内容"), ["押金"])) == "关于押金的公告"
    )


@pytest.mark.parametrize("query", ["", "（）", "\u202e", "？！…", "   "])
def test_a_query_without_words_asks_for_nothing(query: str) -> None:
    assert words_of(query) == []
