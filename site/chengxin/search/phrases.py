"""What a reader may leave out of a query that found nothing."""

from chengxin.core.folding import fold
from chengxin.search.ranking import FORMS

SHORTEST = 2


def shorter(text: str) -> str:
    """Return a query without the legal form at its end, or nothing when it has none."""
    folded = fold(text)
    form = next((each for each in sorted(FORMS, key=len, reverse=True) if folded.endswith(each)), "")
    rest = folded.removesuffix(form).strip() if form else ""
    return rest if len(rest) >= SHORTEST else ""
