"""What people are told before they send something, one file a version and language; the version is kept with it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CHINESE = "zh_Hans_CN"


@dataclass(frozen=True)
class Told:
    """The texts of one room: the package whose files they are, and the version that is shown now."""

    package: str
    current: str

    def versions(self) -> frozenset[str]:
        """Return every version that was ever shown."""
        return _versions(self.package)

    def text_of(self, version: str, locale: str) -> tuple[str, ...]:
        """Return the sentences of a version in a language; nothing for a version that never was."""
        return _sentences(self.package, version, locale) if version in self.versions() else ()


@cache
def _versions(package: str) -> frozenset[str]:
    names = (each.name for each in files(package).iterdir())
    return frozenset(name.partition(".")[0] for name in names if name.endswith(".txt"))


@cache
def _sentences(package: str, version: str, locale: str) -> tuple[str, ...]:
    file = files(package).joinpath(f"{version}.{locale}.txt")
    given = file if file.is_file() else files(package).joinpath(f"{version}.{CHINESE}.txt")
    return tuple(given.read_text(encoding="utf-8").splitlines())
