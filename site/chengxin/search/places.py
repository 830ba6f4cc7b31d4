"""Places the register names in words: divisions it has no code for, learned from what its lists say."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from chengxin.core.folding import compact, fold

ENDINGS = ("自治州", "自治县", "自治旗", "地区", "省", "市", "盟", "区", "县", "旗")
FILLERS = re.compile(r"(?:省|自治区)?直辖县级行政区划|市辖区$|\s+")
BRACKETED = re.compile(r"(.{2,})\(([\u3400-\u9fff]{2,6})\)(.+)")
NO_PLACE = frozenset({"集团", "控股"})
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


def turned(name: str) -> tuple[str, ...]:
    """Return a compact name as people say it: 甲（上海）公司 is 上海甲公司; nothing when it has no place inside."""
    found = BRACKETED.fullmatch(fold(name))
    if found is None or found[2] in NO_PLACE:
        return ()
    return (compact(found[2] + found[1] + found[3]),)
