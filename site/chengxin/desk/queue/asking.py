"""Questions of the queue to the database, put together once a day and officer instead of once a look.

A question about fourteen kinds in a dozen views takes longer to put together than to answer. It depends on who
asks, on the part and on the day alone; what is in the database comes in when it is asked.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

MOST = 400
Build = Callable[..., Any]


def rows(session: Session, build: Build, *given: Hashable, plain: bool) -> Sequence[Any]:
    """Return the rows of a question; what is not plain depends on more than is given, and is put together anew."""
    question = _kept(build, given) if plain else build(*given)
    return [] if question is None else session.execute(question).all()


@lru_cache(MOST)
def _kept(build: Build, given: tuple[Hashable, ...]) -> Any:
    return build(*given)
