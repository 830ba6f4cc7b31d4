"""Which region a text means: names with and without their endings, codes, and whole addresses."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chengxin.core.folding import fold_name

CODE = re.compile(r"[0-9]{6}", re.ASCII)
LEVELS = ("province", "city", "county", "town")
ENDINGS = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|自治州$|自治县$|地区$|新区$|[省市盟区县旗]$")
SHORTEST = 2
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Place:
    """A region: its code, name, level and parent."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """The most specific known region of some texts, and the texts that named none."""

    code: str | None
    rest: tuple[str, ...]


class Gazetteer:
    """All regions in memory, to resolve the texts of an import without a query a row."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Index the regions by code and by the names they answer to."""
        self.places = {place.code: place for place in places}
        self._full: dict[str, list[Place]] = {}
        self._short: dict[str, list[Place]] = {}
        self._known: dict[tuple[str, ...], Found] = {}
        for place in self.places.values():
            self._full.setdefault(fold_name(place.name), []).append(place)
            short = ENDINGS.sub("", place.name)
            if len(short) >= SHORTEST and short != place.name:
                self._short.setdefault(fold_name(short), []).append(place)

    def resolve(self, texts: Sequence[str]) -> Found:
        """Return the region that texts name together, the largest division first."""
        key = tuple(texts)
        if key not in self._known:
            if len(self._known) > 50_000:  # noqa: PLR2004 (memory stays bounded)
                self._known.clear()
            self._known[key] = self._resolve(key)
        return self._known[key]

    def resolve_address(self, address: str) -> str | None:
        """Return the region a full address starts with, by complete names only."""
        here, rest = self._walk(None, fold_name(address), short=False)
        return here.code if here and rest != address else None

    def lineage(self, code: str | None) -> list[Place]:
        """Return a region and what it lies in, the largest first."""
        line: list[Place] = []
        while code in self.places and len(line) < len(LEVELS):
            place = self.places[code]
            line.insert(0, place)
            code = place.parent
        return line

    def _resolve(self, texts: tuple[str, ...]) -> Found:
        here: Place | None = None
        rest: list[str] = []
        for text in texts:
            if not text:
                continue
            step = self._by_code(text) if CODE.fullmatch(text) else self._named(here, text)
            if step is None:
                step, left = self._walk(here, fold_name(text), short=True)
                if left:
                    rest.append(text)
            here = step or here
        return Found(here.code if here else None, tuple(rest))

    def _by_code(self, code: str) -> Place | None:
        """Return the region of a code, else the nearest known one above it."""
        for each in (code, f"{code[:4]}00", f"{code[:2]}0000"):
            if each in self.places:
                return self.places[each]
        return None

    def _named(self, here: Place | None, text: str) -> Place | None:
        """Return the one region of a name inside another, by its complete name first."""
        folded = fold_name(text)
        for names in (self._full, self._short):
            inside = [place for place in names.get(folded, ()) if self._lies_in(place, here)]
            if inside:
                return self._largest(inside, sure=here is not None or names is self._full)
        return here if here and folded in set(_names(here)) else None

    def _largest(self, places: list[Place], *, sure: bool) -> Place | None:
        """Return the largest of some namesakes, when it is one; a bare short name must hold the others too."""
        places = sorted(places, key=lambda place: LEVELS.index(place.level))
        first = places[0]
        if len(places) > 1 and places[1].level == first.level:
            return None
        return first if sure or all(self._lies_in(place, first) for place in places[1:]) else None

    def _walk(self, here: Place | None, text: str, *, short: bool) -> tuple[Place | None, str]:
        """Read region names off the front of a text, and return where that leads and what is left."""
        while text:
            for end in range(min(len(text), LONGEST), SHORTEST - 1, -1):
                step = (
                    self._named(here, text[:end]) if self._may_start(here, text[:end], short=short) else None
                )
                if step:
                    here, text = step, text[end:]
                    break
            else:
                break
        return here, text

    def _may_start(self, here: Place | None, name: str, *, short: bool) -> bool:
        """Tell whether a name may open a longer text: short names only where they cannot mislead."""
        if name in self._full:
            return True
        places = self._short.get(name, ())
        return short and any(here is not None or place.level == LEVELS[0] for place in places)

    def _lies_in(self, place: Place, here: Place | None) -> bool:
        if here is None:
            return True
        return place.code != here.code and any(each.code == here.code for each in self.lineage(place.parent))


def _names(place: Place) -> Iterator[str]:
    yield fold_name(place.name)
    yield fold_name(ENDINGS.sub("", place.name))
