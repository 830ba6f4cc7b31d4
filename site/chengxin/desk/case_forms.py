"""The forms of a case page: decide, and take or give back."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from chengxin.core.forms import ChengxinForm, ChoiceField, KeptField, ListField, Long, LongTextField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.standard_texts import texts_for
from chengxin.voices.complaints.labels import FINDING, MOVE, REFUSAL
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import MOST_REPLY, UNDECIDED, Move, moves_from

MOST_REASON = 1_000
CHOOSE = _l("Choose")
WRONG = _l("Choose one of the list.")

# What the staff do by hand; the other moves come from complainants or of themselves.
OFFERED = frozenset(
    {Move.ASK, Move.ACCEPT, Move.REFUSE, Move.TRANSFER, Move.DISCARD, Move.INVESTIGATE, Move.DECIDE}
)
TOLD = frozenset({Move.ASK, Move.REFUSE, Move.TRANSFER, Move.DECIDE})


class AssignForm(ChengxinForm):
    """Take a case, or give it back to nobody."""

    version = IntegerField(widget=HiddenInput())
    view = KeptField()


class DecisionForm(ChengxinForm):
    """One of the moves a case allows now, with what must be said for it."""

    move = ChoiceField(_l("What happens now"), {}, message=_l("Choose what happens now."))
    refusal = ListField(_l("Ground of refusal"), {}, message=WRONG)
    finding = ListField(_l("Finding"), {}, message=WRONG)
    standard = ListField(_l("Standard text"), {}, message=WRONG)
    message = LongTextField(
        _l("Message to the complainant"),
        [Long(most=MOST_REPLY, message=_l("Keep the message to 4,000 characters."))],
    )
    reason = LongTextField(
        _l("Note for the record"),
        [Long(most=MOST_REASON, message=_l("Keep the note to 1,000 characters."))],
    )
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    view = KeptField()

    def words(self) -> str:
        """Return the message as it goes out: the standard text first, then the officer's own words."""
        return "\n\n".join(part for part in (self.standard.data, self.message.data) if part)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and what the chosen move cannot do without."""
        return bool(super().validate(extra_validators)) and not self._missing()

    def _missing(self) -> bool:
        move = self.move.data
        if move == Move.REFUSE and not self.refusal.data:
            _say(self.refusal, _("Choose the ground of refusal."))
        if move == Move.DECIDE and not self.finding.data:
            _say(self.finding, _("Choose what was found."))
        if move in TOLD and not self.words():
            _say(self.message, _("Write to the complainant, or choose a standard text."))
        if move == Move.DISCARD and not self.reason.data:
            _say(self.reason, _("Write why the case is set aside."))
        return bool(self.errors)


def decision_form(case: Complaint, *, view: str, fresh: bool) -> DecisionForm | None:
    """Return the form for the moves this case allows now, or None when nothing is left to do."""
    moves = [move for move in moves_from(case.state) if move in OFFERED]
    if not moves:
        return None
    form = DecisionForm(formdata=None) if fresh else DecisionForm()
    if fresh:
        form.version.data, form.view.data = case.version, view
    form.move.choices = [(str(move), MOVE[move]) for move in moves]
    form.standard.choices = [("", _("No standard text")), *texts_for(case.state).items()]
    form.refusal.choices = [("", CHOOSE), *((str(key), text) for key, text in REFUSAL.items())]
    form.finding.choices = [("", CHOOSE), *((str(key), text) for key, text in FINDING.items())]
    del form[_not_asked(case.state)]
    return form


def _not_asked(state: str) -> str:
    return "finding" if state in UNDECIDED else "refusal"


def _say(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
