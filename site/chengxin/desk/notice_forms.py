"""The form in which a notice is drafted."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from chengxin.core.forms import (
    ChengxinForm,
    ChoiceField,
    DayField,
    KeptField,
    LineField,
    ListField,
    Long,
    LongTextField,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, SEVERITY
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Severity
from chengxin.standing.sanctions.wording import Wording

CHOOSE = _l("Choose")
WRONG = _l("Choose one of the list.")
DAY = _l("Write the day as year-month-day, for example 2026-10-28.")
LINE, TEXT = 200, 8_000
LINE_LONG = Long(most=LINE, message=_l("Keep it to 200 characters."))
TEXT_LONG = Long(most=TEXT, message=_l("Keep it to 8,000 characters."))
SEVERITY_HINTS = {
    Severity.MINOR: _l("Public for 3 months at most, counted from the decision. As a rule not published."),
    Severity.GENERAL: _l("Public for 3 months at least and 1 year at most."),
    Severity.SERIOUS: _l("Public for 1 year at least and 3 years at most."),
}
# What every notice carries unless the officer writes something else; notices are written in Chinese.
REMEDIES = "如不服本决定，可以自收到决定书之日起60日内依法申请行政复议，或者依法提起行政诉讼。"


class NoticeForm(ChengxinForm):
    """Everything a notice says, in the order in which an officer has it at hand."""

    agency = LineField(_l("Agency in the register"), [LINE_LONG])
    party_name = LineField(_l("Name of the party"), [LINE_LONG])
    party_uscc = LineField(_l("Credit code of the party"), [LINE_LONG])
    notice_kind = ChoiceField(_l("Kind of notice"), NOTICE_KIND, message=_l("Choose the kind of notice."))
    legal_kind = ListField(_l("What was decided"), {"": CHOOSE, **LEGAL_KIND}, message=WRONG)
    severity = ChoiceField(_l("Severity"), SEVERITY, message=_l("Choose the severity."))
    category = ListField(_l("What the agency did"), {"": CHOOSE, **CATEGORY}, message=WRONG)
    decision_no = LineField(
        _l("Decision number"), [DataRequired(_l("Write the decision number.")), LINE_LONG]
    )
    decision_date = DayField(_l("Date of the decision"), [DataRequired(DAY)], message=DAY)
    authority = LineField(
        _l("Authority that decided"), [DataRequired(_l("Write the name of the authority.")), LINE_LONG]
    )
    title = LineField(_l("Title"), [DataRequired(_l("Write a title.")), LINE_LONG])
    summary = LineField(_l("What happened, in one line"), [LINE_LONG])
    facts = LongTextField(_l("Facts"), [DataRequired(_l("Write the facts.")), TEXT_LONG])
    basis = LongTextField(_l("Legal basis"), [DataRequired(_l("Write the legal basis.")), TEXT_LONG])
    measures = LongTextField(_l("Decision"), [TEXT_LONG])
    amount = LineField(_l("Amount"), [LINE_LONG])
    rectify_by = DayField(_l("To be put right by"), [Optional()], message=DAY)
    agency_statement = LongTextField(_l("What the agency says"), [TEXT_LONG])
    remedies = LongTextField(_l("Remedies"), [TEXT_LONG])
    complaint = KeptField()
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that the party and both kinds are named."""
        super().validate(extra_validators)
        if not self.agency.data and not self.party_name.data:
            _say(self.party_name, _("Name the agency: from the register, or by its name alone."))
        for field in (self.legal_kind, self.category):
            if not field.data:
                _say(field, str(WRONG))
        return not self.errors

    def wording(self, **party: Any) -> Wording:
        """Return what was written, about this party."""
        names = (name for name in Wording.__dataclass_fields__ if name in self)
        return Wording(**{**{name: self[name].data for name in names}, **party})

    def fill(self, sanction: Sanction, *, agency_uid: str) -> None:
        """Show what a draft says now."""
        for name in Wording.__dataclass_fields__:
            if name in self:
                self[name].data = getattr(sanction, name)
        self.agency.data = sanction.party_uscc if sanction.agency_id and sanction.party_uscc else agency_uid
        self.version.data = sanction.version


def _say(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
