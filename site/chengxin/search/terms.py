"""Index terms: the small words by which agencies are found, the same for every engine.

The first letter of a term is its field; a term that ends in * stands for every term that begins so.
"""

import re
from collections.abc import Iterable, Iterator

NAME = "n"
PLACE = "p"
SERVICE = "s"
OFFER = "o"
SOUND = "y"
INITIALS = "i"
CODE = "c"
FIELDS = {
    NAME: "name",
    PLACE: "place",
    SERVICE: "service",
    OFFER: "offer",
    SOUND: "sound",
    INITIALS: "initials",
    CODE: "code",
}

WILD = "*"
INITIALS_SPAN = 4
LONG_NUMBER = re.compile(r"[0-9]{6,}", re.ASCII)


def pairs(text: str) -> Iterator[str]:
    """Return each two neighbouring characters of a compact text."""
    return (text[at : at + 2] for at in range(len(text) - 1))


def name_terms(text: str) -> tuple[str, ...]:
    """Return the terms all of which a name holds when it holds the text."""
    if len(text) == 1:
        return (NAME + text + WILD,)
    return tuple(dict.fromkeys(NAME + pair for pair in pairs(text)))


def initials_terms(letters: str) -> tuple[str, ...]:
    """Return the terms of a string of first letters."""
    if len(letters) < INITIALS_SPAN:
        return (INITIALS + letters + WILD,)
    spans = (letters[at : at + INITIALS_SPAN] for at in range(len(letters) - INITIALS_SPAN + 1))
    return tuple(dict.fromkeys(INITIALS + span for span in spans))


def sound_terms(syllables: Iterable[str]) -> tuple[str, ...]:
    """Return the terms of spoken syllables."""
    spoken = tuple(syllables)
    if len(spoken) == 1:
        return (f"{SOUND}{spoken[0]} {WILD}",)
    found = (f"{SOUND}{spoken[at]} {spoken[at + 1]}" for at in range(len(spoken) - 1))
    return tuple(dict.fromkeys(found))


def numbers(code: str) -> list[str]:
    """Return a compact code and the long runs of digits inside it, by which people look it up."""
    return list(
        dict.fromkeys([code, *(run for run in LONG_NUMBER.findall(code) if not code.startswith(run))])
    )
