"""A finished page beside Flask's hello-world under the same server, and pages under continuous publication."""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.migrating import upgrade_database
from tests import make
from tests.bench.load import read_for
from tests.bench.race import races
from tests.bench.serving import Server, serving
from tests.conftest import settings_in

SECONDS = 3.0
ROUNDS = 5
READS = 10_000
RATE_GOAL = 3.0
PROCESSOR_GOAL = 0.3
PAGE = "/notices/"


@dataclass(frozen=True)
class Pace:
    """How fast a server answered and what each answer cost."""

    per_second: float
    microseconds: float


def main() -> int:
    """Print the ratios against their goals and return how many are missed."""
    missed = _rates()
    print()
    for name, race in races(READS).items():
        verdict = "ok" if race.faults == 0 else "MISSED"
        print(
            f"torn or late pages on {name}: {race.faults} of {race.reads:,} reads "
            f"during {race.publications:,} publications (goal 0) {verdict}"
        )
        missed += race.faults > 0
    return missed


def _rates() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environ = _site_in(Path(folder))
        with (
            serving("tests.bench.hello:app", {}) as hello,
            serving("wsgi:public", environ, ready=PAGE) as site,
        ):
            pairs = [(_pace(hello, "/"), _pace(site, PAGE)) for _ in range(ROUNDS)]
    for name, index in (("Flask hello-world", 0), (f"finished page {PAGE}", 1)):
        rate = statistics.median(pair[index].per_second for pair in pairs)
        cost = statistics.median(pair[index].microseconds for pair in pairs)
        print(f"{name:<28}{rate:>10,.0f} requests/s {cost:>8.1f} µs of processor each")
    rates = statistics.median(page.per_second / hello.per_second for hello, page in pairs)
    costs = statistics.median(page.microseconds / hello.microseconds for hello, page in pairs)
    print(f"requests/s: {rates:.2f} times (goal ≥ {RATE_GOAL}) {_verdict(rates >= RATE_GOAL)}")
    print(f"processor:  {costs:.2f} times (goal ≤ {PROCESSOR_GOAL}) {_verdict(costs <= PROCESSOR_GOAL)}")
    return (rates < RATE_GOAL) + (costs > PROCESSOR_GOAL)


def _pace(server: Server, path: str) -> Pace:
    read_for(server.port, path, 1)
    before = server.processor_seconds()
    answers = read_for(server.port, path, SECONDS)
    cost = server.processor_seconds() - before
    return Pace(answers / SECONDS, cost / answers * 1e6)


def _site_in(folder: Path) -> Mapping[str, str]:
    """Fill a small site and return the environment that serves it."""
    settings = settings_in(folder)
    upgrade_database(settings)
    database = Database(settings)
    with frozen(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)), database.writing() as session:
        for _ in range(40):
            make.notice(session)
    database.dispose()
    return {"CHENGXIN_DATA_DIR": str(folder), "CHENGXIN_SECRET_KEY": "a secret of the bench"}


def _verdict(reached: bool) -> str:  # noqa: FBT001 (it is the whole question)
    return "ok" if reached else "MISSED"
