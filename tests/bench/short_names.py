"""Real short names of companies, as people type them, against their full names among others."""

import csv
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengxin.core.folding import compact
from chengxin.search import places
from chengxin.search.documents import SearchDocument
from chengxin.search.engine import Engine, Narrowing
from chengxin.search.pipeline import answer
from chengxin.search.planner import plan
from chengxin.search.sounds import reading_table
from chengxin.search.vocabulary import RegisterWords
from tests.bench.building import written

ENVIRONMENT = "CHENGXIN_BENCH_NAMES"
LISTED, BRANDS, OTHERS, REGIONS = (
    "cn_listed_short_full_dev.csv", "cn_company_brand_dev.csv", "cn_company_names_dev.csv", "cn_regions.csv",
)  # fmt: skip
MARKS = re.compile(r"^(?:\*?ST|S\*?ST|PT|G|N|XD|退市)+|[AB]$|\s", re.ASCII)
FIRST, GOAL = 5, 0.95


@dataclass(frozen=True)
class Asked:
    """A short name and the full names it stands for."""

    short: str
    full: frozenset[str]


def main() -> int:
    """Print how many short names lead to their full name and return whether the goal is missed."""
    folder = Path(os.environ.get(ENVIRONMENT, ""))
    if not os.environ.get(ENVIRONMENT) or not (folder / LISTED).is_file():
        print(f"real short names: left out: no data ({ENVIRONMENT} names no folder with {LISTED})")
        return 0
    listed, brands = list(_listed(folder)), list(_brands(folder))
    with tempfile.TemporaryDirectory() as index:
        engine, names = _engine(folder, Path(index), [*listed, *brands])
        missed = _printed("listed companies' short names", listed, engine, names)
        return missed + _printed("trade names", brands, engine, names)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _listed(folder: Path) -> Iterator[Asked]:
    """Yield each short name with its full name; marks of the stock exchange are no part of it."""
    for row in _rows(folder / LISTED):
        yield Asked(MARKS.sub("", row["short_name"]), frozenset({row["full_name"]}))


def _brands(folder: Path) -> Iterator[Asked]:
    rows = [row for row in _rows(folder / BRANDS) if row["brand"]]
    for row in rows:
        yield Asked(
            row["brand"], frozenset(each["full_name"] for each in rows if row["brand"] in each["full_name"])
        )


def _engine(folder: Path, index: Path, asked: Sequence[Asked]) -> tuple[Engine, list[str]]:
    """Return an engine over all full names and the others beside them, and the names by id."""
    others = [row["full_name"] for row in _rows(folder / OTHERS)]
    names = list(dict.fromkeys([*(name for each in asked for name in each.full), *others]))
    regions = [(row["code"], row["name"]) for row in _rows(folder / REGIONS)]
    documents = [
        SearchDocument(agency_id=at, rank=at, name=compact(name), aliases=places.said(name), opened=date.min)
        for at, name in sorted(enumerate(names), key=lambda each: len(each[1]))
    ]
    return written(index, documents, RegisterWords(regions=regions, readings=reading_table())).engine, names


def _printed(what: str, asked: Sequence[Asked], engine: Engine, names: Sequence[str]) -> int:
    found = 0
    for each in asked:
        answered = answer(plan(each.short, engine.vocabulary), engine, date.min)
        _, hits = answered.hits(Narrowing(), date.min, 0, FIRST)
        right = any(names[hit.agency_id] in each.full for hit in hits)
        found += right
        if not right and os.environ.get("CHENGXIN_BENCH_SHOW"):
            print("  missed:", each.short, *each.full, "->", *(names[hit.agency_id] for hit in hits[:3]))
    share = found / len(asked)
    print(
        f"{what}: {share:.4f} of {len(asked):,} in the first {FIRST} (goal {GOAL}) {'met' if share >= GOAL else 'NOT MET'}"
    )
    return share < GOAL
