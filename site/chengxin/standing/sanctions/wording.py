"""The wording of a notice: everything a person writes before it is reviewed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from chengxin.standing.sanctions.basis import kept, named_in
from chengxin.standing.sanctions.masking import masked
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.naming import Naming, anonymised, hidden_in
from chengxin.standing.sanctions.rules import Category, Procedure, Term, term

NEEDED = ("party_name", "title", "authority", "facts", "basis")
NEEDED_OF_DECISION = ("decision_no",)
# The words of a person, in which data of persons may have slipped.
TEXTS = ("title", "summary", "facts", "measures", "agency_statement", "evidence")
NO_ARTICLES = "[]"


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
    list_name: str = ""
    procedure: str = Procedure.ORDINARY
    naming: str = Naming.FULL
    basis_articles: str = NO_ARTICLES
    evidence: str = ""
    publication_basis: str = ""
    decided: bool = True
    filed_on: date | None = None
    told_on: date | None = None
    served_on: date | None = None
    repair_notice: bool = False

    @property
    def term(self) -> Term:
        """Return how long these words may be public."""
        return term(
            self.decision_date,
            severity=self.severity,
            legal_kind=self.legal_kind,
            notice_kind=self.notice_kind,
        ).capped(self.listed_until)

    def columns(self, places: Sequence[str] = ()) -> dict[str, Any]:
        """Return the values of the record: data of persons masked, an anonymised party withheld, the term."""
        values = asdict(self)
        values |= {name: masked(values[name]).text for name in TEXTS}
        if self.basis_articles == NO_ARTICLES:
            values["basis_articles"] = kept(named_in(self.basis))
        values |= self._named(values, places)
        return {**values, "min_until": self.term.min_until, "max_until": self.term.max_until}

    def withheld_in(self, text: str, places: Sequence[str] = ()) -> str:
        """Return a text as the public may read it: without the name of a party that is anonymised."""
        if self.naming != Naming.ANONYMISED:
            return text
        return hidden_in(text, name=self.party_name, uscc=self.party_uscc, places=places)

    def _named(self, values: dict[str, Any], places: Sequence[str]) -> dict[str, Any]:
        """Return who the public reads of, and who it really is; only the first leaves the desk."""
        if self.naming != Naming.ANONYMISED:
            return {"withheld_name": "", "withheld_uscc": "", "withheld_agency_id": None}
        shown = anonymised(self.party_name, places)
        if shown == self.party_name:
            return {}
        return {
            **{name: self.withheld_in(values[name], places) for name in TEXTS},
            "party_name": shown,
            "party_uscc": "",
            "agency_id": None,
            "withheld_name": self.party_name,
            "withheld_uscc": self.party_uscc,
            "withheld_agency_id": self.agency_id,
        }


def wording_of(sanction: Sanction) -> Wording:
    """Return the words of a record as a person wrote them, with the true name of an anonymised party."""
    words = {each.name: getattr(sanction, each.name) for each in fields(Wording)}
    if sanction.withheld_name:
        words["party_name"] = sanction.withheld_name
        words["party_uscc"] = sanction.withheld_uscc
        words["agency_id"] = sanction.withheld_agency_id
    return Wording(**words)
