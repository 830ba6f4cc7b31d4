"""Questions for the lookup: drawn afresh from a corpus, in the ways people ask, with the right answers."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

import opencc
import pypinyin

from chengxin.core.folding import compact
from chengxin.search.places import said, spoken_forms
from chengxin.search.sounds import Sounds, reading_table
from tests.bench.corpus import LICENCES, STANDINGS, Agency

CLASSES_OF = 200
MOST_TRIES = 4_000
MOST_MEANT = 10
RARE = frozenset({"free_facet", "english"})
GOALS = {
    "full_name": 1.0, "former": 1.0, "traditional": 1.0, "brand": 1.0, "initials": 1.0, "uscc": 1.0,
    "uscc_prefix": 1.0, "permit": 1.0, "region_brand": 0.995, "pinyin": 0.99, "pinyin_brand": 1.0,
    "typo_homophone": 0.99, "typo_wrong": 0.97, "typo_missing": 0.97, "typo_swap": 0.97, "typo_extra": 0.97,
    "free_facet": 0.99, "english": 0.99, "noisy": 0.9,
}  # fmt: skip
TAIL = re.compile(
    r"((?:劳务派遣|劳务服务|劳务|人力资源|人才资源|人才信息|人才服务|人才|职业介绍|企业管理|企业服务|家政服务|猎头|信息科技|网络科技|外包服务)"
    r"[^（(]*?(?:有限公司|公司|所|部|中心)?)(.*分公司)?$"
)
BRACKETS = str.maketrans("（）", "()")
NOISE = (
    "{}怎么样",
    "{}靠谱吗",
    "我想查一下{}这家公司",
    "{}有没有被处罚",
    "{}投诉电话",
    "有没有叫{}的劳务公司",
)
ENGLISH = {
    "劳务派遣": "labor dispatch",
    "灵活用工": "flexible employment",
    "猎头": "headhunting",
    "家政服务": "domestic service",
}
ENGLISH_STATES = {"黄牌警告": "yellow card", "失信曝光": "exposed", "取缔许可证": "revoked"}
STATE_WORDS = {"黄牌警告": "黄牌", "失信曝光": "失信", "取缔许可证": "取缔", "注销": "注销"}


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, its class, and the ids of the right answers."""

    kind: str
    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart: its place in short form, its trade name and the rest."""

    place: str
    brand: str
    line: str


def parts_of(agency: Agency) -> Parts | None:
    """Return the parts of a name that begins with its own place, or nothing when it is built otherwise."""
    name = compact(agency.name)
    if "(" in agency.name.translate(BRACKETS):
        name = said(agency.name)[0] if said(agency.name) else name
    own = (spoken_forms(compact(each)) for each in (agency.province, agency.city, agency.district) if each)
    for form in sorted((form for forms in own for form in forms), key=len, reverse=True):
        tail = TAIL.search(name)
        if name.startswith(form) and tail and tail.start() - len(form) in {2, 3, 4}:
            line = re.sub(r"(?:有限责任公司|有限公司|公司).*$", "", tail[1])
            return Parts(spoken_forms(form)[-1], name[len(form) : tail.start()], line)
    return None


class Drawer:
    """Draws questions from a corpus; the same seed draws the same ones."""

    def __init__(self, corpus: Sequence[Agency], seed: int) -> None:
        """Take the corpus apart once."""
        self.corpus = corpus
        self.dice = Random(seed)
        self.sounds = Sounds(reading_table())
        self.names = [
            (each.id, "\n".join(compact(name) for name in (*each.names, *said(each.name)))) for each in corpus
        ]
        self.spoken = [(number, f" {' '.join(self.sounds.spoken(names))} ") for number, names in self.names]
        self.cities = {each.city: self.sounds.spoken(each.city) for each in corpus}
        self.text = "\n".join(names for _, names in self.names)
        self.whole = [(each, parts) for each in corpus if (parts := parts_of(each))]
        self.same_sound: dict[str, str] = {}
        for character in {c for _, parts in self.whole[:20_000] for c in parts.brand}:
            sound = self.sounds.of(character)
            self.same_sound[sound] = self.same_sound.get(sound, "") + character
        self.characters = "".join(self.same_sound.values())

    def questions(self, count: int = CLASSES_OF) -> Iterator[Question]:
        """Yield some questions of every class."""
        for kind in GOALS:
            draw: Callable[[], Question | None] = getattr(self, f"_{kind}")
            drawn = (question for _ in range(MOST_TRIES) if (question := draw()))
            yield from islice(drawn, count if kind not in RARE else count // 4)

    def _holding(self, text: str) -> frozenset[int]:
        return frozenset(number for number, names in self.names if text in names)

    def _any(self) -> tuple[Agency, Parts]:
        return self.dice.choice(self.whole)

    def _full_name(self) -> Question:
        agency = self.dice.choice(self.corpus)
        return Question("full_name", agency.name, frozenset({agency.id}))

    def _former(self) -> Question | None:
        agency = self.dice.choice(self.corpus)
        if not agency.former:
            return None
        return Question("former", agency.former[0], self._holding(compact(agency.former[0])))

    def _traditional(self) -> Question:
        agency = self.dice.choice(self.corpus)
        return Question("traditional", opencc.OpenCC("s2t").convert(agency.name), frozenset({agency.id}))

    def _brand(self) -> Question:
        _, parts = self._any()
        return Question("brand", parts.brand, self._holding(parts.brand))

    def _region_brand(self) -> Question:
        agency, parts = self._any()
        text = self.dice.choice(("{0}{1}", "{0} {1}", "{1} {0}")).format(parts.place, parts.brand)
        return Question("region_brand", text, frozenset({agency.id}))

    def _pinyin(self) -> Question:
        agency, parts = self._any()
        return Question(
            "pinyin", "".join(pypinyin.lazy_pinyin(parts.place + parts.brand)), frozenset({agency.id})
        )

    def _pinyin_brand(self) -> Question | None:
        _, parts = self._any()
        said = self.sounds.spoken(parts.brand)
        if len(parts.brand) < 3:
            return None
        joined = f" {' '.join(said)} "
        right = (number for number, spoken in self.spoken if joined in spoken)
        return Question("pinyin_brand", "".join(said), frozenset(right))

    def _initials(self) -> Question:
        agency, _ = self._any()
        name = re.sub(r"(?:有限责任公司|有限公司).*$", "", compact(agency.name))
        return Question("initials", self.sounds.initials(name)[0], frozenset({agency.id}))

    def _uscc(self) -> Question:
        agency = self.dice.choice(self.corpus)
        return Question("uscc", self.dice.choice((str.lower, str.upper))(agency.uscc), frozenset({agency.id}))

    def _uscc_prefix(self) -> Question:
        agency = self.dice.choice(self.corpus)
        begin = agency.uscc[: self.dice.randint(14, 17)]
        return Question(
            "uscc_prefix", begin, frozenset(each.id for each in self.corpus if each.uscc.startswith(begin))
        )

    def _permit(self) -> Question:
        agency = self.dice.choice(self.corpus)
        return Question(
            "permit",
            agency.permit,
            frozenset(each.id for each in self.corpus if each.permit == agency.permit),
        )

    def _typo(self, kind: str, change: Callable[[str], str]) -> Question | None:
        agency, parts = self._any()
        return self._mistyped(kind, parts.place + change(parts.brand) + parts.line, agency)

    def _mistyped(self, kind: str, typed: str, agency: Agency) -> Question | None:
        """Return a question with a slip, unless it says just what another agency is called."""
        return None if self._holding(typed) - {agency.id} else Question(kind, typed, frozenset({agency.id}))

    def _meant(self, place: str, brand: str, line: str) -> int:
        """Return how many agencies may be meant by a name that misses a character or says it in full."""
        ways = [brand, *(f"{brand[:at]}.{brand[at:]}" for at in range(len(brand) + 1))]
        pattern = re.compile(f"^{place}.?(?:{'|'.join(ways)}){line}", re.MULTILINE)
        return sum(1 for _ in islice(pattern.finditer(self.text), MOST_MEANT + 1))

    def _typo_homophone(self) -> Question | None:
        def change(brand: str) -> str:
            at = self.dice.randrange(len(brand))
            others = self.same_sound.get(self.sounds.of(brand[at]), "").replace(brand[at], "")
            return brand[:at] + (self.dice.choice(others) if others else brand[at]) + brand[at + 1 :]

        return self._typo("typo_homophone", change)

    def _typo_wrong(self) -> Question | None:
        def change(brand: str) -> str:
            at = self.dice.randrange(len(brand))
            return brand[:at] + self.dice.choice(self.characters) + brand[at + 1 :]

        return self._typo("typo_wrong", change)

    def _typo_missing(self) -> Question | None:
        agency, parts = self._any()
        at = self.dice.randrange(len(parts.brand))
        brand = parts.brand[:at] + parts.brand[at + 1 :]
        if self._meant(parts.place, brand, parts.line) > MOST_MEANT:
            return None
        return self._mistyped("typo_missing", parts.place + brand + parts.line, agency)

    def _typo_extra(self) -> Question | None:
        def change(brand: str) -> str:
            at = self.dice.randint(0, len(brand))
            return brand[:at] + self.dice.choice(self.characters) + brand[at:]

        return self._typo("typo_extra", change)

    def _typo_swap(self) -> Question | None:
        agency, parts = self._any()
        text = parts.place + parts.brand + parts.line
        at = self.dice.randrange(len(text) - 1)
        return self._mistyped("typo_swap", text[:at] + text[at + 1] + text[at] + text[at + 2 :], agency)

    def _free_facet(self) -> Question | None:
        agency = self.dice.choice(self.corpus)
        if agency.status not in STATE_WORDS:
            return None
        city, service = spoken_forms(compact(agency.city))[-1], self.dice.choice(agency.scope)
        return self._facts("free_facet", agency, service, f"{city} {service} {STATE_WORDS[agency.status]}")

    def _english(self) -> Question | None:
        agency = self.dice.choice(self.corpus)
        known = [each for each in agency.scope if each in ENGLISH]
        if agency.status not in ENGLISH_STATES or not known:
            return None
        service = self.dice.choice(known)
        city = "".join(self.sounds.spoken(spoken_forms(compact(agency.city))[-1])).capitalize()
        return self._facts(
            "english", agency, service, f"{city} {ENGLISH[service]} {ENGLISH_STATES[agency.status]}"
        )

    def _facts(self, kind: str, agency: Agency, service: str, text: str) -> Question:
        """Return a question for all agencies of a city with a service and a state; the city by sound in English."""
        said = self.cities[agency.city] if kind == "english" else None
        states = {agency.status} if kind == "free_facet" or agency.status in STANDINGS else set(LICENCES)
        right = (
            each.id
            for each in self.corpus
            if each.status in states
            and (service in each.scope or any(service in name for name in each.names))
            and (each.city == agency.city or (said and self.cities[each.city] == said))
        )
        return Question(kind, text, frozenset(right))

    def _noisy(self) -> Question:
        agency, parts = self._any()
        return Question(
            "noisy", self.dice.choice(NOISE).format(parts.place + parts.brand), frozenset({agency.id})
        )
