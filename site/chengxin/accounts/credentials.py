"""Rules of usernames and passwords."""

import re
import unicodedata

from chengxin.core.errors import N_, DomainError

PASSWORD_LEAST = 12
PASSWORD_MOST = 256
LEAST_CHARACTERS = 6
SITE_WORDS = ("chengxin", "诚信")
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")

LENGTH = N_("A password takes %(least)s to %(most)s characters.")
NOT_THE_NAME = N_("A password may not be the username.")
NOT_THE_SITE = N_("A password may not be the name of the site with a few signs added.")
NOT_REPEATED = N_("A password may not repeat the same signs or run along the keyboard or the alphabet.")
# What fingers and alphabets run along; a password of nothing else is guessed first.
RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
RUN_LENGTH = 4


def check_username(username: str) -> None:
    """Refuse a username that could be mistaken for another."""
    if not _USERNAME.fullmatch(username):
        raise DomainError(
            N_(
                "A username takes 2 to 32 small letters, digits, dots, dashes or underscores,"
                " and starts with a letter."
            )
        )


def check_password(password: str, *, username: str) -> None:
    """Refuse a password that is too short, too long, or among the first to be guessed."""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise DomainError(LENGTH, least=PASSWORD_LEAST, most=PASSWORD_MOST)
    plain = folded(password).casefold()
    if plain.strip("0123456789!.-_ ") == username.casefold().strip("0123456789!.-_ "):
        raise DomainError(NOT_THE_NAME)
    if any(plain.replace(word, "").strip("0123456789!.-_ @#") == "" for word in SITE_WORDS):
        raise DomainError(NOT_THE_SITE if any(word in plain for word in SITE_WORDS) else NOT_REPEATED)
    if len(set(plain)) < LEAST_CHARACTERS or _only_runs(plain):
        raise DomainError(NOT_REPEATED)


def folded(password: str) -> str:
    """Return a password as every keyboard and input method would write it."""
    return unicodedata.normalize("NFKC", password)


def _only_runs(plain: str) -> bool:
    """Tell whether a text is runs of the keyboard or the alphabet, either way, and at most a few signs more."""
    lines = [line for run in RUNS for line in (run + run[0], (run + run[0])[::-1])]
    left = plain
    while left:
        longest = max((_common(left, line) for line in lines), default=0)
        if longest < RUN_LENGTH:
            return len(left) < RUN_LENGTH and left != plain
        left = left[longest:]
    return True


def _common(text: str, line: str) -> int:
    """Return how many signs at the start of a text run along a line."""
    start = line.find(text[0])
    count = 0
    while (
        start >= 0 and count < len(text) and start + count < len(line) and text[count] == line[start + count]
    ):
        count += 1
    return count
