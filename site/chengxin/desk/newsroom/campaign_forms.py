"""The forms of a campaign: its text, its agencies, and how each did."""

from typing import Any

from wtforms.validators import DataRequired, InputRequired

from chengxin.bulletins.campaigns.actions import Plan
from chengxin.bulletins.campaigns.labels import KIND, RESULT
from chengxin.core.forms import (
    DAY,
    LINE_LONG,
    WRONG,
    ChengxinForm,
    DayField,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import lazy_gettext as _l

MOST_BODY = 50_000
MOST_LINES = 500


class CampaignForm(ChengxinForm):
    """What is written of a campaign."""

    kind = ListField(_l("Campaign"), KIND, message=WRONG)
    title = LineField(
        _l("Title"),
        [DataRequired(_l("Write a title.")), LINE_LONG],
    )
    starts_on = DayField(_l("First day"), [InputRequired(_l("Choose the day."))], message=DAY)
    ends_on = DayField(_l("Last day"), [InputRequired(_l("Choose the day."))], message=DAY)
    body = LongTextField(
        _l("Text"),
        [
            DataRequired(_l("Write the text.")),
            Long(most=MOST_BODY, message=_l("Keep it to 50,000 characters.")),
        ],
    )
    results = LongTextField(
        _l("Results"), [Long(most=MOST_BODY, message=_l("Keep it to 50,000 characters."))]
    )
    slug = LineField(
        _l("Last part of the address"),
        [DataRequired(_l("Choose the address.")), Long(most=60, message=_l("Keep it to 60 characters."))],
    )
    version = VersionField()

    def plan(self) -> Plan:
        """Return what was written."""
        return Plan(
            kind=self.kind.data or "",
            title=self.title.data or "",
            starts_on=self.starts_on.data,  # type: ignore[arg-type]
            ends_on=self.ends_on.data,  # type: ignore[arg-type]
            body=self.body.data or "",
            results=self.results.data or "",
        )


class EnrolForm(ChengxinForm):
    """Agencies that take part, one a line."""

    agencies = LongTextField(
        _l("Agencies"),
        [
            DataRequired(_l("Write at least one agency.")),
            Long(most=50_000, message=_l("Keep it to 50,000 characters.")),
        ],
    )

    def lines(self) -> list[str]:
        """Return what was written, one agency each."""
        return [line.strip() for line in (self.agencies.data or "").splitlines() if line.strip()]


class ResultForm(ChengxinForm):
    """How an agency did."""

    result = ListField(_l("Result"), RESULT, message=WRONG)
    note = LineField(_l("In one line"), [LINE_LONG])
    version = VersionField()


def campaign_form(campaign: Any = None, *, posted: bool) -> CampaignForm:
    """Return the form of a new campaign, or of one whose address is given already."""
    if posted:
        form = CampaignForm()
    elif campaign is None:
        form = CampaignForm(formdata=None, data={"version": 0})
    else:
        form = CampaignForm(formdata=None, obj=campaign)
    if campaign is not None:
        del form.slug
    return form
