"""Which decisions were taken against whom in the last three years, and what became of them."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from chengxin.agencies.rules import PermitKind
from chengxin.sample.city import City
from chengxin.sample.courses import COURSES
from chengxin.sample.dice import dice, pick
from chengxin.sample.hands import BATCHED_FATES, REPAIR_FATES, URGENT_FATES, Decision
from chengxin.sample.profiles import Profile
from chengxin.sample.reading import table
from chengxin.standing.sanctions.rules import NoticeKind, State

RECENT, YEAR, OLD = 54, 326, 1_050
# Every kind and every state stands in each sample, however small: kind, days ago, fate.
ESSENTIAL = (
    (NoticeKind.EXPOSURE, 700, "live"),
    (NoticeKind.SERIOUS_LISTING, 610, "live"),
    (NoticeKind.LICENCE_ACTION, 480, "live"),
    (NoticeKind.YELLOW_CARD, 260, "live"),
    (NoticeKind.EXPOSURE, 240, State.REPAIRED),
    (NoticeKind.EXPOSURE, 180, State.WITHDRAWN),
    (NoticeKind.EXPOSURE, 160, "repair_granted"),
    (NoticeKind.EXPOSURE, 150, "proposed"),
    (NoticeKind.EXPOSURE, 145, "repair_asked"),
    (NoticeKind.YELLOW_CARD, 70, "live"),
    (NoticeKind.EXPOSURE, 20, State.REJECTED),
    (NoticeKind.EXPOSURE, 300, State.ARCHIVED),
    (NoticeKind.EXPOSURE, 200, "urgent"),
    (NoticeKind.EXPOSURE, 130, "lapsed"),
    (NoticeKind.EXPOSURE, 50, "overdue"),
    (NoticeKind.EXPOSURE, 27, State.SERVED),
    (NoticeKind.EXPOSURE, 23, State.DECIDED),
    (NoticeKind.EXPOSURE, 12, State.HEARING),
    (NoticeKind.YELLOW_CARD, 6, State.LEGAL_REVIEW),
    (NoticeKind.EXPOSURE, 5, State.PRIOR_NOTICE),
    (NoticeKind.EXPOSURE, 4, State.LEGAL_REVIEW),
    (NoticeKind.EXPOSURE, 3, "returned"),
    (NoticeKind.EXPOSURE, 1, State.DRAFT),
)
# What these fates need: a penalty that may be heard, whose notice may be repaired after three months.
LASTING = frozenset(
    {State.REPAIRED, State.ARCHIVED, "proposed", *REPAIR_FATES, *BATCHED_FATES, *URGENT_FATES, *COURSES}
)
FATES = {"live": 88, State.REPAIRED: 9, State.WITHDRAWN: 3}


def plan(city: City) -> None:
    """Plan every decision, numbered in each year as they were taken."""
    orders: dict[int, int] = {}
    for decision in sorted(_decisions(city), key=lambda each: (-each.days, each.number)):
        year = city.day(decision.days).year
        decision.order = orders[year] = orders.get(year, 0) + 1
        decision.plan()


def parties(city: City) -> list[Profile]:
    """Return the agencies decisions may be about: two of three that run; the others stay clean."""
    drawn = city.profiles[len(table("agencies")["agency"]) :]
    return [each for each in drawn if each.number % 3 and not each.ending and not each.is_branch]


def _decisions(city: City) -> Iterator[Decision]:
    for number, story in enumerate(table("notices")["story"]):
        named = city.by_name[story["party"]]
        yield Decision(number, story["days"], story, named.name, named, "live", city=city)
    pool = parties(city)
    for number, (kind, days, fate) in enumerate(_wanted(city), 100):
        lots = dice("decision", number)
        words = _pattern(lots, kind, fate)
        party = None if words.get("outsider") else _party(lots, pool, words, days)
        name = party.name if party else lots.choice(table("notices")["choices"]["outsiders"])
        yield Decision(number, days, words, name, party, fate, city=city)


def _wanted(city: City) -> Iterator[tuple[str, int, str]]:
    """Yield kind (empty for any), days ago and fate of each drawn decision."""
    yield from ESSENTIAL
    for first, last, count in ((RECENT + 1, YEAR, city.scaled(31)), (YEAR + 1, OLD, city.scaled(42))):
        for number in range(count):
            lots = dice("wanted", first, number)
            yield "", lots.randint(first, last), pick(lots, FATES)
    for days in (99, 98, 97):
        yield NoticeKind.EXPOSURE, days, "batched"
    for days in (4, 4, 3):
        yield NoticeKind.EXPOSURE, days, "in_batch"


def _pattern(lots: Random, kind: str, fate: str) -> Mapping[str, Any]:
    """Draw a pattern of a kind that this fate can befall."""
    fitting = [
        each
        for each in table("notices")["pattern"]
        if (not kind or (each["notice_kind"] == kind and not each.get("outsider")))
        and (fate not in LASTING or each["severity"] == "general")
    ]
    if kind == NoticeKind.LICENCE_ACTION:
        fitting = fitting[:1]
    chosen: Mapping[str, Any] = lots.choices(fitting, [each["weight"] for each in fitting])[0]
    return chosen


def _party(lots: Random, pool: list[Profile], words: Mapping[str, Any], days: int) -> Profile | None:
    """Draw an agency that was there in time; one that loses its licence leaves the pool."""
    old_enough = [each for each in pool if each.opened > days + 20]
    licensed = [each for each in old_enough if each.permits[0].kind == PermitKind.LICENCE]
    if not old_enough:
        return None
    profile = lots.choice(licensed or old_enough)
    if words["notice_kind"] in {NoticeKind.LICENCE_ACTION, NoticeKind.SERIOUS_LISTING}:
        pool.remove(profile)
    return profile
