"""The wording of a notice: everything a person writes before it is reviewed."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from chengxin.standing.sanctions.rules import Category, Term, term

NEEDED = ("party_name", "title", "decision_no", "authority", "facts", "basis")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The decision and its words, as a person drafted them."""

    party_name: str
    notice_kind: str
    legal_kind: str
    severity: str
    title: str
    decision_no: str
    decision_date: date
    authority: str
    facts: str
    basis: str
    agency_id: int | None = None
    party_uscc: str = ""
    region_code: str | None = None
    category: str = Category.OTHER
    summary: str = ""
    measures: str = ""
    agency_statement: str = ""
    remedies: str = ""
    amount: str = ""
    rectify_by: date | None = None
    complaint_id: int | None = None
    listed_until: date | None = None

    @property
    def term(self) -> Term:
        """Return how long these words may be public."""
        return term(
            self.decision_date,
            severity=self.severity,
            legal_kind=self.legal_kind,
            notice_kind=self.notice_kind,
        ).capped(self.listed_until)

    def columns(self) -> dict[str, Any]:
        """Return the values of the record, with the term that follows from them."""
        return {**asdict(self), "min_until": self.term.min_until, "max_until": self.term.max_until}
