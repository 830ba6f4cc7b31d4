"""Places the register names in words: divisions it has no code for, learned from what its lists say."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from chengxin.core.folding import compact, fold

ENDINGS = ("自治州", "自治县", "自治旗", "地区", "省", "市", "盟", "区", "县", "旗")
ENDING_CHARACTERS = frozenset("".join(ENDINGS))
FILLERS = re.compile(r"(?:省|自治区)?直辖县级行政区划|市辖区$|\s+")
BRACKETED = re.compile(r"(.{2,})\(([\u3400-\u9fff]{2,6})\)(.+)")
BEGINS = re.compile(r"[\u3400-\u9fff]{2,10}?(?:自治州|自治县|地区|市|县|区|盟|旗)(?=[\u3400-\u9fff]{4})")
NO_PLACE = frozenset({"集团", "控股"})
LEXICON = Path(__file__).parent / "lexicon" / "places.toml"
SHORTEST = 2
LONGEST = 24
MOST_LEARNED = 20_000

Learned = tuple[str, str]


@lru_cache(maxsize=10_000)
def divisions(place: str) -> tuple[str, ...]:
    """Return the divisions a text names one after the other, the largest first."""
    if place.isascii():
        named = [part.strip() for part in reversed(place.split(","))]
    else:
        text = FILLERS.sub("", place)
        named = [*(_cut(text) or _begun(text) or (text,))]
    return tuple(name for name in named if SHORTEST <= len(name) <= LONGEST)


def _cut(text: str) -> tuple[str, ...]:
    """Cut as early as the rest still consists of divisions: 市中区 is one, 津市市 too."""
    for end in _ends(text):
        rest = _cut(text[end:])
        if rest or end == len(text):
            return (text[:end], *rest)
    return ()


def _begun(text: str) -> tuple[str, ...]:
    """Cut off the first division of a text that ends in something else, such as a new town."""
    return next(((text[:end], text[end:]) for end in _ends(text)), ())


def _ends(text: str) -> Iterator[int]:
    furthest = min(len(text), LONGEST)
    return (end for end in range(SHORTEST, furthest + 1) if text[:end].endswith(ENDINGS))


def keys(region_code: str | None, place: str) -> tuple[Learned, ...]:
    """Return the divisions of a text with the key of each: the known division and the way down from there."""
    named = divisions(place) if place else ()
    ways = accumulate(named, initial=region_code or "")
    return tuple(zip(list(ways)[1:], named, strict=True))


def learned(texts: Iterable[tuple[str | None, str]]) -> Iterator[Learned]:
    """Yield every division that some texts name, once each, as many as memory should hold."""
    seen: set[str] = set()
    for region_code, place in texts:
        for key, name in keys(region_code, place):
            if key not in seen and len(seen) < MOST_LEARNED:
                seen.add(key)
                yield key, name


def said(name: str) -> tuple[str, ...]:
    """Return the forms in which people say a name, compact: 甲（上海）公司 is 上海甲公司, 江州市甲公司 is 江州甲公司."""
    plain, turned = compact(name), list(_turned(name))
    forms = [*turned, *(short for form in turned or [plain] for short in shortened(form))]
    return tuple(form for form in dict.fromkeys(forms) if form != plain)


def _turned(name: str) -> Iterator[str]:
    found = BRACKETED.fullmatch(fold(name))
    if found is not None and found[2] not in NO_PLACE:
        yield compact(found[2] + found[1] + found[3])


def shortened(name: str) -> tuple[str, ...]:
    """Return a compact name without the ending of the division it begins with; nothing when there is none."""
    found = BEGINS.match(name)
    return (spoken_forms(found[0])[-1] + name[found.end() :],) if found else ()


def is_own(alias: str, name: str) -> bool:
    """Tell whether an alias is only another form of saying a compact name."""
    if alias in shortened(name):
        return True
    left = Counter(name)
    left.subtract(alias)
    return all(count >= 0 for count in left.values()) and set(left.elements()) <= ENDING_CHARACTERS


def spoken_forms(name: str) -> list[str]:
    """Return a division's full name and the short forms people say."""
    endings, peoples = _left_off()
    short = name[: -len(_last(name, endings))] if name.endswith(endings) else name
    forms = [name, short]
    while short.endswith(peoples) and short != (people := _last(short, peoples)):
        short = short.removesuffix(people)
        forms.append(short)
    return [form for form in dict.fromkeys(forms) if len(form) >= SHORTEST]


def _last(name: str, endings: Iterable[str]) -> str:
    return next(ending for ending in endings if name.endswith(ending))


@cache
def _left_off() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the endings and the names of peoples that speech leaves off, the longest first."""
    lists: dict[str, list[str]] = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    endings, peoples = (sorted(lists[name], key=len, reverse=True) for name in ("endings", "peoples"))
    return tuple(endings), tuple(peoples)
