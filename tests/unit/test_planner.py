"""The planner: what a query is taken to mean, without any engine."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.vocabularies import invented

from chengxin.search.engine import Narrowing
from chengxin.search.places import spoken_forms
from chengxin.search.planner import MOST_UNITS, Plan, plan
from chengxin.search.reading import LONGEST_QUERY, read

WORDS = invented()


def planned(text: str) -> Plan:
    return plan(text, WORDS)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in read(text, WORDS).units]


def test_a_place_is_told_from_the_name_behind_it() -> None:
    assert kinds("江州远帆") == [("place", "江州"), ("name", "远帆")]


def test_a_place_may_stand_behind_the_name() -> None:
    assert kinds("远帆 云岭") == [("name", "远帆"), ("place", "云岭")]


def test_a_question_keeps_only_what_tells_agencies_apart() -> None:
    assert planned("江州有没有叫远帆的中介公司").words == ("江州", "远帆")


def test_a_name_made_of_polite_words_alone_is_still_looked_for() -> None:
    assert planned("靠谱").strict


def test_a_state_becomes_a_filter() -> None:
    assert planned("江州 劳务派遣 黄牌").narrowing == Narrowing(standing="yellow_card")


def test_english_words_mean_the_same_as_chinese_ones() -> None:
    chinese, english = planned("江州 劳务派遣 黄牌"), planned("Jiangzhou labor dispatch yellow card")
    assert english.narrowing == chinese.narrowing
    assert english.strict[1].alternatives[:2] == chinese.strict[1].alternatives[:2]
    assert ("p990000",) in english.strict[0].alternatives


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("91990000 MA5F XYZ123", "91990000ma5fxyz123"),
        ("（江）人服证字〔2024〕第0001号", "江人服证字2024第0001号"),
        ("远帆 2024000123", "2024000123"),
        ("远帆", ""),
        ("３６５人力", ""),
    ],
)
def test_codes_are_recognised(typed: str, code: str) -> None:
    assert planned(typed).code == code


def test_typed_pinyin_is_cut_into_syllables() -> None:
    assert planned("jiangzhouyuanfan").syllables == ("jiang", "zhou", "yuan", "fan")


def test_pinyin_and_characters_may_be_mixed() -> None:
    assert planned("远fan").syllables == ("yuan", "fan")


def test_first_letters_are_looked_up_as_such() -> None:
    assert planned("jzyfrlzy").initials


def test_a_single_character_takes_its_neighbours_along() -> None:
    assert planned("江州远").strict[1].alternatives == (("n州远",),)


def test_characters_typed_with_gaps_are_one_name() -> None:
    assert planned("佳 禾 远 帆").words == ("佳禾远帆",)


def test_pinyin_typed_with_gaps_is_one_name() -> None:
    assert planned("yuan fan").words == ("yuanfan",)


def test_a_list_of_everything_makes_few_clauses() -> None:
    assert len(planned(" ".join(["江州", "远帆", "xian", "劳务派遣"] * 9)).strict) <= MOST_UNITS


def test_divisions_answer_to_their_short_names() -> None:
    assert spoken_forms("云岭苗族自治州") == ["云岭苗族自治州", "云岭苗族", "云岭"]


@pytest.mark.parametrize(
    "typed", ["", "   ", "，。！", "AND (", "*", "n*", "😀", "\u202e\u200b", "%_", "'\"\\"]
)
def test_every_text_has_a_plan(typed: str) -> None:
    assert isinstance(planned(typed), Plan)


def test_a_text_without_letters_asks_for_everything() -> None:
    assert planned(" ，。（ ").asks_for_everything


def test_a_text_without_end_is_planned_in_time() -> None:
    planned("预备")
    started = time.process_time()
    made = planned("江州远帆xian" * 1_000)
    assert time.process_time() - started < 0.05
    assert len(made.text) <= LONGEST_QUERY


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_planner(text: str) -> None:
    made = planned(text)
    assert len(made.relaxed) <= 2 * LONGEST_QUERY
    assert all(term[0] in "npsyic" for clause in made.strict for way in clause.alternatives for term in way)
