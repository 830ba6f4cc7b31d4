"""The words readers see for the codes of suggestions."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.contact.rules import ContactKind
from chengxin.voices.suggestions.rules import About, Act, Publication, State, Topic

TOPIC = {
    Topic.POLICY: _l("Rules and policies"),
    Topic.SERVICE: _l("Procedures and service of the authority"),
    Topic.SUPERVISION: _l("Supervision of agencies"),
    Topic.AGENCIES: _l("How agencies work"),
    Topic.PLATFORM: _l("This site"),
    Topic.OTHER: _l("Another matter"),
}
ABOUT = {
    About.AUTHORITY: _l("The authority"),
    About.AGENCY: _l("An agency"),
}
PUBLICATION = {
    Publication.AGREED: _l("Yes, publish my words with the reply"),
    Publication.REFUSED: _l("No, publish the topic and the reply only"),
}
PUBLICATION_HINT = {
    Publication.AGREED: _l("Names, numbers and whatever points to you are hidden first, by a person."),
    Publication.REFUSED: _l("Your words stay sealed; only the staff who answer read them."),
}
PUBLICATION_SHORT = {
    Publication.AGREED: _l("Words may be published"),
    Publication.REFUSED: _l("Words stay unpublished"),
}
CONTACT_HINT = {
    ContactKind.ANONYMOUS: _l("You look up the result with code and phrase only; we cannot reach you."),
    ContactKind.PHONE: _l("Only the staff who answer use it, to ask back."),
    ContactKind.NAMED: _l("Your name is never published."),
}
STATE = {
    State.RECEIVED: _l("To be answered"),
    State.ADOPTED: _l("Adopted"),
    State.PARTLY: _l("Partly adopted"),
    State.NOT_ADOPTED: _l("Not adopted"),
    State.SET_ASIDE: _l("Not handled as a suggestion"),
    State.WITHDRAWN: _l("Taken back by its author"),
}
NEXT = {
    State.RECEIVED: _l("We study it and answer you here and in public."),
    State.ADOPTED: _l("We take it up. The reply stands below and in public."),
    State.PARTLY: _l("We take a part of it up. The reply stands below and in public."),
    State.NOT_ADOPTED: _l("We do not take it up. Why stands below and in public."),
    State.SET_ASIDE: _l("It held nothing that we could answer as a suggestion. The reason stands below."),
    State.WITHDRAWN: _l("You took it back."),
}
ACT = {
    Act.ADOPT: _l("Adopt it"),
    Act.ADOPT_PARTLY: _l("Adopt a part of it"),
    Act.DECLINE: _l("Do not adopt it"),
    Act.SET_ASIDE: _l("Set it aside"),
}
EVENT = {
    "suggestion.received": _l("Received"),
    "suggestion.redacted": _l("Text for readers set"),
    "suggestion.answered": _l("Answered in public"),
    "suggestion.amended": _l("Answer amended"),
    "suggestion.recomputed": _l("Deadline computed again"),
    "suggestion.set_aside": _l("Not handled as a suggestion"),
    "suggestion.withdrawn": _l("Taken back by its author"),
    "suggestion.kept_back": _l("Consent to publication taken back"),
}
