"""Ranking: what was typed literally comes first, and closeness is counted like a careful clerk would."""

from hypothesis import given
from hypothesis import strategies as st
from tests.vocabularies import invented

from chengxin.search.engine import Profile
from chengxin.search.ranking import Matched, Wanted, edits_inside, literal, similar, spoken

SOUNDS = invented().sounds
YUANFAN = Profile(1, "江州远帆人力资源有限公司", ("远帆派遣",), ("江州启程劳务有限公司",), "990101")


def slow_edits(pattern: str, text: str) -> int:
    """Count the same edits the long way: a table of every prefix."""
    rows = [[0] * (len(text) + 1)]
    for i in range(1, len(pattern) + 1):
        row = [i]
        for j in range(1, len(text) + 1):
            cost = min(rows[-1][j - 1] + (pattern[i - 1] != text[j - 1]), rows[-1][j] + 1, row[-1] + 1)
            crossed = i > 1 and j > 1 and pattern[i - 1] == text[j - 2] and pattern[i - 2] == text[j - 1]
            row.append(min(cost, rows[-2][j - 2] + 1) if crossed else cost)
        rows.append(row)
    return min(rows[-1])


@given(st.text("天地人和", max_size=9), st.text("天地人和", max_size=14))
def test_edits_are_counted_as_the_long_way_does(pattern: str, text: str) -> None:
    assert edits_inside(pattern, text) == slow_edits(pattern, text)


def test_the_whole_name_beats_a_part_of_it() -> None:
    other = Profile(2, "江州远帆人力资源有限公司东湖分公司", (), (), "990101")
    typed = YUANFAN.name
    assert literal(YUANFAN, typed, [typed]).score > literal(other, typed, [typed]).score


def test_a_former_name_is_told_as_such() -> None:
    assert literal(YUANFAN, "江州启程劳务", ["江州", "启程"]).matched is Matched.FORMER


def test_an_alias_is_told_as_such() -> None:
    assert literal(YUANFAN, "远帆派遣", ["远帆派遣"]).matched is Matched.ALIAS


def test_sound_is_found_inside_a_name() -> None:
    assert spoken(YUANFAN, "yuanfan", SOUNDS).score > 0


def test_another_sound_is_not() -> None:
    assert spoken(YUANFAN, "zhongcai", SOUNDS).score == 0


def test_one_wrong_character_is_similar() -> None:
    wanted = "江州远航人力资源"
    assert similar(YUANFAN, Wanted(wanted, SOUNDS.spoken(wanted)), SOUNDS).score > 0


def test_a_different_name_is_not_similar() -> None:
    wanted = "北山佳禾家政"
    assert similar(YUANFAN, Wanted(wanted, SOUNDS.spoken(wanted)), SOUNDS).score < 0
