"""How many of the right answers stand among the first ten, by class of question, on questions drawn afresh."""

import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from chengxin.search.engine import Engine, Narrowing
from chengxin.search.pipeline import answer
from chengxin.search.planner import plan
from tests.bench import corpus
from tests.bench.building import built
from tests.bench.questions import GOALS, Drawer, Question

FIRST = 10
SEED = 20_261_122


def main() -> int:
    """Print the recall of every class and return how many miss their goal."""
    today = date.today()  # noqa: DTZ011 (a measurement, not the site)
    register = list(corpus.agencies(int(os.environ.get("CHENGXIN_BENCH_SIZE", "100000"))))
    seed = int(os.environ.get("CHENGXIN_BENCH_SEED", SEED))
    with tempfile.TemporaryDirectory() as folder:
        engine = built(Path(folder), register, today).engine
        questions = list(Drawer(register, seed).questions())
        print(
            f"recall among the first {FIRST}, {len(register):,} agencies, {len(questions):,} fresh questions"
        )
        return _printed(questions, engine, today)


def _printed(questions: Sequence[Question], engine: Engine, today: date) -> int:
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for question in questions:
        shares[question.kind].append(recall(question, engine, today))
    missed = 0
    for kind, goal in GOALS.items():
        if not shares[kind]:
            continue
        mean = statistics.fmean(shares[kind])
        missed += mean < goal
        verdict = "met" if mean >= goal else "NOT MET"
        print(f"{kind:<16}{len(shares[kind]):>5}{mean:>9.4f} (goal {goal}) {verdict}")
    return missed


def recall(question: Question, engine: Engine, today: date) -> float:
    """Return which share of the right answers, or of ten of them, stands among the first ten."""
    found = answer(plan(question.text, engine.vocabulary), engine, today)
    _, hits = found.hits(Narrowing(), today, 0, FIRST)
    right = sum(hit.agency_id in question.right for hit in hits)
    if os.environ.get("CHENGXIN_BENCH_SHOW") and right < min(FIRST, len(question.right)):
        print("  missed:", question.kind, question.text, len(question.right), right)
    return right / min(FIRST, len(question.right))
