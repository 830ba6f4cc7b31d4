"""What people are told before they send a case, one file a version and language; the version is kept with the case."""

from functools import cache
from importlib.resources import files

from chengxin.voices.complaints.rules import CONSENT_VERSION

CURRENT = CONSENT_VERSION
CHINESE = "zh_Hans_CN"


@cache
def versions() -> frozenset[str]:
    """Return every version that was ever shown."""
    names = (each.name for each in files(__name__).iterdir())
    return frozenset(name.partition(".")[0] for name in names if name.endswith(".txt"))


@cache
def text_of(version: str, locale: str) -> tuple[str, ...]:
    """Return the sentences of a version in a language; nothing for a version that never was."""
    if version not in versions():
        return ()
    file = files(__name__).joinpath(f"{version}.{locale}.txt")
    given = file if file.is_file() else files(__name__).joinpath(f"{version}.{CHINESE}.txt")
    return tuple(given.read_text(encoding="utf-8").splitlines())
