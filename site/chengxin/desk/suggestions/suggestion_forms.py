"""The forms of a suggestion's page: the answer with its standard texts, and the text for readers."""

from collections.abc import Mapping
from typing import Any, Self

from chengxin.core.forms import (
    ChengxinForm,
    ChoiceField,
    KeptField,
    ListField,
    Long,
    LongTextField,
    VersionField,
    clean,
)
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.redacting import RedactionForm
from chengxin.voices.suggestions.labels import ACT
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import ANSWERS, MOST_REPLY, Act, acts_from, is_public

HINTS: Mapping[Act, str] = {
    Act.ADOPT: _l("Needs a reply that says what is done and by when. It becomes public at once."),
    Act.ADOPT_PARTLY: _l("Needs a reply that says what is taken up, what is not, and why."),
    Act.DECLINE: _l("Needs a reply that says why. It becomes public at once."),
    Act.SET_ASIDE: _l("Only for spam, abuse, or what belongs elsewhere; the author alone is told why."),
}


class AnswerForm(ChengxinForm):
    """What comes of a suggestion, the public reply, and a word to the author alone."""

    act = ChoiceField(_l("What comes of it"), {}, message=_l("Choose what comes of the suggestion."))
    standard = ListField(_l("Standard text"), {}, message=_l("Choose one of the list."))
    reply = LongTextField(
        _l("Public reply"),
        [Long(most=MOST_REPLY, message=_l("Keep the reply to 4,000 characters."))],
        description=_l("Everybody reads it. Say what is done, and why or why not; name no person."),
    )
    note = LongTextField(
        _l("A word to the author alone"),
        [Long(most=MOST_REPLY, message=_l("Keep the word to the author to 4,000 characters."))],
        description=_l("Sealed to the author's phrase. Needed when you set it aside: say why."),
    )
    version = VersionField()
    view = KeptField()

    def is_begun(self, before: str) -> bool:
        """Return whether something of an answer is written or chosen beside the reply there was before."""
        own = (self.reply.data or "") not in {"", before}
        return bool(self.act.data or self.standard.data or self.note.data or own)

    def words(self) -> str:
        """Return the reply as it goes out: the standard text first, then the officer's own words."""
        return "\n".join(part for part in (self.standard.data, self.reply.data) if part)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that the chosen act has the words it needs."""
        return bool(super().validate(extra_validators)) and not self._missing()

    def _missing(self) -> bool:
        if self.act.data in set(ANSWERS) and not self.words():
            _say(self.reply, _("Write the reply, or choose a standard text."))
        if self.act.data in set(ANSWERS) and len(self.words()) > MOST_REPLY:
            _say(self.reply, _("Keep the reply to 4,000 characters."))
        if self.act.data == Act.SET_ASIDE and not self.note.data:
            _say(self.note, _("Write to the author why it is set aside."))
        return bool(self.errors)


class PublicTextForm(RedactionForm):
    """The text of a suggestion for readers, made from the version of the record that was seen."""

    version = VersionField(id="redaction-version")

    def is_changed(self, fresh: Self) -> bool:
        """Return whether it says anything else than the form the page would begin with."""
        names = ("hide", "also", "lasting", "public_text")
        return any(clean(self[name].data or "") != clean(fresh[name].data or "") for name in names)


def answer_form(held: Suggestion, *, texts: Mapping[str, str], view: str, posted: bool) -> AnswerForm | None:
    """Return the form for what may come of a suggestion now, or None when nothing may; texts by their words."""
    acts = [act for act in acts_from(held.state) if act in ACT]
    if not acts:
        return None
    reply = held.reply if is_public(held.state) else ""
    begun = {"version": held.version, "reply": reply, "view": view}
    form = AnswerForm() if posted else AnswerForm(formdata=None, data=begun)
    form.act.choices = [(str(act), ACT[act]) for act in acts]
    form.standard.offer({"": _("No standard text"), **texts})
    return form


def _say(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
