"""What pages, tables and feeds tell of an answered suggestion; nothing here ever opens what is sealed."""

from dataclasses import dataclass

from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address
from chengxin.portal.formats import Entry, absolute, instant
from chengxin.voices.suggestions.labels import ABOUT, STATE, TOPIC
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import About, Publication, State, Topic

SUMMARY_LENGTH = 80
TAGS = {State.ADOPTED: "jade", State.PARTLY: "amber", State.NOT_ADOPTED: "mute"}


@dataclass(frozen=True)
class Told:
    """An answered suggestion in words."""

    suggestion: Suggestion

    @property
    def title(self) -> str:
        """Return how it is called: its topic, for its words may not be public."""
        return _("Suggestion %(number)s: %(topic)s", number=self.number, topic=self.topic)

    @property
    def number(self) -> str:
        """Return its public number."""
        return f"{self.suggestion.year}/{self.suggestion.number}"

    @property
    def topic(self) -> str:
        """Return the words for its topic."""
        return str(TOPIC[Topic(self.suggestion.topic)])

    @property
    def about(self) -> str:
        """Return who should do something; an agency is not named, for nobody has heard it."""
        return str(ABOUT[About(self.suggestion.about)])

    @property
    def outcome(self) -> str:
        """Return what came of it in words."""
        return str(STATE[State(self.suggestion.state)])

    @property
    def tag(self) -> str:
        """Return the colour of what came of it."""
        return TAGS[State(self.suggestion.state)]

    @property
    def text(self) -> str:
        """Return what readers may read of the author's words."""
        return self.suggestion.public_text

    @property
    def no_text(self) -> str:
        """Return why there are no words of the author to read."""
        if self.suggestion.publication == Publication.REFUSED:
            return _("The author did not agree to the publication of the words.")
        return _("The words are not published.")

    @property
    def beginning(self) -> str:
        """Return how its words begin, or the reply where they are not public."""
        words = " ".join((self.text or self.suggestion.reply).split())
        return words if len(words) <= SUMMARY_LENGTH else f"{words[:SUMMARY_LENGTH]}…"

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return address("portal.suggestion", year=self.suggestion.year, number=self.suggestion.number)

    @property
    def absolute(self) -> str:
        """Return the address of its page as readers elsewhere must write it."""
        return absolute("portal.suggestion", year=self.suggestion.year, number=self.suggestion.number)


def record(told: Told) -> dict[str, object]:
    """Return a suggestion as JSON tells it."""
    held = told.suggestion
    return {
        "number": told.number,
        "topic": held.topic,
        "about": held.about,
        "received_on": held.received_on,
        "text": told.text or None,
        "outcome": held.state,
        "reply": held.reply,
        "answered_on": held.answered_on,
        "amended_on": held.amended_on,
        "address": told.absolute,
    }


def table_head() -> list[str]:
    """Return the heads of the table of suggestions."""
    return [
        *(_("Number"), _("Topic"), _("Who should do something"), _("Received on"), _("Suggestion")),
        *(_("What came of it"), _("Answer"), _("Answered on"), _("Reply changed on"), _("Address")),
    ]


def table_row(told: Told) -> list[object]:
    """Return a suggestion as a row of that table."""
    held = told.suggestion
    return [
        *(told.number, told.topic, told.about, held.received_on, told.text),
        *(told.outcome, held.reply, held.answered_on, held.amended_on, told.absolute),
    ]


def feed_entry(told: Told) -> Entry:
    """Return a suggestion as an entry of a feed."""
    held = told.suggestion
    answered = held.answered_on or held.received_on
    return Entry(
        id=told.absolute,
        title=_("%(outcome)s: %(title)s", outcome=told.outcome, title=told.title),
        url=told.absolute,
        published=instant(answered),
        updated=instant(held.amended_on or answered),
        summary=told.beginning,
        categories=(held.state, held.topic),
    )
