"""The form in which a title is nominated."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import DataRequired, Optional

from chengxin.core.forms import ChengxinForm, ChoiceField, DayField, LineField, Long, LongTextField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.exemplars.labels import HONOUR_KIND, LEVEL
from chengxin.standing.exemplars.rules import HonourKind

DAY = _l("Write the day as year-month-day, for example 2026-10-28.")
LINE_LONG = Long(most=200, message=_l("Keep it to 200 characters."))
FIRST_YEAR, LAST_YEAR = 2012, 2099


class HonourForm(ChengxinForm):
    """Who is to be named, for which year, by which level, and why."""

    agency = LineField(_l("Agency in the register"), [DataRequired(_l("Name the agency.")), LINE_LONG])
    kind = ChoiceField(_l("Who is named"), HONOUR_KIND, message=_l("Choose who is named."))
    holder = LineField(_l("Name of the window or the person"), [LINE_LONG])
    level = ChoiceField(_l("Level"), LEVEL, message=_l("Choose the level."))
    year = IntegerField(_l("Year"))
    batch = LineField(_l("Batch"), [LINE_LONG])
    decision_no = LineField(_l("Decision number"), [LINE_LONG])
    merit = LongTextField(
        _l("Why it is named"), [Long(most=2_000, message=_l("Keep it to 2,000 characters."))]
    )
    valid_until = DayField(_l("Counts until"), [Optional()], message=DAY)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, the year, and that a window or a person has a name."""
        super().validate(extra_validators)
        if not FIRST_YEAR <= (self.year.data or 0) <= LAST_YEAR:
            self.year.errors = [_("Write the year with four digits.")]
        if self.kind.data in {HonourKind.WINDOW, HonourKind.PERSON} and not self.holder.data:
            self.holder.errors = [*self.holder.errors, _("Write the name of the window or the person.")]
        return not self.errors

    def facts(self) -> dict[str, Any]:
        """Return what was written about the title."""
        names = ("kind", "holder", "level", "year", "batch", "decision_no", "merit", "valid_until")
        return {name: self[name].data for name in names}
