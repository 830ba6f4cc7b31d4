"""Questions as people ask them, in Chinese and English: what is left is what tells agencies apart."""

import pytest
from tests.vocabularies import invented

from chengxin.search.engine import Narrowing
from chengxin.search.planner import Plan, plan

WORDS = invented()


def planned(text: str) -> Plan:
    return plan(text, WORDS)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("江州有没有叫众合的劳务公司", ("江州", "众合")),
        ("众合人力靠谱吗", ("众合",)),
        ("远帆有没有被处罚过", ("远帆",)),
        ("远帆被罚过没有", ("远帆",)),
        ("江州远帆是不是黑中介？", ("江州", "远帆")),
        ("远帆的许可证号是多少", ("远帆",)),
        ("帮我查一下远帆这家公司", ("远帆",)),
        ("远帆收押金合法吗", ("远帆",)),
        ("Is Yuanfan in Jiangzhou reliable?", ("yuanfan", "jiangzhou")),
        ("was Yuanfan ever punished", ("yuanfan",)),
        ("Yuanfan HR Jiangzhou complaints", ("yuanfan", "jiangzhou")),
    ],
)
def test_a_question_keeps_the_name_and_the_place(asked: str, words: tuple[str, ...]) -> None:
    assert planned(asked).words == words


@pytest.mark.parametrize(
    ("asked", "narrowing"),
    [
        ("江州有哪些被吊销的劳务派遣公司", Narrowing(licence="revoked")),
        ("远帆注销了吗", Narrowing(licence="deregistered")),
        ("远帆上黑名单了吗", Narrowing(standing="exposed")),
        ("江州五A级人力资源公司", Narrowing(grade="AAAAA")),
        ("agencies with a yellow card in Jiangzhou", Narrowing(standing="yellow_card")),
        ("which agencies in Jiangzhou lost their licence", Narrowing(licence="revoked")),
        ("exposed headhunters Jiangzhou", Narrowing(standing="exposed")),
    ],
)
def test_a_question_for_a_state_becomes_a_filter(asked: str, narrowing: Narrowing) -> None:
    assert planned(asked).narrowing == narrowing


def test_a_service_in_english_means_what_it_means_in_chinese() -> None:
    english, chinese = planned("Jiangzhou labour dispatch"), planned("江州劳务派遣")
    assert english.strict[1].alternatives[0] == chinese.strict[1].alternatives[0] == ("sdispatch",)


def test_short_english_words_stay_pinyin_beside_pinyin() -> None:
    assert planned("jiang an yuan fan").syllables == ("jiang", "an", "yuan", "fan")


def test_words_of_politeness_inside_a_name_are_looked_for_as_well() -> None:
    made = planned("江州靠谱人力")
    assert made.is_reduced
    assert made.literal[0].alternatives[0] == ("n江州", "n州靠", "n靠谱", "n谱人", "n人力")


def test_the_services_named_just_so_come_first() -> None:
    made = planned("江州猎头")
    assert ("sexecutivesearch",) in made.strict[1].alternatives
    assert made.exact[1].alternatives[0] == ("o猎头",)
