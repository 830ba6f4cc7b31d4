"""The forms in which the facts of the proceedings are entered."""

from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired

from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    ChengxinForm,
    DayField,
    KeptField,
    LineField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.notices.notice_forms import TEXT_LONG
from chengxin.desk.stepping import MOST_REASON
from chengxin.standing.sanctions.models import Sanction


class FactForm(ChengxinForm):
    """When something happened, and how."""

    day = DayField(_l("Day"), [DataRequired(DAY)], message=DAY)
    reason = LongTextField(
        _l("Reason, or how it was done"),
        [
            DataRequired(_l("Write the reason.")),
            Long(most=MOST_REASON, message=_l("Keep the reason to 1,000 characters.")),
        ],
    )
    version = VersionField()
    view = KeptField()

    def begin(self, sanction: Sanction) -> None:
        """Show what the notice says already."""

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names the act takes."""
        return {"day": self.day.data, "reason": self.reason.data or ""}


class ReplyForm(FactForm):
    """What the agency says."""

    statement = LongTextField(
        _l("What the agency says"), [DataRequired(_l("Write what the agency says.")), TEXT_LONG]
    )

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names the act takes."""
        return {**super().facts(), "statement": self.statement.data}


class HearingForm(FactForm):
    """What came of a hearing."""

    outcome = LongTextField(
        _l("What came of the hearing"), [DataRequired(_l("Write what came of the hearing.")), TEXT_LONG]
    )

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names the act takes."""
        return {**super().facts(), "outcome": self.outcome.data}


class DecisionForm(FactForm):
    """What was decided."""

    decision_no = LineField(
        _l("Decision number"), [DataRequired(_l("Write the decision number.")), LINE_LONG]
    )
    measures = LongTextField(_l("Decision"), [DataRequired(_l("Write what was decided.")), TEXT_LONG])
    amount = LineField(_l("Amount"), [LINE_LONG])

    def begin(self, sanction: Sanction) -> None:
        """Show what was meant to be decided."""
        self.measures.data, self.amount.data = sanction.measures, sanction.amount

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names the act takes."""
        names = ("decision_no", "measures", "amount")
        return {**super().facts(), **{name: self[name].data or "" for name in names}}


class ServiceForm(FactForm):
    """How the decision was served."""

    repair_notice = BooleanField(_l("The notice on credit repair was served with it"))

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names the act takes."""
        return {**super().facts(), "with_repair_notice": bool(self.repair_notice.data)}
