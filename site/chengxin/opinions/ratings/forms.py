"""The form of a rating: shape only."""

from datetime import date
from typing import Any

from chengxin.agencies.labels import SERVICE
from chengxin.core import clock
from chengxin.core.forms import ChoiceField, ListField, Long, LongTextField, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import month as month_words
from chengxin.core.once import OnceForm
from chengxin.opinions.ratings import labels, rules
from chengxin.opinions.ratings.actions import Opinion
from chengxin.opinions.ratings.rules import Dimension

CHOOSE = _l("Choose one of the five words")
ANY = {"": _l("I would rather not say")}


def last_months(today: date, count: int = rules.MONTHS_BACK) -> list[str]:
    """Return the last months, newest first, as YYYY-MM."""
    total = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(total, total - count, -1)]


class RatingForm(OnceForm):
    """Five dimensions in words, who rates, and a text if there is more to say."""

    rater_kind = ChoiceField(_l("Who are you"), labels.RATER, message=_l("Choose who you are"))
    openness = ChoiceField(labels.DIMENSION[Dimension.OPENNESS], labels.MARK, message=CHOOSE)
    honesty = ChoiceField(labels.DIMENSION[Dimension.HONESTY], labels.MARK, message=CHOOSE)
    fees = ChoiceField(labels.DIMENSION[Dimension.FEES], labels.MARK, message=CHOOSE)
    result = ChoiceField(labels.DIMENSION[Dimension.RESULT], labels.MARK, message=CHOOSE)
    attitude = ChoiceField(labels.DIMENSION[Dimension.ATTITUDE], labels.MARK, message=CHOOSE)
    service = ListField(_l("Which service"), {**ANY, **SERVICE}, message=_l("Choose a service of the list"))
    service_month = ListField(_l("When"), {}, message=_l("Choose a month of the list"))
    text = LongTextField(
        _l("What others should know"),
        [Long(most=rules.MOST_TEXT, message=_l("Write at most 500 characters"))],
        description=_l("Facts help most. Leave out names and phone numbers."),
    )
    website = TrapField(_l("Leave this field empty"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Offer the last months."""
        super().__init__(*arguments, **options)
        months = {each: month_words(each) for each in last_months(clock.today())}
        self.service_month.offer({**ANY, **months})

    def opinion(self, agency_id: int) -> Opinion:
        """Return what was written about an agency."""
        return Opinion(
            agency_id=agency_id,
            rater_kind=self.rater_kind.data or "",
            service=self.service.data or "",
            service_month=self.service_month.data or "",
            text=self.text.data or "",
            **{dimension: int(self[dimension].data) for dimension in Dimension},
        )
