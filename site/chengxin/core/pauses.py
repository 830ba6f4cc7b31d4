"""Pauses that grow with every wrong guess, at a password or at the phrase of one receipt.

The first guesses are free; after them each one is followed by a pause twice as long as the last, up to a bound.
Who guesses is counted by network, so nobody is locked out from elsewhere. For a phrase a second count runs for all
networks together, which pauses late: many guessers in many places are slowed down too, and no pause is longer than
a quarter of an hour. Only keyed hashes are counted, and they are forgotten within a day. Where limits are switched
off there are no pauses.
"""

import math
import time
from dataclasses import dataclass

from limits.strategies import RateLimiter

from chengxin.core.limits import counters, network_key

MEMORY_SECONDS = 24 * 60 * 60
MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class Curve:
    """How many guesses are free, and how the pauses after them grow, in seconds."""

    free: int
    first: int
    longest: int

    def after(self, guesses: int) -> int:
        """Return how many seconds lie between this guess and the next."""
        over = guesses - self.free
        return min(self.first * 2 ** min(over - 1, MOST_DOUBLINGS), self.longest) if over > 0 else 0


SIGN_IN = Curve(free=5, first=30, longest=60 * 60)
PHRASE_HERE = Curve(free=4, first=60, longest=15 * 60)
PHRASE_EVERYWHERE = Curve(free=19, first=60, longest=15 * 60)


@dataclass(frozen=True)
class Guesses:
    """The counts of guesses at one thing, that of this network first."""

    counts: tuple[tuple[str, Curve], ...]

    def minutes_left(self) -> int:
        """Return the minutes of a pause that runs, or 0; nothing is counted."""
        return counters().either(self._left)

    def note(self) -> None:
        """Count a wrong guess, and begin a pause when there were too many."""
        counters().either(self._noted)

    def note_or_wait(self) -> int:
        """Count a guess before it is judged and return 0, or the minutes left; a guess in a pause is not made."""
        return counters().either(lambda strategy: self._left(strategy) or self._noted(strategy))

    def forget(self) -> None:
        """Forget what this network guessed: the right one has come."""
        here, _ = self.counts[0]
        counters().forget((here, _pause(here)))

    def _left(self, strategy: RateLimiter) -> int:
        pauses = [_pause(name) for name, _ in self.counts]
        ends = [strategy.storage.get_expiry(each) for each in pauses if strategy.storage.get(each)]
        return max(1, math.ceil((max(ends) - time.time()) / 60)) if ends else 0

    def _noted(self, strategy: RateLimiter) -> int:
        for name, curve in self.counts:
            seconds = curve.after(strategy.storage.incr(name, MEMORY_SECONDS))
            if seconds:
                strategy.storage.incr(_pause(name), seconds)
        return 0


def at_sign_in(scope: str) -> Guesses:
    """Return the guesses of this network at one password or code."""
    return Guesses(((f"chengxin/guesses/{scope}/{network_key()}", SIGN_IN),))


def at_phrase(code_hash: str) -> Guesses:
    """Return the guesses at the phrase of one code, whether the code exists or not."""
    everywhere = f"chengxin/phrases/{code_hash}"
    return Guesses(((f"{everywhere}/{network_key()}", PHRASE_HERE), (everywhere, PHRASE_EVERYWHERE)))


def _pause(name: str) -> str:
    return f"{name}/pause"
