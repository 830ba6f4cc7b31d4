"""How long what belongs to a person is kept with a case; the form, the case's page and the worker read it here."""

from dataclasses import dataclass
from datetime import date, timedelta

from chengxin.core.months import later
from chengxin.voices.complaints.rules import State

CONTACT_MONTHS = 6  # the promise on the form
UNHANDLED_MONTHS = 6  # assumed: for what was taken back
WORDS_YEARS = (
    3  # assumed: the two years of 劳动保障监察条例 art. 20, in which a matter can come up, and one more
)
# 行政复议法 art. 20: until then an administrative review can be asked for, and the words are its proof. A suit has six
# months (行政诉讼法 art. 46); who thinks of one is told to ask for the erasure later.
ASKED_DAYS = 60
RECEIPT_DAYS = 30  # assumed: time to see that the words are gone before the receipt goes too
COPY_DAYS = 7  # assumed: how long a copy that somebody asked for waits to be fetched

UNHANDLED = frozenset({State.WITHDRAWN})


@dataclass(frozen=True)
class Keeping:
    """Until when each part of a case that has ended is kept; None while it is open."""

    contact: date | None
    words: date | None
    receipt: date | None

    def seen_on(self, today: date) -> "Keeping":
        """Return it as it stands today: what is over already goes with the next run, which is tomorrow's."""
        days = (self.contact, self.words, self.receipt)
        return Keeping(*(max(day, today + timedelta(1)) if day else None for day in days))


def keeping(*, closed_on: date | None, handled: bool, asked: bool, erased_on: date | None) -> Keeping:
    """Return until when the parts of a case are kept.

    A case that was answered, be it set aside, is kept longer than one that was taken back; a wish that
    everything be erased shortens both to the time in which an administrative review can be asked for.
    """
    if closed_on is None:
        return Keeping(None, None, None)
    words = later(closed_on, WORDS_YEARS * 12 if handled else UNHANDLED_MONTHS)
    words = min(words, closed_on + timedelta(ASKED_DAYS)) if asked else words
    words = erased_on or words
    contact = min(words, later(closed_on, CONTACT_MONTHS))
    return Keeping(contact, words, words + timedelta(RECEIPT_DAYS))
