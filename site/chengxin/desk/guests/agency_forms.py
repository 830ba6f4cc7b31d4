"""The forms of an agency's own pages: reply, ask for a hearing, object, take something back."""

from wtforms.validators import DataRequired

from chengxin.core.forms import ChengxinForm, Long, LongTextField, VersionField
from chengxin.core.i18n import lazy_gettext as _l

MOST_STATEMENT = 4_000


class ReplyForm(ChengxinForm):
    """What an agency says to a prior notice (陈述申辩), in its own words."""

    statement = LongTextField(
        _l("Your statement"),
        [
            DataRequired(_l("Write your statement.")),
            Long(most=MOST_STATEMENT, message=_l("Keep it to 4,000 characters.")),
        ],
    )
    version = VersionField()


class HearingForm(ChengxinForm):
    """Why an agency asks for a hearing (听证)."""

    reason = LongTextField(
        _l("Why you ask for a hearing"),
        [
            DataRequired(_l("Write why you ask for a hearing.")),
            Long(most=1_000, message=_l("Keep it to 1,000 characters.")),
        ],
    )
    version = VersionField()


class ReviewForm(ChengxinForm):
    """Why an agency asks the upper level to look again."""

    reason = LongTextField(
        _l("Why you do not agree"),
        [
            DataRequired(_l("Write why you do not agree.")),
            Long(most=1_000, message=_l("Keep it to 1,000 characters.")),
        ],
    )
    version = VersionField()
