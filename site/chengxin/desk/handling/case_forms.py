"""The forms of a case page: decide, hand out, note. Which fields are asked stands in the table of acts."""

from collections.abc import Mapping
from typing import Any

from chengxin.core.forms import (
    LINE_LONG,
    WRONG,
    ChengxinForm,
    ChoiceField,
    KeptField,
    LineField,
    ListField,
    Long,
    LongTextField,
    VersionField,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.handling.case_act import Act, Ask
from chengxin.desk.handling.deciding import label_of
from chengxin.standing.sanctions.labels import CATEGORY as VIOLATION
from chengxin.voices.complaints.labels import CLOCK, DISMISSAL, FINDING, REFUSAL
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import MOST_REPLY

MOST_REASON = 1_000
CHOOSE = _l("Choose")
MISSING: Mapping[Ask, str] = {
    Ask.LETTER: _l("Write to the complainant, or choose a standard text."),
    Ask.REASON: _l("Write the reason."),
    Ask.REFUSAL: _l("Choose the ground of refusal."),
    Ask.DISMISSAL: _l("Choose why it is set aside."),
    Ask.FINDING: _l("Choose what was found."),
    Ask.VIOLATION: _l("Choose the violation."),
    Ask.TARGET: _l("Choose the authority, or write its name."),
    Ask.MAIN: _l("Choose the case it belongs to, or write its number."),
    Ask.CLOCK: _l("Choose a set of terms."),
}
# A list with a line beside it: what is typed counts before what is chosen.
TYPED: Mapping[Ask, str] = {Ask.TARGET: "target_other", Ask.MAIN: "main_no"}


class AssignForm(ChengxinForm):
    """Take a case, give it back to nobody, or hand it to somebody."""

    own = ListField("", {}, message=WRONG, default="")
    officer = ListField(_l("Hand it to"), {}, message=WRONG, default="0")
    version = VersionField()
    view = KeptField()

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer these officers in the list, and to the button that takes a case or gives it back."""
        self.own.offer({"": "", **choices})
        self.officer.offer(choices)

    @property
    def chosen(self) -> str:
        """Return the account that was chosen: by the button, which counts first, or in the list."""
        return self.own.data or self.officer.data or ""


class NoteForm(ChengxinForm):
    """A note about a case for the desk alone."""

    note = LongTextField(
        _l("New note"),
        [Long(least=1, most=MOST_REPLY, message=_l("Write the note, 4,000 characters at most."))],
    )
    version = VersionField()
    view = KeptField()


class DecisionForm(ChengxinForm):
    """One of the acts a case allows now, with what must be said for it."""

    move = ChoiceField(_l("What happens now"), {}, message=_l("Choose what happens now."))
    refusal = ListField(_l("Ground of refusal"), {"": CHOOSE, **REFUSAL}, message=WRONG, default="")
    dismissal = ListField(_l("Why it is set aside"), {"": CHOOSE, **DISMISSAL}, message=WRONG, default="")
    finding = ListField(_l("Finding"), {"": CHOOSE, **FINDING}, message=WRONG, default="")
    violation = ListField(_l("Violation"), {"": CHOOSE, **VIOLATION}, message=WRONG, default="")
    target = ListField(_l("Authority"), {}, message=WRONG, default="")
    target_other = LineField(_l("Another authority"), [LINE_LONG])
    main = ListField(_l("Other case"), {}, message=WRONG, default="")
    main_no = LineField(_l("Number of the other case"), [LINE_LONG])
    clock_set = ListField(_l("Set of terms"), {"": CHOOSE, **CLOCK}, message=WRONG, default="")
    standard = ListField(_l("Standard text"), {}, message=WRONG, default="")
    message = LongTextField(
        _l("Message to the complainant"),
        [Long(most=MOST_REPLY, message=_l("Keep the message to 4,000 characters."))],
    )
    reason = LongTextField(
        _l("Note for the record"),
        [Long(most=MOST_REASON, message=_l("Keep the note to 1,000 characters."))],
    )
    version = VersionField()
    view = KeptField()

    track = ""
    acts: Mapping[str, Act] = {}

    @property
    def act(self) -> Act | None:
        """Return the row of the act that was chosen."""
        return self.acts.get(self.move.data or "")

    def given(self) -> dict[Ask, str]:
        """Return what was given for the chosen act, by what it asks for."""
        asked = self.act.asks if self.act else frozenset()
        return {ask: said for ask in asked if (said := self.said(ask))}

    def said(self, ask: Ask) -> str:
        """Return what was given for one thing; a letter is the standard text first, then the officer's own words."""
        if ask is Ask.LETTER:
            return "\n\n".join(part for part in (self.standard.data, self.message.data) if part)
        typed = self[TYPED[ask]].data if ask in TYPED else ""
        return str(typed or self[ask].data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and what the chosen act cannot do without."""
        fine = bool(super().validate(extra_validators))
        return fine and self.act is not None and not self._missing(self.act)

    def _missing(self, act: Act) -> bool:
        for ask in sorted(act.needed_for(self.track)):
            if not self.said(ask):
                _say(self[ask], str(MISSING[ask]))
        if Ask.LETTER not in act.asks and self.said(Ask.LETTER):
            _say(
                self.message,
                _("This step sends no message: take the words out, or send them as a letter first."),
            )
        return bool(self.errors)


def decision_form(
    case: Complaint,
    acts: Mapping[str, Act],
    *,
    texts: Mapping[str, str],
    targets: Mapping[str, str],
    mains: Mapping[str, str],
    view: str = "",
    fresh: bool = True,
) -> DecisionForm | None:
    """Return the form for the acts offered now with the fields they ask for, or None when there is none."""
    if not acts:
        return None
    form = (
        DecisionForm(formdata=None, data={"version": case.version, "view": view}) if fresh else DecisionForm()
    )
    form.acts, form.track = acts, case.track
    form.move.choices = [(name, label_of(name)) for name in acts]
    form.standard.offer({"": CHOOSE, **texts})
    form.target.offer({"": CHOOSE, **targets})
    form.main.offer({"": CHOOSE, **mains})
    asked = frozenset[Ask]().union(*(act.asks for act in acts.values()))
    for ask in set(Ask) - asked - {Ask.LETTER, Ask.REASON}:
        del form[ask]
        if ask in TYPED:
            del form[TYPED[ask]]
    return form


def _say(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
