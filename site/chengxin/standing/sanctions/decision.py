"""A decision as one row of a published list tells it, and what the user says where the list is silent."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chengxin.standing.sanctions.wording import Wording


class NoticeFlag(StrEnum):
    """What an imported notice is kept with although something about it is not in order."""

    USCC_CHECK = "uscc_check"
    PERSONAL_NUMBER = "personal_number"
    PARTY_NOT_IN_REGISTER = "party_not_in_register"
    NAME_DIFFERS = "name_differs"
    REGION_UNKNOWN = "region_unknown"
    NO_BASIS = "no_basis"
    NO_DECISION_NO = "no_decision_no"
    TERM_CAPPED = "term_capped"
    TERM_OVER = "term_over"


class RowRefusedError(Exception):
    """A row cannot become a notice; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What the user says of every row where the list is silent."""

    kind: str = ""
    legal_kind: str = ""
    severity: str = ""
    decision_date: date | None = None
    authority: str = ""
    basis: str = ""
    facts: str = ""
    publication_basis: str = ""


@dataclass(slots=True)
class Decision:
    """A decision as one row tells it."""

    row: int
    words: dict[str, object]
    flags: list[str] = field(default_factory=list)

    def link(self, agency_id: int, region_code: str | None) -> None:
        """Link the decision to an agency, and to its region when the row names none."""
        self.words["agency_id"] = agency_id
        self.words["region_code"] = self.words["region_code"] or region_code

    def wording(self) -> Wording:
        """Return the wording of the notice."""
        return Wording(**self.words)  # type: ignore[arg-type]

    def told(self, name: str) -> str:
        """Return a word of the decision as text."""
        return str(self.words.get(name) or "")
