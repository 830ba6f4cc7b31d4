"""Orders: the lasting order of agencies, and the others a reader may ask for; pure."""

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice

from chengxin.search.sounds import Sounds
from chengxin.standing.rules import Standing

LONGEST_NAME, LONGEST_GRADE, IDS = 1_023, 31, 1 << 40
LETTERS = 24
KEY_BYTES = 2 * LETTERS
LAST_LETTER = 0xFFFF
UNKNOWN_WEIGHT = 0
_WEIGHTS = {standing.value: standing.weight + 1 for standing in Standing}


def rank_of(agency_id: int, *, name: str, grade: str, is_valid: bool, is_active: bool) -> int:
    """Return the place of an agency among all: valid before not, in business, well graded, short named.

    The number belongs to the agency alone, so it needs no other agency to be known, and no two share one.
    """
    rank = 2 * (not is_valid) + (not is_active)
    rank = rank * (LONGEST_GRADE + 1) + LONGEST_GRADE - min(len(grade), LONGEST_GRADE)
    rank = rank * (LONGEST_NAME + 1) + min(len(name), LONGEST_NAME)
    return rank * IDS + agency_id


def weight_of(standing: str) -> int:
    """Return how heavy a standing weighs; an unknown one weighs nothing."""
    return _WEIGHTS.get(standing, UNKNOWN_WEIGHT)


class Alphabet:
    """The order of names as people expect it: digits and letters first, then characters by their sound."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        """Give each character its place: by reading, those of one reading by their code."""
        plain = [chr(code) for code in range(0x80) if chr(code).isalnum()]
        spoken = sorted(readings, key=lambda character: (readings[character], character))
        self._places = {letter: place for place, letter in enumerate([*plain, *spoken], 1)}

    def key(self, name: str) -> bytes:
        """Return bytes that sort as a compact name does; beyond LETTERS characters names count as equal."""
        places = array("H", (self._places.get(letter, LAST_LETTER) for letter in islice(name, LETTERS)))
        places.byteswap()
        return places.tobytes()


@lru_cache(maxsize=2)
def alphabet_of(sounds: Sounds) -> Alphabet:
    """Return the alphabet of some readings, made once."""
    return Alphabet(sounds.table)


def heaviest_first(standings: Sequence[str]) -> list[int]:
    """Return for each standing a number that is smaller the heavier it weighs."""
    return [-weight_of(standing) for standing in standings]
