"""The redaction of a text on the desk: what the detector found, what else to hide, and the text for readers.

A form of the desk has these fields by being a `RedactionForm`; its page shows them by `parts/redaction.html`,
and the original by `parts/marked_original.html`. Nothing here saves anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput

from chengxin.core.forms import ChengxinForm, ChoiceField, Long, LongTextField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.personal import Personal
from chengxin.core.redacting import Mask, Redaction, leftovers, of_words, redacted, suggested

MOST_TEXT = 4_000
APPLY = "apply"  # the value of the button `redact` that only shows what would come out
REVERSIBLE, FINAL = "reversible", "final"
KIND: Mapping[str, str] = {
    Personal.IDENTITY: _l("Identity number"),
    Personal.PHONE: _l("Telephone number"),
    Personal.BANK_CARD: _l("Bank card number"),
    Personal.EMAIL: _l("Mail address"),
    Personal.WECHAT: _l("WeChat account"),
    Personal.QQ: _l("QQ number"),
}
LASTING = {REVERSIBLE: _l("So that it can be shown again"), FINAL: _l("For good")}
LASTING_HINT = {
    REVERSIBLE: _l("Readers see three blocks. The desk keeps the words below them."),
    FINAL: _l("Readers see what kind of words stood there. The desk forgets the words too."),
}


@dataclass(frozen=True)
class Stretch:
    """A part of the original: plain words, or something found, with its number in the list of boxes."""

    words: str
    number: int = 0


class BoxesField(SelectMultipleField):
    """Several answers out of a list, each a box."""

    option_widget = CheckboxInput()


class RedactionForm(ChengxinForm):
    """What to hide in a text, and the text that readers get."""

    hide = BoxesField(_l("Found in the text"), choices=[])
    also = LongTextField(
        _l("Hide these words too"),
        [Long(most=MOST_TEXT, message=_l("Keep the list to 4,000 characters."))],
        description=_l("One on each line, such as a name. Every place where they stand is hidden."),
    )
    lasting = ChoiceField(_l("How to hide"), LASTING, message=_l("Choose how the words are hidden."))
    public_text = LongTextField(
        _l("Text for readers"),
        [Long(most=MOST_TEXT, message=_l("Keep the text for readers to 4,000 characters."))],
        description=_l("You may shorten it. What it says must stay what was said."),
    )

    lasting_hints = LASTING_HINT

    def begin(self, original: str, *, kept: Redaction | None = None, public: str = "") -> None:
        """Offer what the detector found, all of it hidden; or what was chosen the last time."""
        self.offer(original)
        masks = suggested(original)
        if kept is not None:
            masks = [each for each in masks if any(mask.touches(each.start, each.end) for mask in kept.masks)]
            words = [
                words
                for mask, words in zip(kept.masks, kept.hidden, strict=True)
                if mask.kind not in set(Personal)
            ]
            self.also.data = "\n".join(dict.fromkeys(words))
        self.hide.data = [_value(each) for each in masks]
        self.lasting.data = REVERSIBLE
        self.public_text.data = public or self.redaction(original).public

    def offer(self, original: str) -> None:
        """Offer what the detector finds in this text, so that what was ticked can be read."""
        self.hide.choices = [
            (_value(each), _("%(n)s. %(kind)s: %(words)s", n=number, kind=KIND[each.kind], words=words))
            for number, (each, words) in enumerate(_found(original), start=1)
        ]

    def redaction(self, original: str) -> Redaction:
        """Return the original with the masks that were chosen."""
        final = self.lasting.data == FINAL
        ticked = set(self.hide.data or ())
        masks = [each for each in suggested(original, final=final) if _value(each) in ticked]
        further = (self.also.data or "").splitlines()
        return redacted(original, [*masks, *of_words(original, further, final=final)])

    def apply(self, original: str) -> None:
        """Put the masks on the original and show what comes out as the text for readers."""
        self.public_text.data = self.redaction(original).public

    def is_clean(self, original: str) -> bool:
        """Tell whether the text for readers holds nothing that is hidden, or say what it still holds."""
        ticked = set(self.hide.data or ())
        harmless = [words for each, words in _found(original) if _value(each) not in ticked]
        left = leftovers(self.public_text.data or "", self.redaction(original), harmless=harmless)
        if left:
            told = _(
                "The text for readers still holds: %(words)s. Take it out, or apply the masks again.",
                words=_("; ").join(left),
            )
            self.public_text.errors = [*self.public_text.errors, told]
        return not left


def stretches(original: str) -> list[Stretch]:
    """Return the original in parts, so that a page can mark what was found."""
    parts, place = list[Stretch](), 0
    for number, (each, words) in enumerate(_found(original), start=1):
        parts += [Stretch(original[place : each.start]), Stretch(words, number)]
        place = each.end
    return [each for each in [*parts, Stretch(original[place:])] if each.words]


def _found(original: str) -> list[tuple[Mask, str]]:
    return [(each, original[each.start : each.end]) for each in suggested(original)]


def _value(mask: Mask) -> str:
    return f"{mask.start}-{mask.end}-{mask.kind}"
