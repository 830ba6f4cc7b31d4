"""What whoever holds a receipt can do with a case: each act with its form, its words and what it changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.web import installation
from chengxin.portal.tracking import track_forms as forms
from chengxin.portal.tracking.track_contact import ContactForm
from chengxin.portal.tracking.track_forms import ProvenForm
from chengxin.portal.tracking.track_way import Followed
from chengxin.voices.complaints import actions, afterwards, erasing, letters, own_words, pauses, rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import MessageKind, Seen
from chengxin.voices.complaints.rules import Move, Satisfaction, State

Do = Callable[[Session, Any, Seen], object]


@dataclass(frozen=True)
class Act:
    """One act: the form that asks for it, its heading and button, what it says when done, what it does.

    `letter` is what its text is kept as; `is_so` tells of an act without a text that it was already done.
    """

    form: type[ProvenForm]
    title: str
    button: str
    done: str
    do: Do
    letter: MessageKind | None = None
    is_so: Callable[[Complaint, Any], bool] | None = None
    note: str = ""
    plain: bool = False


def _message(session: Session, form: Any, seen: Seen) -> object:
    return letters.say(session, text=form.text.data or "", intake_key=_key(), **seen)


def _supply(session: Session, form: Any, seen: Seen) -> object:
    return pauses.supply(session, text=form.text.data or "", intake_key=_key(), **seen)


def _rate(session: Session, form: Any, seen: Seen) -> object:
    return afterwards.rate(session, satisfaction=Satisfaction(form.satisfaction.data), **seen)


def _review(session: Session, form: Any, seen: Seen) -> object:
    return afterwards.ask_review(session, text=form.text.data or "", intake_key=_key(), **seen)


def _withdraw(session: Session, form: Any, seen: Seen) -> object:  # noqa: ARG001 (every act has one shape)
    return actions.withdraw(session, **seen)


def _copy(session: Session, form: Any, seen: Seen) -> object:  # noqa: ARG001 (as above)
    return own_words.ask_copy(session, **seen)


def _contact(session: Session, form: Any, seen: Seen) -> object:
    return own_words.correct_contact(session, contact=form.left, intake_key=_key(), **seen)


def _erase_contact(session: Session, form: Any, seen: Seen) -> object:  # noqa: ARG001 (as above)
    return erasing.erase_contact(session, **seen)


def _erase(session: Session, form: Any, seen: Seen) -> object:  # noqa: ARG001 (as above)
    return erasing.ask_erasure(session, **seen)


def _key() -> Any:
    return intake_recipients(installation().settings)


ACTS: Mapping[str, Act] = {
    "supply": Act(
        forms.SupplyForm,
        _l("Answer what we asked"),
        _l("Send the answer"),
        _l("Your answer has arrived."),
        _supply,
        letter=MessageKind.SUPPLIED,
    ),
    "satisfaction": Act(
        forms.RatingForm,
        _l("Rate the handling"),
        _l("Send the rating"),
        _l("Thank you. Your rating has arrived."),
        _rate,
        is_so=lambda case, form: case.satisfaction == form.satisfaction.data,
    ),
    "review": Act(
        forms.ReviewForm,
        _l("Ask for a review of the answer"),
        _l("Ask for a review of the answer"),
        _l("Your request for a review has arrived."),
        _review,
        letter=MessageKind.REVIEW_ASKED,
    ),
    "message": Act(
        forms.MessageForm,
        _l("Write to us"),
        _l("Send the message"),
        _l("Your message has arrived."),
        _message,
        letter=MessageKind.WRITTEN,
    ),
    "copy": Act(
        forms.CopyForm,
        _l("Ask for a copy of what you wrote"),
        _l("Ask for the copy"),
        _l("The copy is being made. Look the case up again in a few minutes."),
        _copy,
        note=_l(
            "What you wrote is sealed so that this site cannot open it. The office opens it once and seals a copy to your phrase; it waits here for 7 days."
        ),
        plain=True,
    ),
    "contact": Act(
        ContactForm,
        _l("Change your contact details"),
        _l("Replace my contact details"),
        _l("Your new contact details have replaced the old ones."),
        _contact,
        note=_l("The new details replace the old ones, which are erased."),
        plain=True,
    ),
    "erase-contact": Act(
        forms.EraseContactForm,
        _l("Erase your contact details"),
        _l("Erase my contact details"),
        _l("Your contact details have been erased."),
        _erase_contact,
        is_so=lambda case, _form: case.sealed_contact is None and case.contact_erased_on is not None,
        note=_l("They are erased at once and for good. The case goes on, and you follow it here."),
        plain=True,
    ),
    "erase": Act(
        forms.EraseForm,
        _l("Ask us to erase everything"),
        _l("Erase everything"),
        _l("We have noted it. What is erased when stands on this page."),
        _erase,
        is_so=lambda case, _form: case.erasure_asked_on is not None,
        note=_l(
            "Your contact details are erased at once. What you wrote is kept for 60 days after the case ends, because it is your proof if you ask for an administrative review (Administrative Reconsideration Law, art. 20), and then erased. A suit may be brought for six months (Administrative Litigation Law, art. 46): if you think of one, download your data first or ask later. Until then every time somebody opens it is written down."
        ),
        plain=True,
    ),
    "withdraw": Act(
        forms.WithdrawForm,
        _l("Take the case back"),
        _l("Take the case back"),
        _l("You have taken the case back."),
        _withdraw,
        is_so=lambda case, _form: case.state == State.WITHDRAWN,
        note=_l("You need not say why. We may still look into what we know of the agency."),
        plain=True,
    ),
}
OPEN_TO_LETTERS = rules.OPEN | {State.MERGED}


def offered(case: Complaint, today: date) -> list[str]:
    """Return what can be done with a case today, in the order of the list."""
    moves = rules.moves_from(case.state)
    has_words = case.erased_on is None
    may = {
        "supply": Move.SUPPLY in moves,
        "satisfaction": afterwards.may_rate(case, today),
        "review": afterwards.may_review(case, today),
        "message": case.state in OPEN_TO_LETTERS,
        "copy": has_words and case.copy_asked_on is None,
        "contact": has_words and case.closed_on is None,
        "erase-contact": case.sealed_contact is not None,
        "erase": has_words and case.erasure_asked_on is None,
        "withdraw": Move.WITHDRAW in moves,
    }
    return [name for name in ACTS if may[name]]


def is_done(name: str, form: Any, held: Followed, today: date) -> bool:
    """Tell whether the button was pressed twice: nothing is left to do, and it can be said to be done.

    The same words may mean another thing later: after a question, or as another kind of letter. So an act that the
    case still offers is only skipped while nothing at all came after the very same letter.
    """
    act = ACTS[name]
    is_offered = name in offered(held.case, today)
    if act.letter is None:
        return not is_offered and act.is_so is not None and act.is_so(held.case, form)
    last = held.own_last(act.letter)
    same = last is not None and (last.sent_on, last.text) == (today, form.text.data or "")
    return same and (not is_offered or held.letters[-1] is last)
