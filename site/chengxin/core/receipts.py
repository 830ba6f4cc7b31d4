"""Receipts: a short code and a phrase of four Chinese words, which together open one case.

Both grow out of the form that was sent, so sending it again gives the same receipt. The code is kept only as
a keyed hash, and the phrase not at all: it proves itself by the key that grows out of it. The words join one
of 62 first and one of 79 second characters whose syllables stay apart even where zh and z, n and l, or -n and
-ng are spoken alike.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.core.sealing import stretched_key

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
PHRASE_WORDS = 4
SYLLABLES = 2 * PHRASE_WORDS
LONGEST = 200
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: the field of 32 elements
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Receipt:
    """What a complainant keeps: `C-9VK4-7MQH` and four words."""

    code: str
    words: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """Return the four words as they are shown."""
        return "-".join(self.words)

    @property
    def pinyin(self) -> str:
        """Return the words in Latin letters without tones, for those who do not read Chinese."""
        return "-".join(words()[word] for word in self.words)

    @property
    def both(self) -> str:
        """Return code and phrase in one line, as the copy button copies them."""
        return f"{self.code} {self.phrase}"


NOBODYS = Receipt("C-2222-2222", ())


def mint(secret: str, seed: str, *, attempt: int = 0) -> Receipt:
    """Return the receipt that belongs to a form; the seed must hold at least 128 random bits.

    A code of 35 bits can be taken already: the same form has another receipt for each further attempt.
    """
    digest = _keyed(secret, f"receipt {seed}" if attempt == 0 else f"receipt {seed} attempt {attempt}")
    number = int.from_bytes(digest[:8], "big")
    body = [number >> (5 * place) & 31 for place in range(CODE_LENGTH - 1)]
    choice = list(words())
    picks = [int.from_bytes(digest[start : start + 8], "big") % len(choice) for start in range(8, 40, 8)]
    return Receipt(_written([*body, _check_value(body)]), tuple(choice[pick] for pick in picks))


def parse(text: str) -> Receipt | None:
    """Return the receipt that somebody typed or pasted, or None when it cannot be one.

    Full-width characters, missing or foreign hyphens, lower case and pinyin instead of the words are taken.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).upper()
    letters = re.match(r"[^A-Z0-9\u4e00-\u9fff]*(.*)", plain, re.DOTALL)
    rest = letters.group(1) if letters else ""
    for prefix in (r"C[^A-Z0-9]*", ""):
        found = re.match(prefix + r"((?:[A-Z0-9][^A-Z0-9\u4e00-\u9fff]*){8})(.*)", rest, re.DOTALL)
        code = found and parse_code(found.group(1))
        phrase = found and _parse_words(found.group(2))
        if code and phrase:
            return Receipt(code, phrase)
    return None


def parse_code(text: str) -> str | None:
    """Return a code in its one written form, or None when its check character does not fit."""
    plain = re.sub(r"[^A-Z0-9]", "", unicodedata.normalize("NFKC", text[:LONGEST]).upper())
    body = plain[1:] if len(plain) == CODE_LENGTH + 1 and plain[0] == "C" else plain
    if len(body) != CODE_LENGTH or any(character not in ALPHABET for character in body):
        return None
    values = [ALPHABET.index(character) for character in body]
    return _written(values) if values[-1] == _check_value(values[:-1]) else None


def code_hash(secret: str, code: str) -> str:
    """Return what is stored in place of a code."""
    return _keyed(secret, f"receipt code {code}")[:32].hex()


def form_hash(secret: str, seed: str) -> str:
    """Return what is stored in place of the code of a form for which nobody gets a receipt; no two share one."""
    return _keyed(secret, f"receipt of nobody {seed}")[:32].hex()


def reply_key(secret: str, receipt: Receipt) -> X25519PrivateKey:
    """Return the complainant's key; its public half is stored, and answers are sealed to it."""
    salt = _keyed(secret, f"receipt salt {receipt.code}")[:16]
    return stretched_key(receipt.phrase, salt=salt)


def _keyed(secret: str, text: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha512)


def _parse_words(text: str) -> tuple[str, ...] | None:
    han = "".join(_HAN.findall(text))
    phrase = [han[start : start + 2] for start in range(0, len(han), 2)] if han else _from_pinyin(text)
    known = len(phrase) == PHRASE_WORDS and all(word in words() for word in phrase)
    return tuple(phrase) if known else None


def _from_pinyin(text: str) -> list[str]:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    spoken = re.findall(r"[a-z]+", bare.lower())
    if len(spoken) == SYLLABLES:
        spoken = ["".join(spoken[start : start + 2]) for start in range(0, SYLLABLES, 2)]
    return [_by_pinyin().get(each, "") for each in spoken]


def _written(values: list[int]) -> str:
    body = "".join(ALPHABET[value] for value in values)
    return f"C-{body[:4]}-{body[4:]}"


def _check_value(values: list[int]) -> int:
    """Return the value that makes one wrong or two swapped characters visible."""
    total = 0
    for value in values:
        total = _doubled(total) ^ value
    return _doubled(total)


def _doubled(value: int) -> int:
    shifted = value << 1
    return shifted ^ _FIELD_POLYNOMIAL if shifted & 32 else shifted


@cache
def words() -> dict[str, str]:
    """Return every word a phrase may hold, each with its pinyin without tones."""
    text = files("chengxin.core").joinpath("receipt_words.txt").read_text(encoding="utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines())


@cache
def _by_pinyin() -> dict[str, str]:
    return {spoken: word for word, spoken in words().items()}
