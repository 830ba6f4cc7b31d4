"""Mask the data of persons in the words of a notice, so that a reader sees that something stood there."""

from dataclasses import dataclass

from chengxin.core.personal import Personal, find_personal

HIDDEN = "*"


@dataclass(frozen=True)
class Masked:
    """A text that may be published, and what was taken out of it."""

    text: str
    found: tuple[Personal, ...]


def masked(text: str) -> Masked:
    """Return a text in which the numbers and addresses of persons can no longer be read."""
    parts, place, found = list[str](), 0, find_personal(text)
    for each in found:
        parts += [text[place : each.start], _covered(text[each.start : each.end], each.kind)]
        place = each.end
    return Masked("".join([*parts, text[place:]]), tuple(each.kind for each in found))


def kinds_in(*texts: str) -> list[Personal]:
    """Return what kinds of personal data some texts hold, each once, in a fixed order."""
    seen = {each.kind for text in texts for each in find_personal(text)}
    return [kind for kind in Personal if kind in seen]


def _covered(written: str, kind: Personal) -> str:
    """Keep the host of an e-mail address; of all else the first three and the last two characters."""
    if kind is Personal.EMAIL:
        at = max(written.find("@"), written.find("＠"))
        return written[0] + HIDDEN * 3 + written[at:]
    return written[:3] + HIDDEN * max(1, len(written) - 5) + written[-2:]
