"""Words of published texts: pairs of Han characters and whole words of letters or digits, folded as in the lookup."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from chengxin.bulletins.markdown import to_text
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import State as ArticleState
from chengxin.core.folding import fold
from chengxin.search.models import TextToken
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State as NoticeState

LONGEST_QUERY = 64
LONGEST_WORD = 32
LONGEST_STRETCH = 2_000
MOST_TOKENS = 16
LAST_CHARACTER = "\U0010ffff"
NOTICE_PARTS = (
    "title", "party_name", "decision_no", "authority", "summary", "facts", "basis", "measures",
    "agency_statement",
)  # fmt: skip

Condition = Callable[[Any], tuple[ColumnElement[bool], ...]]


class Kind(StrEnum):
    """What kinds of text can be searched."""

    NOTICE = "notice"
    ARTICLE = "article"

    @property
    def subject(self) -> str:
        """Return the kind of the records in the ledger."""
        return "sanction" if self is Kind.NOTICE else "article"


def published(session: Session, kind: Kind, ids: Iterable[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the texts that are published among some records; whether a day still allows it is asked when read."""
    if kind is Kind.NOTICE:
        rows = select(Sanction).where(Sanction.id.in_(ids), Sanction.state == NoticeState.PUBLISHED)
        for notice in session.scalars(rows.order_by(Sanction.id)):
            yield notice.id, notice_parts(notice)
    else:
        wanted = select(Article).where(Article.id.in_(ids), Article.state == ArticleState.PUBLISHED)
        for article in session.scalars(wanted.order_by(Article.id)):
            yield article.id, article_parts(article)


def notice_parts(notice: Sanction) -> tuple[str, ...]:
    """Return the texts of a notice in the order a reader meets them."""
    return tuple(text for part in NOTICE_PARTS if (text := getattr(notice, part)))


def article_parts(article: Article) -> tuple[str, ...]:
    """Return the texts of an article in the order a reader meets them."""
    return tuple(filter(None, (article.title, article.summary, to_text(article.body))))


def tokens_of(parts: Iterable[str]) -> set[str]:
    """Return the tokens of some texts."""
    return {
        token
        for part in parts
        for start in range(0, len(part), LONGEST_STRETCH)
        for run in runs_of(part[max(0, start - LONGEST_WORD) : start + LONGEST_STRETCH])
        for token in _tokens(run)
    }


def runs_of(text: str) -> Iterator[str]:
    """Yield the stretches of one script in a folded text: Han without gaps, or one word of letters or digits."""
    run, kind = "", ""
    for character in fold(text):
        here = _script(character)
        if here != kind and run:
            yield run
            run = ""
        kind = here
        run += character if here else ""
    if run:
        yield run


def words_of(query: str) -> list[str]:
    """Return the runs a reader typed, each once; what is beyond the longest query is not looked at."""
    return list(dict.fromkeys(runs_of(query[: LONGEST_QUERY * 2])))[:MOST_TOKENS]


def matching(kind: Kind, query: str) -> Select[int] | None:
    """Return the ids of the texts that hold everything typed, as a subquery; None when nothing was typed."""
    tokens, beginnings = _wanted(words_of(query))
    conditions = [*(_is(token) for token in tokens), *(_begins(beginning) for beginning in beginnings)]
    if not conditions:
        return None
    first, *others = conditions
    rows = select(TextToken.record_id).where(TextToken.kind == kind.value, *first(TextToken))
    for other in others:
        held: Any = aliased(TextToken)
        same = (held.kind == kind.value, held.record_id == TextToken.record_id)
        rows = rows.where(exists().where(*same, *other(held)))
    return rows


def _is(token: str) -> Condition:
    return lambda held: (held.token == token,)


def _begins(beginning: str) -> Condition:
    """Return the condition that a token begins so, in a form every index understands."""
    return lambda held: (held.token >= beginning, held.token < beginning + LAST_CHARACTER)


def _wanted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the tokens a text must hold, and the beginnings of tokens: of single characters and Latin words."""
    tokens: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for word in words:
        if _script(word[0]) == "han" and len(word) > 1:
            tokens.update(dict.fromkeys(_pairs(word)))
        else:
            beginnings[word[:LONGEST_WORD]] = None
    return list(tokens)[:MOST_TOKENS], list(beginnings)[:MOST_TOKENS]


def _tokens(run: str) -> Iterator[str]:
    """Yield the tokens of a run: its pairs, the last character of Han for itself, or the whole word."""
    if _script(run[0]) == "han":
        yield from _pairs(run)
        yield run[-1]
    else:
        yield run[:LONGEST_WORD]


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def _script(character: str) -> str:
    if not character.isalnum():
        return ""
    if character.isascii():
        return "digit" if character.isdigit() else "latin"
    return "han"
