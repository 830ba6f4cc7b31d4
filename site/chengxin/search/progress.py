"""Progress of long work, told to whoever waits for it."""

from collections.abc import Callable

Progress = Callable[[int, int], None]


def quiet(done: int, total: int) -> None:
    """Report progress to nobody."""
