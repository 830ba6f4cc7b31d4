"""The forms of exemplary titles: open a round, take its steps, nominate, record a consent."""

import re
from typing import Any

from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    ChengxinForm,
    ChoiceField,
    DayField,
    LineField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.stepping import StepForm
from chengxin.standing.exemplars.actions import Nomination
from chengxin.standing.exemplars.labels import ACT, HONOUR_KIND, LEVEL, VIA
from chengxin.standing.exemplars.rules import Act, HonourKind, Via
from chengxin.standing.exemplars.selection_rules import SelectionAct
from chengxin.standing.exemplars.selections import Plan

FIRST_YEAR, LAST_YEAR = 2012, 2099
MOST_PLACES = 9_999
CHOSEN = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
NUMBER = NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 9,999."))
PERCENT = NumberRange(1, 100, _l("Write a share from 1 to 100."))
BY_SHARE, BY_NUMBER = "share", "number"
COUNTED_BY = {
    BY_SHARE: _l("A share of the agencies in the region"),
    BY_NUMBER: _l("A fixed number"),
}


class RoundForm(ChengxinForm):
    """What a round of selection is for."""

    title = LineField(_l("Name of the round"), [DataRequired(_l("Name the round.")), LINE_LONG])
    level = ChoiceField(_l("Level"), LEVEL, message=_l("Choose the level."))
    region = LineField(_l("Region"), [LINE_LONG])
    year = IntegerField(_l("Year"))
    counted_by = ChoiceField(
        _l("Places for agencies"), COUNTED_BY, message=_l("Choose how the places are counted.")
    )
    share = IntegerField(_l("Share in percent"), [Optional(), PERCENT])
    agency_places = IntegerField(_l("Fixed number of agencies"), [Optional(), NUMBER])
    window_places = IntegerField(_l("Places for service windows"), [Optional(), NUMBER])
    person_places = IntegerField(_l("Places for model workers"), [Optional(), NUMBER])
    deadline = DayField(
        _l("Last day for nominations"),
        [InputRequired(_l("Write the last day for nominations."))],
        message=DAY,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, the year, and that the chosen way of counting has its number."""
        super().validate(extra_validators)
        if not FIRST_YEAR <= (self.year.data or 0) <= LAST_YEAR:
            self.year.errors = [_("Write the year with four digits.")]
        if self.counted_by.data == BY_SHARE and self.share.data is None and not self.share.errors:
            self.share.errors = [_("Write a share from 1 to 100.")]
        if self.counted_by.data == BY_NUMBER and self.agency_places.data is None:
            self.agency_places.errors = [*self.agency_places.errors, _("Write a number from 0 to 9,999.")]
        return not self.errors

    def plan(self, region_code: str | None) -> Plan:
        """Return what was written about the round."""
        assert self.deadline.data is not None  # the form asks for it
        by_share = self.counted_by.data == BY_SHARE
        return Plan(
            title=self.title.data or "",
            level=self.level.data,
            year=self.year.data or 0,
            deadline=self.deadline.data,
            region_code=region_code,
            share=self.share.data if by_share else None,
            agency_places=0 if by_share else self.agency_places.data or 0,
            window_places=self.window_places.data or 0,
            person_places=self.person_places.data or 0,
        )


class RoundStepForm(StepForm):
    """One of the steps a round allows now, with what an award needs."""

    decision_no = LineField(_l("Decision number"), [LINE_LONG])
    valid_until = DayField(_l("Counts until"), [Optional()], message=DAY)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that an award has the number of its decision."""
        fine = super().validate(extra_validators)
        if self.step.data == SelectionAct.AWARD and not self.decision_no.data:
            self.decision_no.errors = [*self.decision_no.errors, _("Write the number of the decision.")]
            return False
        return fine


class MarkForm(ChengxinForm):
    """Several entries of a round, and what happens to all of them."""

    entries = SelectMultipleField(_l("Entries"), choices=[], validate_choice=False)
    act = ChoiceField(
        _l("For the chosen entries"),
        {act: ACT[act] for act in (Act.CHECK, Act.SHORTLIST)},
        message=_l("Choose what happens now."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the act, and that entries were chosen."""
        fine = super().validate(extra_validators)
        if not self.chosen():
            self.entries.errors = [_("Choose at least one entry.")]
            return False
        return fine

    def chosen(self) -> list[tuple[int, int]]:
        """Return the chosen titles with the versions that were seen."""
        found = [CHOSEN.fullmatch(each) for each in self.entries.data or ()]
        return [(int(each[1]), int(each[2])) for each in found if each]


class HonourForm(ChengxinForm):
    """Who is proposed, by whom, and why."""

    agency = LineField(_l("Agency in the register"), [DataRequired(_l("Name the agency.")), LINE_LONG])
    kind = ChoiceField(_l("Who is named"), HONOUR_KIND, message=_l("Choose who is named."))
    holder = LineField(_l("Name of the window or the person"), [LINE_LONG])
    via = ChoiceField(_l("Proposed by"), VIA, message=_l("Choose who proposes."))
    proposer = LineField(_l("Name of the association"), [LINE_LONG])
    merit = LongTextField(
        _l("Why it is named"), [Long(most=2_000, message=_l("Keep it to 2,000 characters."))]
    )
    consent_on = DayField(_l("Day the person consented"), [Optional()], message=DAY)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that a window, a person or an association has a name."""
        super().validate(extra_validators)
        if self.kind.data in {HonourKind.WINDOW, HonourKind.PERSON} and not self.holder.data:
            self.holder.errors = [*self.holder.errors, _("Write the name of the window or the person.")]
        if self.via.data == Via.ASSOCIATION and not self.proposer.data:
            self.proposer.errors = [*self.proposer.errors, _("Name the association.")]
        return not self.errors

    def nomination(self, agency_id: int) -> Nomination:
        """Return what was written about the title."""
        return Nomination(
            agency_id=agency_id,
            kind=self.kind.data,
            holder=self.holder.data or "",
            via=self.via.data,
            proposer=self.proposer.data or "" if self.via.data == Via.ASSOCIATION else "",
            merit=self.merit.data or "",
            consent_on=self.consent_on.data if self.kind.data == HonourKind.PERSON else None,
        )


class ConsentForm(ChengxinForm):
    """The day a person consented to be named."""

    consent_on = DayField(
        _l("Day the person consented"), [InputRequired(_l("Write the day of the consent."))], message=DAY
    )
    version = VersionField()
