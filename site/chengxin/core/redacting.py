"""Masks over a text: what readers do not see, why, and whether it can be shown again.

A reversible mask is a place that is kept beside the original, so the staff can lift it. A final mask is burnt in:
what is kept no longer holds the words. Readers get `Redaction.public` and never anything else.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from chengxin.core.errors import N_, DomainError
from chengxin.core.personal import Personal, find_personal, plain_digits

WORDS = "words"  # the kind of what a person chose to hide
BLOCKS = "■■■"  # always three, so that a cover does not tell how long the name below it is
COVERS: Mapping[str, str] = {
    Personal.IDENTITY: "［身份证号已隐去］",
    Personal.PHONE: "［电话已隐去］",
    Personal.BANK_CARD: "［银行卡号已隐去］",
    Personal.EMAIL: "［邮箱已隐去］",
    Personal.WECHAT: "［微信号已隐去］",
    Personal.QQ: "［QQ号已隐去］",
    WORDS: "［已隐去］",
}
# Digits with the letters that stick to them, also in groups: to hide one group would leave a part of a number.
_GROUP = re.compile(r"[0-9A-Za-z]*[0-9][0-9A-Za-z]*")
_NUMBER = re.compile(r"[0-9A-Za-z]*[0-9](?:[ \-]?[0-9]|[A-Za-z])*")
_BETWEEN = r"\s{0,2}"


@dataclass(frozen=True, order=True)
class Mask:
    """A stretch of a text that readers do not see."""

    start: int
    end: int
    kind: str = WORDS
    final: bool = False

    @property
    def cover(self) -> str:
        """Return what stands in its place."""
        return COVERS.get(self.kind, COVERS[WORDS]) if self.final else BLOCKS

    def touches(self, start: int, end: int) -> bool:
        """Tell whether it hides a part of another stretch."""
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Redaction:
    """An original with its masks, in order, apart from each other, and never through the middle of a number."""

    text: str
    masks: tuple[Mask, ...] = ()

    @cached_property
    def public(self) -> str:
        """Return the text for readers."""
        return self._covered(burn_all=True)[0]

    @property
    def hidden(self) -> list[str]:
        """Return the words below the masks."""
        return [self.text[each.start : each.end] for each in self.masks]

    def burnt(self) -> "Redaction":
        """Return what may be kept: the words below final masks are gone, for readers nothing changes."""
        return Redaction(*self._covered(burn_all=False))

    def lifted(self, mask: Mask) -> "Redaction":
        """Return the redaction without a reversible mask."""
        if mask.final or mask not in self.masks:
            raise DomainError(N_("A final mask cannot be lifted: what stood below it is gone."))
        return replace(self, masks=tuple(each for each in self.masks if each != mask))

    def _covered(self, *, burn_all: bool) -> tuple[str, tuple[Mask, ...]]:
        """Return the text with covers put in, and the masks that are left, moved to their new places."""
        parts, left, place, moved = list[str](), list[Mask](), 0, 0
        for each in self.masks:
            burn = each.final or burn_all
            words = each.cover if burn else self.text[each.start : each.end]
            parts += [self.text[place : each.start], words]
            if not burn:
                left.append(replace(each, start=each.start + moved, end=each.end + moved))
            moved += len(words) - (each.end - each.start)
            place = each.end
        return "".join([*parts, self.text[place:]]), tuple(left)

    def written(self) -> str:
        """Return the redaction as one text, to be sealed."""
        masks = [[each.start, each.end, each.kind, each.final] for each in self.masks]
        return json.dumps({"text": self.text, "masks": masks}, ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> "Redaction":
        """Return the redaction that `written` told."""
        told = json.loads(written)
        return cls(told["text"], tuple(Mask(*each) for each in told["masks"]))


def redacted(text: str, masks: Iterable[Mask]) -> Redaction:
    """Return a text with masks that are widened to whole numbers and joined where they overlap."""
    wholes = _wholes(text)
    inside = (replace(each, start=max(0, each.start), end=min(len(text), each.end)) for each in sorted(masks))
    wide = sorted(_widened(each, wholes) for each in inside if each.start < each.end)
    joined: list[Mask] = []
    for each in wide:
        if joined and each.start < joined[-1].end:
            joined[-1] = _joined(joined[-1], each)
        else:
            joined.append(each)
    return Redaction(text, tuple(joined))


def suggested(text: str, *, final: bool = False) -> list[Mask]:
    """Return a mask for everything that looks like data of a person."""
    return [Mask(each.start, each.end, each.kind, final) for each in find_personal(text)]


def of_words(text: str, words: Iterable[str], *, final: bool = False) -> list[Mask]:
    """Return a mask for every place where one of some words stands, whatever its width, case and spaces."""
    plain, found = plain_digits(text).casefold(), list[Mask]()
    plain = plain if len(plain) == len(text) else plain_digits(text)
    for word in words:
        letters = [re.escape(letter) for letter in plain_digits(word).casefold() if not letter.isspace()]
        if letters:
            # Looking ahead finds places that overlap, as 九九 twice in 九九九.
            pattern = re.compile(f"(?=({_BETWEEN.join(letters)}))", re.IGNORECASE)
            found += [Mask(*match.span(1), WORDS, final) for match in pattern.finditer(plain)]
    return found


def exposed(public: str, redaction: Redaction) -> list[str]:
    """Return the words below masks that stand in a text for readers all the same."""
    plain = _bare(public)
    return list(dict.fromkeys(each for each in redaction.hidden if _bare(each) and _bare(each) in plain))


def leftovers(public: str, redaction: Redaction, *, harmless: Iterable[str] = ()) -> list[str]:
    """Return what must not stand in a text for readers: words below a mask, and data of persons.

    What the detector takes for data of a person although somebody has judged it to be none is harmless.
    """
    kept = {_bare(each) for each in harmless}
    seen = [public[each.start : each.end] for each in find_personal(public)]
    told = [*exposed(public, redaction), *(each for each in seen if _bare(each) not in kept)]
    return list(dict.fromkeys(told))


def _bare(text: str) -> str:
    return "".join(plain_digits(text).casefold().split())


def _wholes(text: str) -> list[tuple[int, int]]:
    """Return every stretch that is hidden wholly or not at all: what the detector found, and numbers.

    Groups of digits beside what was found, as a year after a telephone number, are not a part of it.
    """
    plain = plain_digits(text)
    found = [Mask(each.start, each.end) for each in find_personal(text)]
    numbers = [match.span() for match in _NUMBER.finditer(plain)]
    apart = [each for each in numbers if not any(mask.touches(*each) for mask in found)]
    return [*apart, *(match.span() for match in _GROUP.finditer(plain)), *((m.start, m.end) for m in found)]


def _widened(mask: Mask, wholes: Iterable[tuple[int, int]]) -> Mask:
    """Return a mask that covers the whole of every number it touches."""
    wide = mask
    for start, end in wholes:
        if wide.touches(start, end):
            wide = replace(wide, start=min(wide.start, start), end=max(wide.end, end))
    return wide if wide == mask else _widened(wide, wholes)


def _joined(one: Mask, other: Mask) -> Mask:
    kind = one.kind if one.kind == other.kind else WORDS
    return Mask(one.start, max(one.end, other.end), kind, one.final or other.final)
