"""The forms of acts on many records: which, what for, and what is said to the people concerned.

The fields of the steps of a case are those of the case page.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request

from chengxin.core.forms import WRONG, ChengxinForm, KeptField, ListField, Long, LongTextField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.numbers import number_in
from chengxin.desk.handling import case_forms
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.case_forms import CHOOSE, MOST_REASON, TYPED, DecisionForm
from chengxin.desk.queue.bulk_table import HIDING, OFFICER, BulkDo, Member, Words
from chengxin.opinions.ratings.labels import REASON
from chengxin.voices.complaints.rules import MOST_REPLY

MISSING: Mapping[str, str] = {
    **{str(ask): words for ask, words in case_forms.MISSING.items()},
    OFFICER: _l("Choose an officer."),
    HIDING: _l("Choose why they are hidden."),
    Ask.LETTER: _l("Write to the complainants, or choose a standard text: each of them gets this letter."),
}
FIELDS = (OFFICER, HIDING, *Ask)


class UndoForm(ChengxinForm):
    """Nothing but the token, and the view to come back to."""

    view = KeptField()


class BulkForm(ChengxinForm):
    """What an act on many records asks; fields it does not ask are taken out."""

    officer = ListField(_l("Assign to"), {}, message=WRONG, default="")
    refusal = DecisionForm.refusal
    dismissal = DecisionForm.dismissal
    finding = DecisionForm.finding
    violation = DecisionForm.violation
    target = DecisionForm.target
    target_other = DecisionForm.target_other
    main = ListField(_l("Merge into"), {}, message=WRONG, default="")
    main_no = DecisionForm.main_no
    clock_set = DecisionForm.clock_set
    hiding = ListField(_l("Reason to hide it"), {"": CHOOSE, **REASON}, message=WRONG, default="")
    standard = DecisionForm.standard
    message = LongTextField(
        _l("Message to every complainant"),
        [Long(most=MOST_REPLY, message=_l("Keep the message to 4,000 characters."))],
    )
    reason = LongTextField(
        _l("Reason for the record"),
        [Long(most=MOST_REASON, message=_l("Keep the note to 1,000 characters."))],
    )
    act = KeptField()
    view = KeptField()
    needs: frozenset[str] = frozenset()

    def words(self, choice: str | None) -> Words:
        """Return what was said for all records."""
        chosen = self.said(choice) if choice is not None else ""
        parts = (self._text("message"), self._text("reason"), self._text("standard"))
        return Words(chosen, *parts)

    def said(self, ask: str) -> str:
        """Return what was given for one thing; what is typed counts before what is chosen."""
        typed = self._text(TYPED[Ask(ask)]) if ask in TYPED else ""
        return typed or self._text(ask) or (self._text("standard") if ask == Ask.LETTER else "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that everything the act needs was said."""
        fine = bool(super().validate(extra_validators))
        for ask in sorted(self.needs):
            if not self.said(ask):
                self[ask].errors = [*self[ask].errors, str(MISSING[ask])]
                fine = False
        return fine

    def _text(self, name: str) -> str:
        return str(self[name].data or "") if name in self else ""


def bulk_form(
    act: BulkDo, *, tracks: Iterable[str], lists: Mapping[str, Mapping[str, str]], fresh: bool
) -> BulkForm:
    """Return the form of an act with the fields it asks and no others, and with what there is to choose."""
    form = BulkForm(formdata=None) if fresh else BulkForm()
    for name in _unasked(act):
        del form[name]
    form.needs = frozenset[str]().union(*(act.needs(track) for track in tracks))
    for name, offered in lists.items():
        if name in form:
            form[name].offer({"": _("Choose"), **offered})
    if fresh:
        form.act.data = act.name
    return form


def _unasked(act: BulkDo) -> list[str]:
    """Return the fields an act has no use for."""
    names = [name for name in FIELDS if name not in act.asks]
    beside = [TYPED[ask] for ask in TYPED if ask not in act.asks]
    return [*names, *beside, *(["standard"] if Ask.LETTER not in act.asks else [])]


def selected(kind: str) -> list[Member]:
    """Return the records of a kind that the page sent along, each as its officer saw it."""
    parts = [value.rsplit("-", 2) for value in request.form.getlist("case")]
    named = [(number_in(part[1]), number_in(part[2])) for part in parts if len(part) == 3 and part[0] == kind]  # noqa: PLR2004 (kind, id, version)
    return [Member(number, seen) for number, seen in named if number is not None and seen is not None]
