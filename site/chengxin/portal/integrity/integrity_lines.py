"""What a timeline and a banner are made of: dated lines, and sentences that may lead on."""

from dataclasses import dataclass
from datetime import date

from chengxin.core.i18n import language_of


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the timeline."""

    date: date
    title: str
    text: str = ""
    url: str = ""
    standing: str = ""
    tag: str = ""

    @property
    def text_lang(self) -> str:
        """Return the language of the text, where it is not the page's."""
        return language_of(self.text)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A sentence, perhaps with the address of what it speaks of."""

    text: str
    url: str = ""
