"""One question, one answer: Whoosh, PostgreSQL and a plain list agree on totals, order, reasons and counts."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import POSTGRESQL, emptied, settings_in
from tests.lookups import told
from tests.oracle import Always, Oracle

from chengxin.agencies.models import Agency, AgencyName, AgencyService
from chengxin.config import POSTGRESQL as TABLES
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.search import gathering, indexer, rarity
from chengxin.search.engine import Narrowing, Order, Source
from chengxin.search.queries import LookupRequest, LookupResult, lookup
from chengxin.search.sources import source_of

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
AGENCIES = 700
PLACES = (("990100", "江州"), ("990101", "东湖"), ("990102", "临江"), ("980100", "云汀"), ("980101", "白石"))
BRANDS = [
    "远帆",
    "远航",
    "启程",
    "佳禾",
    "嘉和",
    "众合",
    "众禾",
    "白鹭",
    "百川",
    "晨光",
    "辰光",
    "捷聘",
    "乐聘",
    "重阳",
    "长乐",
    "银行",
    "朝阳",
    "e聘",
    "O2O",
]
TRADES = ("人力资源", "劳务派遣", "人才服务", "家政服务", "职业介绍")
FORMS = ("有限公司", "有限责任公司", "集团有限公司", "")
SERVICES = ("recruitment", "dispatch", "outsourcing", "training", "灵活用工")
WORDS = (
    "靠谱吗", "有没有", "叫", "的", "黄牌", "AAA级", "过期", "劳务派遣", "yuan fan", "jzyf", "yuanfan", "dongtu", "dispatch",
    "江", "远", "(", "*", "AND", "'", "\\", "", " ", "9132", "2024", "东湖区", "JIANGZHOU", "O2O", "e", "遠帆", "逺帆",
)  # fmt: skip


@dataclass
class Ground:
    """A register with every engine over it."""

    database: Database
    sources: dict[str, Settings]

    def answers(self, request: LookupRequest, today: date) -> dict[str, LookupResult]:
        with self.database.reading() as session:
            sources: dict[str, Source] = {name: source_of(each) for name, each in self.sources.items()}
            sources["plain list"] = Always(self.oracle(session))
            return {name: lookup(session, each, request, today=today) for name, each in sources.items()}

    def oracle(self, session: Session) -> Oracle:
        if self._oracle is None:
            self._oracle = Oracle(session, gathering.register_words(session))
        return self._oracle

    def update(self) -> None:
        for each in self.sources.values():
            indexer.update(each, self.database)
        self._oracle = None

    _oracle: Oracle | None = None


@pytest.fixture(scope="module", params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("engines")
    places = settings_in(folder)
    if request.param == "postgresql":
        url = request.getfixturevalue("migrated_postgresql")
        places = settings_in(folder, database_url=url)
    else:
        Path(folder / "chengxin.db").write_bytes(request.getfixturevalue("migrated_file").read_bytes())
    database = Database(places)
    ready = Ground(database, {"whoosh": places})
    if request.param == "postgresql":
        emptied(database)
        ready.sources["postgresql"] = settings_in(folder, database_url=url, search_engine=TABLES)
    with clock.frozen(NOON):
        with database.writing() as session:
            filled(session)
        for each in ready.sources.values():
            assert indexer.rebuild(each, database) == AGENCIES
        yield ready
    database.dispose()


def filled(session: Session) -> None:
    dice = random.Random(46)
    for code, name in PLACES:
        make.region(session, code=code, name=f"{name}{'市' if code.endswith('00') else '区'}")
    for number in range(AGENCIES):
        enrolled(session, dice, number)


def enrolled(session: Session, dice: random.Random, number: int) -> Agency:
    code, place = dice.choice(PLACES)
    brand, trade = dice.choice(BRANDS), dice.choice(TRADES)
    name = (
        f"{place}{brand}{trade}{dice.choice(FORMS)}" if number % 9 else f"{brand}{place}{trade}第{number}部"
    )
    made = make.agency(
        session,
        name=name,
        region_code=code,
        grade=dice.choice(("", "A", "AAA", "AAAAA")),
        status=dice.choice(("active", "active", "active", "closed")),
    )
    for each in dice.sample(SERVICES, dice.randrange(4)):
        session.add(AgencyService(agency_id=made.id, service=each))
    for kind in ("former", "trade"):
        if not dice.randrange(5):
            other = f"{place}{dice.choice(BRANDS)}{kind[0].upper()}{number}"
            session.add(AgencyName(agency_id=made.id, kind=kind, name=other, folded_name=other))
    for _ in range(dice.randrange(3)):
        ends = TODAY + timedelta(days=dice.choice((-30, -1, 0, 1, 3, 700)))
        begins = ends - timedelta(days=dice.choice((900, 1825)))
        status = dice.choice(("valid", "valid", "valid", "revoked", "suspended"))
        make.permit(session, made, status=status, valid_from=begins, valid_to=ends)
    return made


def seen(result: LookupResult) -> tuple[object, ...]:
    assert result.from_index
    hits = [(hit.agency_id, hit.matched, hit.score) for hit in result.hits]
    return result.total, hits, result.facets


def agree(ground: Ground, request: LookupRequest, today: date = TODAY) -> LookupResult:
    answers = ground.answers(request, today)
    plain = answers.pop("plain list")
    for name, other in answers.items():
        assert seen(other) == seen(plain), name
    return plain


WRITTEN = (
    "", "远帆", "江州远帆人力资源有限公司", "江州远凡人力资源", "江州远帆入力资源", "yuanfan", "jiangzhou yuanfan", "jzyfrlzy",
    "江州有没有叫众合的劳务公司", "黄牌", "东湖区 家政", "9", "江", "遠帆人力資源", "人力资源", "有限公司", "重阳", "chongyang",
    "zhongyang", "江州的", "AND (", "***", "e聘", "O2O", "江州 AAA级 劳务派遣", "云汀市白石区", "%", "'; DROP TABLE agency; --",
)  # fmt: skip


@pytest.mark.parametrize("typed", WRITTEN)
def test_every_engine_gives_the_same_answer(ground: Ground, typed: str) -> None:
    agree(ground, LookupRequest(q=typed, limit=50))


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("typed", ["", "江州", "远帆", "江州远凡人力资源"])
def test_every_engine_lays_answers_out_alike(ground: Ground, typed: str, order: Order) -> None:
    for page in (1, 2, 7):
        agree(ground, LookupRequest(q=typed, order=order, page=page, limit=30))


def test_every_page_of_a_long_answer_is_the_same(ground: Ground) -> None:
    total = agree(ground, LookupRequest(q="")).total
    listed = [agree(ground, LookupRequest(page=page + 1, limit=100)).hits for page in range(7)]
    assert len({hit.agency_id for hits in listed for hit in hits}) == total == AGENCIES


def numbers(ground: Ground) -> Sequence[str]:
    with ground.database.reading() as session:
        return [code for entry in ground.oracle(session).entries for code in entry.document.codes]


def test_every_engine_finds_numbers_by_any_beginning(ground: Ground) -> None:
    for number in numbers(ground)[:20]:
        for length in (4, 6, len(number)):
            agree(ground, LookupRequest(q=number[:length]))
    assert agree(ground, LookupRequest(q=numbers(ground)[0])).total == 1


names = st.builds(
    lambda place, brand, trade, form: f"{place}{brand}{trade}{form}",
    st.sampled_from(["", *(name for _, name in PLACES)]),
    st.sampled_from(BRANDS),
    st.sampled_from(["", *TRADES]),
    st.sampled_from(FORMS),
)
cut = st.builds(
    lambda name, start, stop: name[start : start + stop], names, st.integers(0, 5), st.integers(1, 12)
)
slipped = st.builds(
    lambda name, at, other: name[:at] + other + name[at + 1 :],
    names,
    st.integers(0, 9),
    st.sampled_from("园行合和江人e"),
)
typed = st.lists(st.one_of(names, cut, slipped, st.sampled_from(WORDS)), min_size=1, max_size=3).map(" ".join)
filters = st.builds(
    Narrowing,
    standing=st.sampled_from(["", "", "registered", "unverified", "revoked", "nonsense"]),
    region=st.sampled_from(["", "", "990000", "990100", "990101", "980100", "123456"]),
    service=st.sampled_from(["", "", "", *SERVICES, "nothing", "a'b"]),
    grade=st.sampled_from(["", "", "AAA", "A"]),
    licence=st.sampled_from(["", "", "valid", "expired", "none", "suspended"]),
)
requests = st.builds(
    LookupRequest,
    q=typed,
    narrowing=filters,
    page=st.integers(1, 4),
    limit=st.sampled_from([5, 20, 100]),
    order=st.sampled_from(Order),
)


@given(request=requests, days=st.sampled_from([0, 0, 1, 2, 5]))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_every_engine_gives_the_same_answer(
    ground: Ground, request: LookupRequest, days: int
) -> None:
    agree(ground, request, TODAY + timedelta(days=days))


@given(request=requests)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_engines_agree_where_candidates_are_cut_off(ground: Ground, request: LookupRequest) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rarity, "POSTINGS_WALKED", 20)
        patch.setattr("chengxin.search.pipeline.CANDIDATES", 15)
        agree(ground, request)


@pytest.mark.parametrize("rounds", [1, 3, 12])
def test_engines_agree_after_changes(ground: Ground, rounds: int) -> None:
    dice = random.Random(rounds)
    for number in range(rounds):
        with ground.database.writing() as session:
            changed(session, dice, number)
        ground.update()
    for q in ("", "远帆", "江州远凡人力资源", "改名", "新来", "yuanfan", "人力资源有限公司"):
        for order in Order:
            agree(ground, LookupRequest(q=q, order=order, limit=100))
    for each in ground.sources.values():
        assert indexer.verify(each, ground.database) == []


def changed(session: Session, dice: random.Random, number: int) -> None:
    """Rename one agency, merge one into it, grade one, and enrol one."""
    ids = gathering.ids_by_rank(session)
    renamed, merged, graded = (session.get(Agency, each) for each in dice.sample(list(ids), 3))
    assert renamed
    assert merged
    assert graded
    renamed.name = renamed.folded_name = f"江州改名{dice.choice(BRANDS)}人力资源有限公司"
    merged.merged_into_id, graded.grade = renamed.id, "AAAAA"
    fresh = enrolled(session, dice, number)
    fresh.name = fresh.folded_name = f"江州新来{dice.choice(BRANDS)}人力资源有限公司"
    for each in (renamed, merged, graded, fresh):
        told(session, each)


def test_a_filter_value_nobody_could_mean_finds_nothing(ground: Ground) -> None:
    for value in ("\0", "a\0b", "'", "\\", "%", "\ud7ff"):
        narrowing = Narrowing(service=value, region=value, grade=value)
        assert agree(ground, LookupRequest(narrowing=narrowing)).total == 0
