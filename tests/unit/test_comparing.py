"""The difference of two wordings: nothing is lost, nothing invented, and a number never changes by half."""

from hypothesis import given
from hypothesis import strategies as st

from chengxin.core.comparing import Kind, Piece, pieces

TEXT = st.text(alphabet="收取押金元退还3407 ,，。\nab", max_size=60)


def told(found: list[Piece]) -> list[tuple[str, str]]:
    return [(str(each.kind), each.text) for each in found]


@given(TEXT, TEXT)
def test_both_wordings_can_be_read_from_the_pieces(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(each.text for each in found if each.kind is not Kind.NEW) == before
    assert "".join(each.text for each in found if each.kind is not Kind.GONE) == after


@given(TEXT)
def test_the_same_words_have_no_change(text: str) -> None:
    assert all(each.kind is Kind.KEPT for each in pieces(text, text))


def test_a_number_changes_as_a_whole() -> None:
    assert told(pieces("罚款1,760元。", "罚款1,860元。")) == [
        ("kept", "罚款"),
        ("gone", "1,760"),
        ("new", "1,860"),
        ("kept", "元。"),
    ]


def test_what_is_added_is_only_new() -> None:
    assert told(pieces("限期整改。", "限期整改。费用已退还。")) == [
        ("kept", "限期整改。"),
        ("new", "费用已退还。"),
    ]


def test_short_words_between_two_changes_belong_to_the_change() -> None:
    found = told(pieces("向求职者收取押金", "向劳动者收取费用"))
    assert found == [
        ("kept", "向"),
        ("gone", "求职"),
        ("new", "劳动"),
        ("kept", "者收取"),
        ("gone", "押金"),
        ("new", "费用"),
    ]


def test_a_long_text_is_compared_by_sentences() -> None:
    long = "该公司收取押金。" * 400
    found = told(pieces(long, long + "已全部退还。"))
    assert found[-1] == ("new", "已全部退还。")
    assert len(found) == 2
