"""What was found in the words of notices and articles: the lines around it, with the words marked."""

from collections.abc import Iterable, Mapping

from chengxin.bulletins.models import Article
from chengxin.search.snippets import Piece, snippet
from chengxin.search.texts import NOTICE_PARTS, article_parts, words_of
from chengxin.standing.sanctions.models import Sanction

# What the row of a notice shows anyway is quoted last.
SHOWN = ("summary", "title")
Snippets = Mapping[int, tuple[Piece, ...]]


def in_notices(q: str, notices: Iterable[Sanction]) -> Snippets:
    """Return the lines of some notices around what was typed, by their ids."""
    words = words_of(q)
    return {each.id: snippet(_told(each), words) for each in notices} if words else {}


def in_articles(q: str, articles: Iterable[Article]) -> Snippets:
    """Return the lines of some articles around what was typed, by their ids."""
    words = words_of(q)
    return {each.id: snippet(article_parts(each)[::-1], words) for each in articles} if words else {}


def _told(notice: Sanction) -> list[str]:
    return [getattr(notice, part) for part in (*(each for each in NOTICE_PARTS if each not in SHOWN), *SHOWN)]
