"""Answers at an even pace: how long one took tells nothing about what was found."""

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

BEAT = 0.06
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def rest(spent: float, beat: float) -> float:
    """Return how long to wait until the next whole beat."""
    return math.ceil(spent / beat) * beat - spent


def paced(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a view answer on the beat only: found and not found take one beat, and under load the same few."""

    @wraps(view)
    def answer(*arguments: Given.args, **named: Given.kwargs) -> Answer:
        started = time.monotonic()
        try:
            return view(*arguments, **named)
        finally:
            time.sleep(rest(time.monotonic() - started, BEAT))

    return answer
