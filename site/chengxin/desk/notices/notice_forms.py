"""The form in which a notice is drafted."""

from datetime import date
from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired, Optional

from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    WRONG,
    ChengxinForm,
    ChoiceField,
    DayField,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.personal import Personal
from chengxin.standing.sanctions.basis import kept, readable, rows_in, rows_of, written
from chengxin.standing.sanctions.labels import (
    CATEGORY,
    LEGAL_KIND,
    NAMING,
    NOTICE_KIND,
    PROCEDURE,
    SEVERITY,
)
from chengxin.standing.sanctions.masking import kinds_in
from chengxin.standing.sanctions.rules import Severity
from chengxin.standing.sanctions.wording import TEXTS, Wording

CHOOSE = _l("Choose")
TEXT = 8_000
TEXT_LONG = Long(most=TEXT, message=_l("Keep it to 8,000 characters."))
SEVERITY_HINTS = {
    Severity.MINOR: _l("Public for 3 months at most, counted from the decision. As a rule not published."),
    Severity.GENERAL: _l("Public for 3 months at least and 1 year at most."),
    Severity.SERIOUS: _l("Public for 1 year at least and 3 years at most."),
}


TAKEN = {
    "no": _l("No decision yet: the agency is told first"),
    "yes": _l("The decision has been taken already"),
}
TAKEN_HINTS = {
    "no": _l(
        "After legal review the desk leads through prior notice, reply or hearing, decision and service."
    ),
    "yes": _l("State when the agency was told and when it was served. The legal review is never left out."),
}
NAMED = _l("Choose how the party is named.")


class NoticeForm(ChengxinForm):
    """Everything a notice says, in the order in which an officer has it at hand."""

    agency = LineField(_l("Agency in the register"), [LINE_LONG])
    party_name = LineField(_l("Name of the party"), [LINE_LONG])
    party_uscc = LineField(_l("Credit code of the party"), [LINE_LONG])
    naming = ChoiceField(_l("How the public reads the name"), NAMING, message=NAMED)
    notice_kind = ChoiceField(_l("Kind of notice"), NOTICE_KIND, message=_l("Choose the kind of notice."))
    legal_kind = ListField(_l("What was decided"), {"": CHOOSE, **LEGAL_KIND}, message=WRONG)
    list_name = LineField(_l("Name of the list"), [LINE_LONG])
    severity = ChoiceField(_l("Severity"), SEVERITY, message=_l("Choose the severity."))
    procedure = ChoiceField(_l("Procedure"), PROCEDURE, message=_l("Choose the procedure."))
    category = ListField(_l("What the agency did"), {"": CHOOSE, **CATEGORY}, message=WRONG)
    filed_on = DayField(_l("Case filed on"), [Optional()], message=DAY)
    taken = ChoiceField(_l("Where it stands"), TAKEN, message=_l("Choose where it stands."))
    decision_no = LineField(_l("Decision number"), [LINE_LONG])
    decision_date = DayField(_l("Date of the decision"), [Optional()], message=DAY)
    told_on = DayField(_l("Agency told beforehand on"), [Optional()], message=DAY)
    served_on = DayField(_l("Decision served on"), [Optional()], message=DAY)
    repair_notice = BooleanField(_l("The notice on credit repair was served with it"))
    authority = LineField(
        _l("Authority that decided"), [DataRequired(_l("Write the name of the authority.")), LINE_LONG]
    )
    title = LineField(_l("Title"), [DataRequired(_l("Write a title.")), LINE_LONG])
    summary = LineField(_l("What happened, in one line"), [LINE_LONG])
    facts = LongTextField(_l("Facts"), [DataRequired(_l("Write the facts.")), TEXT_LONG])
    evidence = LongTextField(_l("Evidence"), [TEXT_LONG])
    articles = LongTextField(_l("Regulations and articles"), [TEXT_LONG])
    basis = LongTextField(_l("Legal basis"), [TEXT_LONG])
    measures = LongTextField(_l("Decision"), [TEXT_LONG])
    amount = LineField(_l("Amount"), [LINE_LONG])
    rectify_by = DayField(_l("To be put right by"), [Optional()], message=DAY)
    agency_statement = LongTextField(_l("What the agency says"), [TEXT_LONG])
    remedies = LongTextField(_l("Remedies"), [TEXT_LONG])
    publication_basis = LongTextField(_l("Law that asks for publication"), [TEXT_LONG])
    version = VersionField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, that the party and both kinds are named, and that a decision states its days."""
        super().validate(extra_validators)
        if not self.agency.data and not self.party_name.data:
            _say(self.party_name, _("Name the agency: from the register, or by its name alone."))
        for field in (self.legal_kind, self.category):
            if not field.data:
                _say(field, str(WRONG))
        if not self.basis.data and not rows_in(self.articles.data or ""):
            _say(self.articles, _("Write the legal basis: a regulation and an article a line."))
        if self.taken.data == "yes":
            self._check_decision()
        return not self.errors

    def _check_decision(self) -> None:
        if not self.decision_no.data:
            _say(self.decision_no, _("Write the decision number."))
        for field in (self.decision_date, self.told_on):
            if not field.data and not field.errors:
                _say(field, str(DAY))

    def wording(self, *, today: date, **party: Any) -> Wording:
        """Return what was written, about this party; without a decision its date is the draft's."""
        told = {name: self[name].data for name in Wording.__dataclass_fields__ if name in self}
        rows = rows_in(self.articles.data or "")
        told |= {"basis": told["basis"] or readable(rows), "basis_articles": kept(rows)}
        told["decided"] = self.taken.data == "yes"
        if not told["decided"]:
            nothing = {"told_on": None, "served_on": None, "repair_notice": False, "decision_no": ""}
            told |= {**nothing, "decision_date": today}
        return Wording(**{**told, **party})

    def fill(self, wording: Wording, *, agency: str, version: int) -> None:
        """Show what a draft says now."""
        for name in Wording.__dataclass_fields__:
            if name in self:
                self[name].data = getattr(wording, name)
        if not wording.decided:
            self.decision_date.data = None
        rows = rows_of(wording.basis_articles)
        self.articles.data = written(rows)
        self.basis.data = "" if wording.basis == readable(rows) else wording.basis
        self.taken.data = "yes" if wording.decided else "no"
        self.agency.data, self.version.data = agency, version

    def personal(self) -> list[Personal]:
        """Return what kinds of personal data stand in the words; they are masked when the draft is kept."""
        return kinds_in(*(self[name].data or "" for name in TEXTS))


def _say(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
