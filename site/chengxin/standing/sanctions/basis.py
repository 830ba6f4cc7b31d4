"""The legal basis of a decision as rows of regulation and article, and the usual ones to choose from."""

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ROW = re.compile(r"^《?(?P<regulation>[^》\n]+?)》?\s*(?P<article>第[^\s、，,]{1,20}条\S*|第[^\s]{1,30})?$")


NAMED = re.compile(
    r"《(?P<regulation>[^》\n]+)》(?P<articles>(?:[、和及]?第[一二三四五六七八九十百零0-9]+条(?:第[^\s、，,。；;和及]{1,8}[款项])*)*)"
)
ONE = re.compile(r"第[一二三四五六七八九十百零0-9]+条(?:第[^\s、，,。；;和及]{1,8}[款项])*")


@dataclass(frozen=True)
class Article:
    """One article a decision rests on: the regulation's name and the article in it."""

    regulation: str
    article: str = ""

    def __str__(self) -> str:
        """Return it as Chinese readers write it: 《人力资源市场暂行条例》第四十三条."""
        return f"《{self.regulation}》{self.article}"


@dataclass(frozen=True)
class Usual:
    """An article of the catalogue with the violation it is the usual basis of."""

    category: str
    article: Article


def rows_in(text: str) -> list[Article]:
    """Return the rows a person wrote, one a line: the regulation, then the article."""
    found = (ROW.match(line.strip()) for line in text.splitlines() if line.strip())
    rows = [Article(each["regulation"].strip(), each["article"] or "") for each in found if each]
    return list(dict.fromkeys(rows))


def named_in(text: str) -> list[Article]:
    """Return the regulations and articles a sentence names: 《A》第一条、第二条 gives two rows."""
    rows = [
        Article(each["regulation"], article)
        for each in NAMED.finditer(text)
        for article in ONE.findall(each["articles"]) or [""]
    ]
    return list(dict.fromkeys(rows))


def written(rows: Iterable[Article]) -> str:
    """Return rows as a person writes them, one a line."""
    return "\n".join(str(row) for row in rows)


def readable(rows: Sequence[Article]) -> str:
    """Return rows as one sentence of a notice."""
    return "、".join(str(row) for row in rows)


def kept(rows: Iterable[Article]) -> str:
    """Return rows as the record keeps them."""
    return json.dumps([[row.regulation, row.article] for row in rows], ensure_ascii=False)


def rows_of(stored: str) -> list[Article]:
    """Return the rows a record keeps."""
    return [Article(*row) for row in json.loads(stored or "[]")]


@cache
def catalogue() -> tuple[Usual, ...]:
    """Return the usual regulations and articles that ship with the package."""
    text = files("chengxin.standing.sanctions").joinpath("basis.csv").read_text(encoding="utf-8")
    return tuple(
        Usual(row["category"], Article(row["regulation"], row["article"]))
        for row in csv.DictReader(text.splitlines())
    )


def usual_for(category: str) -> list[Article]:
    """Return the articles a violation usually rests on."""
    return [each.article for each in catalogue() if each.category == category]
