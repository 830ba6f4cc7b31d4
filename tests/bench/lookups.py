"""The lookup beside tantivy and SQLite FTS5: the same tokens and plans, in turns, in one process."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Engine, Narrowing
from chengxin.search.pipeline import Resembling, answer
from chengxin.search.planner import Plan, plan
from chengxin.search.sounds import Sounds
from chengxin.search.tokens import Tokenizer
from chengxin.search.whoosh.columns import names_of, profile_of
from tests.bench import corpus, rival_fts5, rival_tantivy
from tests.bench.building import Built, by_rank, written
from tests.bench.questions import Drawer
from tests.bench.rivals import RivalEngine
from tests.bench.upkeep import upkeep
from tests.bench.verdicts import Verdicts

ROUNDS = 3
OF_A_CLASS = 40
FIRST = 10
SEED = 4_646
HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000
OURS, TANTIVY, FTS5 = "chengxin", "tantivy", "FTS5"
NOBODY = Narrowing()
Ask = Callable[[Engine, Plan], object]


@dataclass(frozen=True)
class Stage:
    """One kind of question: the plans, and how an engine is asked."""

    name: str
    plans: Sequence[Plan]
    ask: Ask


def main() -> int:
    """Measure 100,000 agencies, with CHENGXIN_BENCH_MILLION also a million, and return how many goals are missed."""
    verdicts = Verdicts()
    size = int(os.environ.get("CHENGXIN_BENCH_SIZE", HUNDRED_THOUSAND))
    _measured(size, verdicts, path=corpus.given())
    if os.environ.get("CHENGXIN_BENCH_MILLION"):
        small, large = _measured(HUNDRED_THOUSAND), _measured(MILLION)  # of one invented corpus
        verdicts.judge("strict p95 at 1,000,000 ÷ at 100,000", large / small, 5.0)
    return verdicts.missed


def _measured(size: int, verdicts: Verdicts | None = None, *, path: Path | None = None) -> float:
    """Print the table for one size and return our p95 of strict questions."""
    today = date.today()  # noqa: DTZ011 (a measurement, not the site)
    register = list(corpus.read(path, size) if path else corpus.invented(size))
    print(f"\n{len(register):,} agencies, {'the given corpus' if path else 'an invented corpus'}")
    texts = [each.text for each in Drawer(register[:HUNDRED_THOUSAND], SEED).questions(OF_A_CLASS)]
    words, documents = corpus.words(iter(register)), by_rank(register, today)
    register.clear()
    with tempfile.TemporaryDirectory() as folder:
        ours = written(Path(folder) / "ours", documents, words)
        engines = _engines(Path(folder), ours, documents, verdicts)
        times = {stage.name: _timed(stage, engines) for stage in _stages(texts, ours.engine, today)}
        _print(times)
        if verdicts:
            _judge(times, verdicts)
            upkeep(ours, documents, Path(folder) / "tantivy", verdicts)
    return _at(times["strict"][OURS], 95)


def _engines(
    folder: Path, ours: Built, documents: Sequence[SearchDocument], verdicts: Verdicts | None
) -> Mapping[str, Engine]:
    """Build the rivals and return all engines; print what building cost."""
    tokenizer = Tokenizer(Sounds(ours.engine.vocabulary.register.readings))
    (folder / "tantivy").mkdir()
    spent = rival_tantivy.build(folder / "tantivy", documents, tokenizer)
    table = rival_fts5.build(folder / "fts5.db", documents, tokenizer)
    size = sum(path.stat().st_size for path in (folder / "tantivy").rglob("*"))
    print(f"build: {OURS} {ours.processor:.1f} s, {ours.size / 1e6:.0f} MB · {TANTIVY} {spent:.1f} s, {size / 1e6:.0f} MB"
          f" · {FTS5} {table:.1f} s, {(folder / 'fts5.db').stat().st_size / 1e6:.0f} MB")  # fmt: skip
    if verdicts:
        verdicts.judge("build, processor time ÷ tantivy", ours.processor / spent, 3.0)
        verdicts.judge("index size ÷ tantivy", ours.size / size, 4.0)
    profiles = [profile_of(each.agency_id, names_of(each), each.region) for each in documents]
    vocabulary = ours.engine.vocabulary
    return {
        OURS: ours.engine,
        TANTIVY: RivalEngine(rival_tantivy.TantivyStore(folder / "tantivy"), profiles, vocabulary),
        FTS5: RivalEngine(rival_fts5.Fts5Store(folder / "fts5.db"), profiles, vocabulary),
    }


def _stages(texts: Sequence[str], engine: Engine, today: date) -> Iterator[Stage]:
    """Yield the kinds of questions; which of them are relaxed our engine tells."""
    plans = [plan(text, engine.vocabulary) for text in texts]
    answers = [answer(each, engine, today) for each in plans]
    strict = [each for each in plans if each.strict and not each.code and engine.all_of(each.strict).total]
    relaxed = [each for each, found in zip(plans, answers, strict=True) if isinstance(found, Resembling)]

    def first_ten(asked: Engine, each: Plan) -> object:
        found = asked.all_of(each.strict)
        return found.ids(0, FIRST), found.total

    def with_facets(asked: Engine, each: Plan) -> object:
        found = asked.all_of(each.strict)
        return found.ids(0, FIRST), found.facets(NOBODY, today)

    def whole(asked: Engine, each: Plan) -> object:
        return answer(each, asked, today).hits(NOBODY, today, 0, FIRST)

    yield Stage("strict", strict, first_ten)
    yield Stage("with facets", strict, with_facets)
    yield Stage("whole pipeline", plans, whole)
    yield Stage("relaxed", relaxed, whole)


def _timed(stage: Stage, engines: Mapping[str, Engine]) -> dict[str, list[float]]:
    """Return for each engine the milliseconds of every question, the middle one of some rounds.

    It is the processor time of the asking thread: what else the machine does must not count.
    """
    times: dict[str, list[float]] = {name: [] for name in engines}
    for each in stage.plans:
        rounds: dict[str, list[float]] = {name: [] for name in engines}
        for turn in range(ROUNDS):
            names = list(engines)
            for name in (*islice(names, turn, None), *islice(names, turn)):
                start = time.thread_time()
                stage.ask(engines[name], each)
                rounds[name].append((time.thread_time() - start) * 1e3)
        for name, taken in rounds.items():
            times[name].append(statistics.median(taken))
    return times


def _print(times: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    for stage, engines in times.items():
        for name, taken in engines.items():
            cuts = " ".join(f"p{at} {_at(taken, at):8.3f}" for at in (50, 95, 99))
            print(f"{stage:<16}{name:<10}{cuts} ms  ({len(taken)} questions)")


def _judge(times: Mapping[str, Mapping[str, Sequence[float]]], verdicts: Verdicts) -> None:
    def ratio(stage: str, at: int) -> float:
        return _at(times[stage][OURS], at) / _at(times[stage][TANTIVY], at)

    verdicts.judge("strict p50 ÷ tantivy", ratio("strict", 50), 1.0)
    verdicts.judge("strict p95 ÷ tantivy", ratio("strict", 95), 1.5)
    verdicts.judge("with facets p50 ÷ tantivy", ratio("with facets", 50), 1.0)
    verdicts.judge("whole pipeline p50 ÷ tantivy", ratio("whole pipeline", 50), 1.0)
    verdicts.judge("relaxed p95, ms", _at(times["relaxed"][OURS], 95), 5.0)


def _at(taken: Sequence[float], percent: int) -> float:
    return sorted(taken)[min(len(taken) - 1, len(taken) * percent // 100)]
