"""Fifty people at the desk and at the status page of an installation with 100,000 cases, on a real server.

Each person looks at a page, reads for a second, and looks at the next one; every fourth look opens a case of the page
before, which writes into the ledger that it was read, and once a second somebody decides a case, which moves every
queue. The bar is what the best open peer publishes: 95 of 100 dashboards within 400 ms and status pages within 200 ms.
"""

import http.client
import os
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.bench import desk_corpus
from tests.bench.serving import Server, serving
from tests.make import account

PEOPLE = 50
SECONDS = 20.0
READING = 1.0
CASES = int(os.environ.get("CHENGXIN_BENCH_CASES", "100000"))
DATABASE = os.environ.get("CHENGXIN_BENCH_DATABASE", "")
QUEUE_GOAL, STATUS_GOAL = 400.0, 200.0
LOOKS = (
    *("", "?view=overdue", "?view=mine", "?view=unassigned", "?page=2", "?category=fees", "?region=990001"),
    *("?view=heard", "?view=ended"),
)
OPENINGS = 4  # every so many looks a case is opened
DECISIONS = 1.0  # seconds between two decisions of all together
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ROW = re.compile(r'class="once" href="(/desk/complaints/[^"]+)"')
HIDDEN = re.compile(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')
TAKEN = frozenset({"csrf_token", "version", "view"})
PASSWORD: str = (account.__kwdefaults__ or {})["password"]


@dataclass
class Person:
    """One browser: its connection, its cookies, and how long each answer took."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    looks: int = 0

    def __post_init__(self) -> None:
        """Open the connection that stays open."""
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, form: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page or send a form; return status and text."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is None:
            self.line.request("GET", path, headers=headers)
        else:
            self.line.request("POST", path, urlencode(form), headers | FORM)
        answer = self.line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, text

    def timed(self, path: str, form: Mapping[str, str] | None = None) -> str:
        """Ask, and keep how long the answer took; anything but a page is an error."""
        started = time.perf_counter()
        status, text = self.ask(path, form)
        kept = self.opened if path in self.rows else self.milliseconds
        kept.append((time.perf_counter() - started) * 1_000)
        if status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {status}")
        return text


def token_of(text: str) -> str:
    """Return the token of the first form of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found, text[:500]
    return found[1]


def officers(port: int) -> list[Person]:
    """Sign in as many browsers as there are people, a few to each account."""
    people = []
    for number in range(PEOPLE):
        person = Person(port)
        form = {"csrf_token": token_of(person.ask("/desk/login")[1]), "next": ""}
        signs = {"username": f"officer{number % desk_corpus.OFFICERS}", "password": PASSWORD}
        status, text = person.ask("/desk/login", form | signs)
        assert status == http.HTTPStatus.SEE_OTHER, text[:500]
        people.append(person)
    return people


@dataclass(frozen=True)
class Pace:
    """How long the answers of one measurement took, and the server's processor time for each."""

    spent: list[float]
    processor: float
    opened: list[float]


def work(
    server: Server,
    people: list[Person],
    look: Callable[[Person, random.Random], None],
    reading: float,
) -> Pace:
    """Let everybody look at pages at the same time; return how long each answer took and cost."""
    end, before = time.monotonic() + SECONDS, server.processor_seconds()
    for person in people:
        person.milliseconds.clear()
        person.opened.clear()

    def live(person: Person, dice: random.Random) -> None:
        time.sleep(dice.random() * reading)
        while time.monotonic() < end:
            look(person, dice)
            time.sleep(dice.uniform(0.5, 1.5) * reading)

    threads = [
        threading.Thread(target=live, args=(person, random.Random(number)))
        for number, person in enumerate(people)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    spent = sorted(each for person in people for each in person.milliseconds)
    opened = sorted(each for person in people for each in person.opened)
    answers = max(1, len(spent) + len(opened))
    return Pace(spent, (server.processor_seconds() - before) * 1_000 / answers, opened)


def told(name: str, pace: Pace, goal: float | None) -> int:
    """Print the figures of one measurement; return whether its goal is missed."""
    marks = statistics.quantiles(pace.spent, n=100)
    verdict = "" if goal is None else f" (goal {goal:.0f}) {'ok' if marks[94] < goal else 'MISSED'}"
    print(
        f"{name:<34}{len(pace.spent) / SECONDS:>7.1f}/s  p50 {marks[49]:>6.0f}  p95 {marks[94]:>6.0f}"
        f"  p99 {marks[98]:>6.0f} ms, processor {pace.processor:>5.1f} ms each{verdict}",
        flush=True,
    )
    return int(goal is not None and marks[94] >= goal)


def look_at_queue(person: Person, dice: random.Random) -> None:
    """Look at one of the pages officers look at; every now and then open one of its cases."""
    person.looks += 1
    if person.rows and person.looks % OPENINGS == 0:
        person.timed(dice.choice(person.rows))
        return
    text = person.timed(f"/desk/{dice.choice(LOOKS)}")
    person.rows = [path.replace("&amp;", "&") for path in ROW.findall(text)]


@contextmanager
def deciding(people: list[Person]) -> Iterator[list[int]]:
    """Let one decision after the other be made meanwhile, by whoever comes next; yield those that were made."""
    ended, made = threading.Event(), list[int]()

    def decide() -> None:
        number = 0
        while not ended.wait(DECISIONS):
            person = Person(people[0].port, dict(people[number % len(people)].cookies))
            number += 1
            made.extend([number] if decided(person) else [])
            person.line.close()

    thread = threading.Thread(target=decide)
    thread.start()
    yield made
    ended.set()
    thread.join()


def decided(person: Person) -> bool:
    """Accept one of the cases that wait to be accepted, as an officer does; tell whether it was still there."""
    rows = [path.replace("&amp;", "&") for path in ROW.findall(person.ask("/desk/?view=unassigned")[1])]
    for path in random.sample(rows, len(rows)):
        text = person.ask(path)[1]
        form = re.search(r'<form[^>]*action="([^"]+/decide)[^"]*".*?</form>', text, re.DOTALL)
        if form and 'value="accept"' in form[0]:
            fields = {name: value for name, value in HIDDEN.findall(form[0]) if name in TAKEN}
            status, _ = person.ask(form[1], fields | {"move": "accept"})
            return status == http.HTTPStatus.SEE_OTHER
    return False


def trackers(port: int, receipts: list[str]) -> tuple[list[Person], Callable[[Person, random.Random], None]]:
    """Return people with the form of the status page open, and what they do."""
    people = [Person(port) for _ in range(PEOPLE)]
    tokens = {id(each): token_of(each.ask("/track")[1]) for each in people}

    def look(person: Person, dice: random.Random) -> None:
        code, _, phrase = dice.choice(receipts).partition(" ")
        person.timed("/track", {"csrf_token": tokens[id(person)], "code": code, "phrase": phrase})

    return people, look


def main() -> int:
    """Measure the queue and the status page and return how many goals are missed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = desk_corpus.settings_of(Path(folder), DATABASE)
        started = time.monotonic()
        receipts = desk_corpus.built(settings, cases=CASES)
        print(f"{CASES:,} cases written in {time.monotonic() - started:.0f} s", flush=True)
        environ = {
            "CHENGXIN_DATA_DIR": folder,
            "CHENGXIN_RATE_LIMITS": "off",
            "CHENGXIN_SECOND_FACTOR": "off",
        }
        environ |= {"CHENGXIN_DATABASE_URL": DATABASE} if DATABASE else {}
        with serving("wsgi:app", environ, ready="/desk/login") as server:
            people = officers(server.port)
            # In the first second of a day nothing is kept, and each first look is noted: told apart, without a goal.
            told("queue, all fifty begin at once", work(server, people, look_at_queue, READING), None)
            with deciding(people) as made:
                pace = work(server, people, look_at_queue, READING)
            missed = told("queue, reading a second", pace, QUEUE_GOAL)
            told("  cases opened from it", Pace(pace.opened, 0.0, []), None)
            print(f"  decisions meanwhile: {len(made)}", flush=True)
            with deciding(people):
                told("queue, never pausing", work(server, people, look_at_queue, 0.0), None)
            tracking, look = trackers(server.port, receipts)
            missed += told("status page, reading 10 seconds", work(server, tracking, look, 10.0), STATUS_GOAL)
            told("status page, reading a second", work(server, tracking, look, READING), None)
    return missed


if __name__ == "__main__":
    sys.exit(main())
