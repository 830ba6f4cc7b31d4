"""The form in which a public notice is corrected: everything it says, and why."""

from dataclasses import asdict
from typing import Any

from wtforms.validators import DataRequired, Optional

from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    WRONG,
    ChengxinForm,
    ChoiceField,
    DayField,
    KeptField,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.numbers import number_in
from chengxin.standing.corrections.rules import MOST_NOTE
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, SEVERITY
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.wording import Wording, wording_of

TEXT = Long(most=8_000, message=_l("Keep it to 8,000 characters."))


class CorrectionForm(ChengxinForm):
    """What the notice is to say from now on; everything else of it stays."""

    note = LineField(
        _l("What is corrected, and why"),
        [
            DataRequired(_l("Say in one sentence what is corrected and why: readers see it.")),
            Long(most=MOST_NOTE, message=_l("Keep it to 200 characters.")),
        ],
    )
    agency = LineField(_l("Agency in the register"), [LINE_LONG])
    party_name = LineField(
        _l("Name of the party"), [DataRequired(_l("Write the name of the party.")), LINE_LONG]
    )
    party_uscc = LineField(_l("Credit code of the party"), [LINE_LONG])
    notice_kind = ChoiceField(_l("Kind of notice"), NOTICE_KIND, message=WRONG)
    legal_kind = ListField(_l("What was decided"), LEGAL_KIND, message=WRONG)
    severity = ChoiceField(_l("Severity"), SEVERITY, message=WRONG)
    category = ListField(_l("What the agency did"), CATEGORY, message=WRONG)
    decision_no = LineField(
        _l("Decision number"), [DataRequired(_l("Write the decision number.")), LINE_LONG]
    )
    decision_date = DayField(_l("Date of the decision"), [DataRequired(DAY)], message=DAY)
    authority = LineField(
        _l("Authority that decided"), [DataRequired(_l("Write the name of the authority.")), LINE_LONG]
    )
    amount = LineField(_l("Amount"), [LINE_LONG])
    rectify_by = DayField(_l("To be put right by"), [Optional()], message=DAY)
    title = LineField(_l("Title"), [DataRequired(_l("Write a title.")), LINE_LONG])
    summary = LineField(_l("What happened, in one line"), [LINE_LONG])
    facts = LongTextField(_l("Facts"), [DataRequired(_l("Write the facts.")), TEXT])
    basis = LongTextField(_l("Legal basis"), [DataRequired(_l("Write the legal basis.")), TEXT])
    measures = LongTextField(_l("Decision"), [TEXT])
    agency_statement = LongTextField(_l("What the agency says"), [TEXT])
    remedies = LongTextField(_l("Remedies"), [TEXT])
    objection = KeptField()
    version = VersionField()

    @property
    def objection_id(self) -> int | None:
        """Return the objection the correction follows from, if there is one."""
        asked = self.objection.data or ""
        return number_in(asked)

    def fill(self, sanction: Sanction, *, agency_uid: str, objection: str) -> None:
        """Show what the notice says now."""
        for name, value in asdict(wording_of(sanction)).items():
            if name in self:
                self[name].data = value
        self.agency.data = agency_uid
        self.objection.data = objection
        self.version.data = sanction.version

    def wording(self, sanction: Sanction, **party: Any) -> Wording:
        """Return the new words: what was written, and everything the form does not ask for as it was."""
        written = {name: self[name].data for name in Wording.__dataclass_fields__ if name in self}
        return Wording(**{**asdict(wording_of(sanction)), **written, **party})
