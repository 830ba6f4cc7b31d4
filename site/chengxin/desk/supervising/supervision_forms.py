"""The forms of supervision: a mark, a link, a decision about a permit, a drawing, a result."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import DataRequired, Optional

from chengxin.agencies.permits.labels import CHANGE, FACT
from chengxin.agencies.permits.rules import PERMIT_FACTS
from chengxin.core.forms import (
    DAY,
    LINE_LONG,
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
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.inspections.labels import RESULT
from chengxin.standing.lineage.labels import TIE
from chengxin.standing.permits.rules import OFFERED

TEXT_LONG = Long(most=2_000, message=_l("Keep it to 2,000 characters."))
NAME_AGENCY = _l("Name the agency.")
LEAST_NAMES = 2


class MarkForm(ChengxinForm):
    """Which agency operates abnormally, why, and since when."""

    agency = LineField(_l("Agency in the register"), [DataRequired(NAME_AGENCY), LINE_LONG])
    cause = ChoiceField(_l("Cause"), CAUSE, message=_l("Choose the cause."))
    facts = LongTextField(_l("What happened"), [TEXT_LONG])
    set_on = DayField(_l("Marked from"), [DataRequired(DAY)], message=DAY)
    decision_no = LineField(_l("Decision number"), [LINE_LONG])
    authority = LineField(_l("Authority that decided"), [LINE_LONG])

    def facts_given(self) -> dict[str, Any]:
        """Return what was written about the mark."""
        names = ("cause", "facts", "set_on", "decision_no", "authority")
        return {name: self[name].data for name in names}


class LinkForm(ChengxinForm):
    """Which two organisations a record ties, how, since when, and which record."""

    earlier = LineField(_l("Earlier organisation"), [DataRequired(NAME_AGENCY), LINE_LONG])
    later = LineField(_l("Later organisation"), [DataRequired(NAME_AGENCY), LINE_LONG])
    kind = ChoiceField(_l("What the record says"), TIE, message=_l("Choose what the record says."))
    on_day = DayField(_l("Day of the record"), [DataRequired(DAY)], message=DAY)
    document = LineField(_l("Document"), [DataRequired(_l("Name the document that says so.")), LINE_LONG])
    issuer = LineField(_l("Issued by"), [DataRequired(_l("Name the authority that issued it.")), LINE_LONG])

    def facts_given(self) -> dict[str, Any]:
        """Return what was written about the link."""
        return {name: self[name].data for name in ("kind", "on_day", "document", "issuer")}


class PermitForm(ChengxinForm):
    """Which permit a decision is about, what it decides, and from when."""

    number = LineField(_l("Permit number"), [DataRequired(_l("Write the number of the permit.")), LINE_LONG])
    change = ChoiceField(
        _l("What was decided"),
        {each: CHANGE[each] for each in OFFERED},
        message=_l("Choose what was decided."),
    )
    fact = ListField(
        _l("What changed"),
        {"": _l("Nothing but how it stands"), **{each: FACT[each] for each in PERMIT_FACTS}},
        message=_l("Choose one of the list."),
    )
    new = LineField(_l("New words, or the new last day"), [LINE_LONG])
    on_day = DayField(_l("Holds from"), [DataRequired(DAY)], message=DAY)
    decided_on = DayField(_l("Date of the decision"), [DataRequired(DAY)], message=DAY)
    decision_no = LineField(
        _l("Decision number"), [DataRequired(_l("Write the decision number.")), LINE_LONG]
    )
    reason = LongTextField(_l("Reason"), [TEXT_LONG])

    def facts_given(self) -> dict[str, Any]:
        """Return what was written about the decision."""
        names = ("change", "fact", "new", "on_day", "decided_on", "decision_no", "reason")
        return {name: self[name].data for name in names}


class DrawingForm(ChengxinForm):
    """From which agencies how many are drawn, for what, and who may inspect."""

    title = LineField(_l("Title"), [DataRequired(_l("Write a title.")), LINE_LONG])
    scope = LongTextField(_l("What is looked at"), [TEXT_LONG])
    basis = LongTextField(_l("Legal basis"), [TEXT_LONG])
    region = LineField(_l("Region code"), [LINE_LONG])
    wanted = IntegerField(_l("Agencies to draw"))
    inspectors = LongTextField(_l("Inspectors to draw from"), [TEXT_LONG])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that there is a number and a choice of inspectors."""
        super().validate(extra_validators)
        if not self.wanted.data:
            self.wanted.errors = [_("Write how many agencies to draw.")]
        if len(set(self.names())) < LEAST_NAMES:
            self.inspectors.errors = [*self.inspectors.errors, _("Name two inspectors or more, one a line.")]
        return not self.errors

    def names(self) -> list[str]:
        """Return the inspectors, one a line."""
        return [line.strip() for line in (self.inspectors.data or "").splitlines() if line.strip()]


class ResultForm(ChengxinForm):
    """What the inspection of one agency came to."""

    result = ChoiceField(_l("Result of the inspection"), RESULT, message=_l("Choose the result."))
    inspected_on = DayField(_l("Inspected on"), [Optional()], message=DAY)
    note = LongTextField(_l("What the public reads about it"), [TEXT_LONG])
    version = VersionField()
