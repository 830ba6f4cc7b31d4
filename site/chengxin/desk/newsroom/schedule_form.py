"""The form that asks for the hour of a publication."""

from datetime import datetime, time

from wtforms.validators import InputRequired

from chengxin.bulletins.models import Article
from chengxin.core.clock import SHANGHAI
from chengxin.core.forms import DAY, ChengxinForm, DayField, ListField, VersionField
from chengxin.core.i18n import lazy_gettext as _l

HOURS = {f"{hour:02d}:{minute:02d}": f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 30)}


class ScheduleForm(ChengxinForm):
    """A day and an hour in Shanghai."""

    day = DayField(
        _l("Day"),
        [InputRequired(_l("Choose the day."))],
        message=DAY,
    )
    hour = ListField(_l("Hour"), HOURS, message=_l("Choose one of the list."), default="09:00")
    version = VersionField()

    @property
    def moment(self) -> datetime:
        """Return the instant that was chosen."""
        assert self.day.data is not None
        return datetime.combine(self.day.data, time.fromisoformat(self.hour.data or ""), SHANGHAI)


def schedule_form(article: Article) -> ScheduleForm:
    """Return an empty form for a draft."""
    return ScheduleForm(formdata=None, data={"version": article.version, "hour": "09:00"})
