"""The forms of acts on many records: which, what for, and what is said to the people concerned."""

from collections.abc import Mapping
from typing import Any

from flask import request

from chengxin.core.forms import WRONG, ChengxinForm, KeptField, LineField, ListField, Long, LongTextField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.numbers import number_in
from chengxin.desk.queue.bulk_table import Ask, BulkDo, Member, Words
from chengxin.opinions.ratings.labels import REASON as HIDING
from chengxin.voices.complaints.labels import DISMISSAL, REFUSAL
from chengxin.voices.complaints.rules import MOST_REPLY

MOST_REASON, MOST_TARGET = 1_000, 200
CHOOSE = {"": _l("Choose")}
MISSING: Mapping[Ask, str] = {
    Ask.OFFICER: _l("Choose an officer."),
    Ask.REFUSAL: _l("Choose the ground of refusal."),
    Ask.DISMISSAL: _l("Choose why it is set aside."),
    Ask.TARGET: _l("Name the authority that has the cases now."),
    Ask.MAIN: _l("Choose the case the others are merged into."),
    Ask.HIDING: _l("Choose why they are hidden."),
    Ask.LETTER: _l("Write to the complainants: each of them gets this letter."),
    Ask.REASON: _l("Write the reason."),
}


class UndoForm(ChengxinForm):
    """Nothing but the token, and the view to come back to."""

    view = KeptField()


class BulkForm(ChengxinForm):
    """What an act on many records asks; fields it does not ask are taken out."""

    officer = ListField(_l("Assign to"), {}, message=WRONG)
    refusal = ListField(_l("Ground of refusal"), {**CHOOSE, **REFUSAL}, message=WRONG)
    dismissal = ListField(_l("Why it is set aside"), {**CHOOSE, **DISMISSAL}, message=WRONG)
    target = LineField(
        _l("Authority that has the cases now"),
        [Long(most=MOST_TARGET, message=_l("Keep it to 200 characters."))],
    )
    main = ListField(_l("Merge into"), {}, message=WRONG)
    hiding = ListField(_l("Reason to hide it"), {**CHOOSE, **HIDING}, message=WRONG)
    letter = LongTextField(
        _l("Message to every complainant"),
        [Long(most=MOST_REPLY, message=_l("Keep the message to 4,000 characters."))],
    )
    reason = LongTextField(
        _l("Reason for the record"),
        [Long(most=MOST_REASON, message=_l("Keep the note to 1,000 characters."))],
    )
    act = KeptField()
    view = KeptField()
    needs: frozenset[Ask] = frozenset()

    def words(self, choice: Ask | None) -> Words:
        """Return what was said for all records."""
        chosen = self[choice].data if choice is not None else ""
        return Words(chosen or "", self._text("letter"), self._text("reason"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that everything the act needs was said."""
        fine = bool(super().validate(extra_validators))
        for ask in sorted(self.needs):
            if not self[ask].data:
                self[ask].errors = [*self[ask].errors, str(MISSING[ask])]
                fine = False
        return fine

    def _text(self, name: str) -> str:
        return (self[name].data or "") if name in self else ""


def bulk_form(
    act: BulkDo, *, codes: Mapping[Member, str], officers: Mapping[int, str], fresh: bool
) -> BulkForm:
    """Return the form of an act with the fields it asks and no others."""
    form = BulkForm(formdata=None) if fresh else BulkForm()
    asked = act.asks | act.needs
    for ask in Ask:
        if ask not in asked:
            del form[ask]
    form.needs = act.needs
    if Ask.OFFICER in asked:
        form.officer.offer({"": _("Choose"), **{str(key): name for key, name in officers.items()}})
    if Ask.MAIN in asked:
        form.main.offer({"": _("Choose"), **{str(each.record_id): code for each, code in codes.items()}})
    if fresh:
        form.act.data = act.name
    return form


def selected(kind: str) -> list[Member]:
    """Return the records of a kind that the page sent along, each as its officer saw it."""
    parts = [value.rsplit("-", 2) for value in request.form.getlist("case")]
    named = [(number_in(part[1]), number_in(part[2])) for part in parts if len(part) == 3 and part[0] == kind]  # noqa: PLR2004 (kind, id, version)
    return [Member(number, seen) for number, seen in named if number is not None and seen is not None]
