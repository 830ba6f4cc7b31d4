"""What an import did with each row: one outcome, its flags, and why."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    JOINED = "joined"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of an import's report."""

    row: int
    outcome: Outcome
    name: str
    key: str = ""
    flags: tuple[str, ...] = ()
    why: str = ""


@dataclass(slots=True)
class Tally:
    """The sums of an import, and where each row's report goes."""

    tell: Callable[[RowReport], object] | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    flagged: int = 0

    def add(self, report: RowReport) -> None:
        """Count a row and hand its report on."""
        self.outcomes[report.outcome] += 1
        self.flags.update(report.flags)
        self.flagged += bool(report.flags) and report.outcome != Outcome.REFUSED
        if report.outcome == Outcome.REFUSED:
            self.reasons[report.why.split(":")[0]] += 1
        if self.tell:
            self.tell(report)

    @property
    def rows(self) -> int:
        """Return how many rows were read."""
        return sum(self.outcomes.values())
