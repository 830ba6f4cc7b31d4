"""Answers from an engine: each hit says why, totals are exact, pages follow without gap, and work is bounded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bench import corpus
from tests.bench.building import built, written
from tests.vocabularies import REGIONS

from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Clause, Engine, Matches, Narrowing, Order
from chengxin.search.pipeline import COMPARED, answer
from chengxin.search.planner import plan
from chengxin.search.ranking import Hit, Matched
from chengxin.search.reading import LONGEST_QUERY
from chengxin.search.sounds import reading_table
from chengxin.search.vocabulary import RegisterWords, Vocabulary

TODAY = date(2026, 11, 20)
AGENCIES = 900
MOST_TERMS = 1_200
MOST_QUESTIONS = 24
EVERY_WORD = (
    "",
    "江",
    "人力资源",
    "临江",
    "临江 人力资源",
    "lin jiang",
    "劳务派遣",
    "德",
    "临江德安劳务",
    "猎头",
    "黄牌",
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return an engine over some hundred invented agencies."""
    return built(tmp_path_factory.mktemp("crowd"), list(corpus.invented(AGENCIES)), TODAY).engine


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return an engine over one agency with everything and one beside it."""
    return _few(tmp_path_factory.mktemp("few"))


def _few(folder: Path) -> Engine:
    yuanfan = SearchDocument(
        agency_id=1,
        name="江州远帆人力资源有限公司",
        aliases=("启程派遣",),
        formers=("江州白鹭人才有限公司",),
        region="990000",
        places=("990000",),
        codes=("91990000ma5fxyz123", "江人服证字2024第0001号"),
    )
    other = SearchDocument(agency_id=2, name="江州佳禾家政服务有限公司", region="990000", places=("990000",))
    words = RegisterWords(regions=REGIONS, readings=reading_table())
    return written(folder, [yuanfan, other], words).engine


def hits(engine: Engine, text: str, start: int = 0, stop: int = 10, **filters: str) -> tuple[int, list[Hit]]:
    found = answer(plan(text, engine.vocabulary), engine, TODAY)
    return found.hits(Narrowing(**filters), TODAY, start, stop)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("远帆", Matched.NAME),
        ("远帆 江州", Matched.NAME),
        ("远帆資源", Matched.NAME),
        ("启程派遣", Matched.ALIAS),
        ("白鹭人才", Matched.FORMER),
        ("yuanfan", Matched.PINYIN),
        ("元凡人力资源", Matched.PINYIN),
        ("jzyfrlzy", Matched.INITIALS),
        ("91990000 MA5F", Matched.CODE),
        ("（江）人服证字〔2024〕第0001号", Matched.CODE),
        ("江州远航人力资源", Matched.SIMILAR),
    ],
)
def test_a_hit_says_why(few: Engine, typed: str, why: Matched) -> None:
    total, found = hits(few, typed)
    assert (total, [(hit.agency_id, hit.matched) for hit in found]) == (1, [(1, why)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.sampled_from(EVERY_WORD), size=st.integers(1, 97), order=st.sampled_from(Order))
def test_pages_follow_without_gap_or_repetition(crowd: Engine, typed: str, size: int, order: Order) -> None:
    found = answer(plan(typed, crowd.vocabulary), crowd, TODAY)
    total, whole = found.hits(Narrowing(), TODAY, 0, AGENCIES, order)
    paged: list[Hit] = []
    for start in range(0, total, size):
        paged += found.hits(Narrowing(), TODAY, start, start + size, order)[1]
    assert paged == whole
    assert len({hit.agency_id for hit in whole}) == len(whole) == total


@pytest.mark.parametrize("typed", EVERY_WORD)
@pytest.mark.parametrize(
    "filters", [{}, {"standing": "yellow_card"}, {"grade": "AAA"}, {"service": "recruitment"}]
)
def test_a_total_is_what_can_be_paged_through(crowd: Engine, typed: str, filters: dict[str, str]) -> None:
    total, whole = hits(crowd, typed, 0, AGENCIES, **filters)
    assert total == len(whole)


@pytest.mark.parametrize("typed", EVERY_WORD)
def test_a_filter_leaves_as_many_as_its_count_says(crowd: Engine, typed: str) -> None:
    counts = answer(plan(typed, crowd.vocabulary), crowd, TODAY).matches.facets(Narrowing(), TODAY)
    for fact in ("standing", "grade", "licence", "service"):
        for value, count in getattr(counts, fact).items():
            assert hits(crowd, typed, **{fact: value})[0] == count


@pytest.mark.parametrize("typed", ["人力资源", "劳务派遣有限公司", "德安"])
def test_every_name_that_holds_the_words_is_counted(crowd: Engine, typed: str) -> None:
    register = corpus.invented(AGENCIES)
    held = {each.id for each in register if any(typed in name for name in each.names)}
    _, found = hits(crowd, typed, 0, AGENCIES)
    assert held <= {hit.agency_id for hit in found}


@dataclass
class Counting:
    """An engine that counts what it is asked, and answers nothing, so that every stage is walked."""

    vocabulary: Vocabulary
    terms: int = 0
    questions: int = 0
    inner: Engine = field(kw_only=True)

    def _nothing(self, terms: Sequence[str]) -> Matches:
        self.questions += 1
        self.terms += len(terms)
        return self.inner.these([])

    def everything(self) -> Matches:
        """Count the question."""
        return self._nothing([])

    def these(self, ids: Sequence[int]) -> Matches:
        """Count the question."""
        return self._nothing([str(each) for each in ids])

    def coded(self, prefix: str) -> Matches:
        """Count the question."""
        return self._nothing([prefix])

    def all_of(self, clauses: Sequence[Clause]) -> Matches:
        """Count the terms of every clause."""
        return self._nothing([term for clause in clauses for way in clause.alternatives for term in way])

    def most_of(self, terms: Sequence[str], *, limit: int) -> Matches:
        """Count the terms."""
        assert limit <= AGENCIES
        return self._nothing(terms)


def _long_texts() -> Iterator[str]:
    for piece in (
        "江州",
        "远帆xian",
        "重行长乐",
        "a",
        "xianjiangan",
        "江州 猎头 黄牌 ",
        "，。",
        "\u202e\u200b",
        "😀",
        "AND (",
        "n* ",
        "1",
        "的",
        "hr ",
    ):
        yield piece * (10_000 // len(piece))


@pytest.mark.parametrize("typed", list(_long_texts()))
def test_ten_thousand_characters_cost_no_more_than_a_line(few: Engine, typed: str) -> None:
    asked = Counting(few.vocabulary, inner=few)
    answer(plan(typed, asked.vocabulary), asked, TODAY).hits(Narrowing(), TODAY, 0, 10)
    assert asked.questions <= MOST_QUESTIONS
    assert asked.terms <= MOST_TERMS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=4 * LONGEST_QUERY))
def test_no_text_asks_for_more_than_the_bound(few: Engine, typed: str) -> None:
    asked = Counting(few.vocabulary, inner=few)
    answer(plan(typed, asked.vocabulary), asked, TODAY).hits(Narrowing(), TODAY, 0, 10)
    assert asked.questions <= MOST_QUESTIONS
    assert asked.terms <= MOST_TERMS


@pytest.mark.parametrize(
    "typed",
    ["AND (", "*", "n*", "%", "' OR 1=1 --", "\x00", "\u202e", "😀", "?", "(((", "江", "a", "~", "公司"],
)
def test_every_oddity_has_an_answer(crowd: Engine, typed: str) -> None:
    total, found = hits(crowd, typed, 0, 20)
    assert len(found) == min(total, 20)


def test_only_a_few_resembling_names_are_judged(crowd: Engine) -> None:
    total, _ = hits(crowd, "临江德按劳霧派遣有限公司")
    assert total <= COMPARED
