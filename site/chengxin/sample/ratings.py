"""Ratings: verified and open ones, decided by the staff, some with the agency's answer, some waiting."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from chengxin.ledger.rules import PUBLIC
from chengxin.opinions.ratings import actions
from chengxin.opinions.ratings.actions import Opinion
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Dimension, RaterKind, Reason
from chengxin.sample.city import City
from chengxin.sample.dice import chance, dice, pick
from chengxin.sample.reading import table

OFFICERS = ("limin", "zhaoyu")
SCORES = {1: 9, 2: 9, 3: 18, 4: 34, 5: 30}
RATERS = {RaterKind.JOB_SEEKER: 62, RaterKind.EMPLOYER: 18, RaterKind.STAFF: 20}
WAITING_DAYS = 3
DRAWN, RATED_AGENCIES = 330, 60
# Smaller cities have fewer ratings of all but the first agency.
FULL_SPREAD = 400


@dataclass
class Voice:
    """One rating to be."""

    number: int
    city: City
    party: str
    days: int
    score: int
    rater: str
    text: str
    verified: bool = False
    reply: str = ""
    hidden: str = ""
    rating: Rating | None = field(default=None, init=False)

    def plan(self) -> None:
        """Plan that it is given, and decided within days; the newest still wait."""
        self.city.timeline.plan(self.days, 8 + self.number % 120 / 10, self._rate)
        if self.days > WAITING_DAYS:
            self.city.timeline.plan(self.days - 2, 10 + self.number % 60 / 10, self._decide)

    def _rate(self, session: Session) -> None:
        marks = dict.fromkeys(map(str, Dimension), self.score)
        lots = dice("marks", self.number)
        if self.score in range(2, 5):
            up, down = lots.sample(sorted(marks), 2)
            marks[up], marks[down] = self.score + 1, self.score - 1
        opinion = Opinion(
            agency_id=self.city.ids[self.party],
            rater_kind=self.rater,
            service=self.city.by_name[self.party].services[0],
            service_month=f"{self.city.day(self.days + 12):%Y-%m}",
            text=self.text,
            **marks,
        )
        form = actions.form_hash(self.city.secret, f"sample {self.number}", opinion)
        self.rating = actions.rate(session, actor=PUBLIC, form=form, opinion=opinion)
        self.rating.verified = self.verified

    def _decide(self, session: Session) -> None:
        assert self.rating is not None
        seen: dict[str, Any] = {
            "actor": self.city.actors[OFFICERS[self.number % 2]],
            "rating_id": self.rating.id,
            "version": self.rating.version,
        }
        if self.hidden:
            actions.hide(session, reason=Reason(self.hidden), **seen)
            return
        self.rating.agency_reply = self.reply
        session.flush()
        actions.publish(session, **seen)


def plan(city: City) -> None:
    """Plan the ratings of the pictures and the drawn ones."""
    for voice in (*_written(city), *_spread(city), *_drawn(city), _hidden(city)):
        voice.plan()


def _written(city: City) -> Iterator[Voice]:
    for number, each in enumerate(table("ratings")["rating"]):
        yield Voice(
            number,
            city,
            each["party"],
            each["days"],
            each["score"],
            each["rater"],
            each["text"],
            verified=each["verified"],
            reply=each.get("reply", ""),
        )


def _spread(city: City) -> Iterator[Voice]:
    """Yield the ratings of the agencies whose scores the texts speak of."""
    number = 100
    for each in table("ratings")["spread"]:
        share = 1 if each.get("whole") else min(1, len(city.profiles) / FULL_SPREAD)
        steps = enumerate(each["scores"], 1)
        scores = [step for step, count in steps for _ in range(round(count * share))]
        dice("spread", each["party"]).shuffle(scores)
        for at, score in enumerate(scores):
            number += 1
            rater = each.get("rater", "")
            yield _voice(
                city, number, each["party"], score, rater=rater, verified=at < each["verified"] * share
            )


def _drawn(city: City) -> Iterator[Voice]:
    running = [each for each in city.profiles[10:] if not (each.ending or each.left)]
    count = min(len(running), city.scaled(RATED_AGENCIES, least=4))
    rated = dice("rated").sample(running, count)
    for at in range(city.scaled(DRAWN, least=24)):
        lots = dice("rating", at)
        profile = rated[at % len(rated)]
        yield _voice(
            city,
            10_000 + at,
            profile.name,
            pick(lots, SCORES),
            verified=chance(lots, 0.3),
            waiting=at % 14 == 0,
        )


def _hidden(city: City) -> Voice:
    text, party = table("ratings")["hidden"], city.profiles[2].name
    return Voice(9_000, city, party, 33, 1, RaterKind.JOB_SEEKER, text["text"], hidden=text["reason"])


def _voice(
    city: City,
    number: int,
    party: str,
    score: int,
    *,
    rater: str = "",
    verified: bool = False,
    waiting: bool = False,
) -> Voice:
    lots = dice("voice", number)
    known = table("ratings")
    oldest = min(700, city.by_name[party].opened - 5)
    texts, replies = known["texts"][str(score)], known["replies"].get(str(score), [""])
    days = lots.randint(1, WAITING_DAYS) if waiting else lots.randint(WAITING_DAYS + 1, oldest)
    return Voice(
        number,
        city,
        party,
        days,
        score,
        rater or pick(lots, RATERS),
        lots.choice(texts) if chance(lots, 0.6) else "",
        verified=verified,
        reply=lots.choice(replies) if chance(lots, 0.25) else "",
    )
