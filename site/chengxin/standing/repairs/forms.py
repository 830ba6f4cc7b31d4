"""The form of a request for credit repair: shape only."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from chengxin.core.forms import ChengxinForm, Long, LongTextField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.repairs.rules import LEAST_TEXT, MOST_TEXT, Request


class RepairForm(ChengxinForm):
    """What was put right, how it is shown, and the two promises."""

    text = LongTextField(
        _l("What was put right, and when"),
        [
            Long(
                least=LEAST_TEXT,
                most=MOST_TEXT,
                message=_l("Write what was put right and when, from 20 to 4,000 characters."),
            )
        ],
    )
    evidence = LongTextField(
        _l("Papers that show it"), [Long(most=1_000, message=_l("Keep it to 1,000 characters."))]
    )
    fulfilled = BooleanField(
        _l("Every obligation of the decision is fulfilled."),
        [InputRequired(_l("Credit repair needs every obligation of the decision fulfilled: confirm it."))],
    )
    undertaking = BooleanField(
        _l("We undertake to keep the law and stand for what we write here."),
        [InputRequired(_l("Credit repair needs the undertaking to keep the law: confirm it."))],
    )

    def request(self) -> Request:
        """Return what was written."""
        return Request(
            text=self.text.data or "",
            evidence=self.evidence.data or "",
            fulfilled=bool(self.fulfilled.data),
            undertaking=bool(self.undertaking.data),
        )
