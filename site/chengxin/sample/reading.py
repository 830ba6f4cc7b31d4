"""Read what is written for the sample: tables and texts that ship with the package."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_DAYS = re.compile(r"\{(day|month|short|year|iso|quarter) ?(-?\d+)?\}")
_FRONT = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", re.DOTALL)


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of the folder `written`."""
    return tomllib.loads(_text(f"{name}.toml"))


def articles() -> Iterator[tuple[dict[str, Any], str]]:
    """Yield head and body of each news text, by file name."""
    folder = files("chengxin.sample") / "written" / "news"
    for name in sorted(each.name for each in folder.iterdir() if each.name.endswith(".md")):
        found = _FRONT.fullmatch(_text(f"news/{name}"))
        assert found, name
        yield {"slug": name.split("-", 1)[1].removesuffix(".md"), **tomllib.loads(found[1])}, found[2].strip()


def dated(text: str, today: date) -> str:
    """Return the text with its dates filled in: `{day -25}` is the day 25 days before today."""
    return _DAYS.sub(lambda found: _written(found[1], today + timedelta(days=int(found[2] or 0))), text)


def _written(form: str, day: date) -> str:
    match form:
        case "year":
            return str(day.year)
        case "month":
            return f"{day.year}年{day.month}月"
        case "short":
            return f"{day.month}月{day.day}日"
        case "quarter":
            return _quarter_before(day)
        case "iso":
            return day.isoformat()
    return f"{day.year}年{day.month}月{day.day}日"


def _quarter_before(day: date) -> str:
    """Return the last whole quarter before a day."""
    number = (day.month - 1) // 3
    return f"{day.year if number else day.year - 1}年{'四一二三'[number]}季度"


def _text(name: str) -> str:
    return (files("chengxin.sample") / "written" / name).read_text(encoding="utf-8")
