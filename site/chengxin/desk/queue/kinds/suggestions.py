"""Suggestions that wait for an answer, in the queue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Keyring
from chengxin.desk.queue.glimpses import Glimpses
from chengxin.desk.queue.kinds.kind import End, Line, Opener, WaitingKind
from chengxin.voices.contact.labels import CONTACT_SHORT
from chengxin.voices.contact.rules import ContactKind
from chengxin.voices.suggestions.labels import STATE, TOPIC
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import OPEN, State, Topic
from chengxin.voices.suggestions.sealed import text_of


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:
    """Return what the queue shows of some suggestions."""
    rows = select(Suggestion, Agency.name).outerjoin(Agency, Agency.id == Suggestion.agency_id)
    glimpses = Glimpses(opener()) if opener else None
    return {
        held.id: Line(
            code=called(held.id),
            title=agency or held.respondent or str(TOPIC[Topic(held.topic)]),
            text=_words(held, glimpses) if glimpses else "",
            cells=(
                _("Suggestion"),
                str(CONTACT_SHORT[ContactKind(held.contact_kind)]),
                _("Everybody"),
            ),
            state=str(STATE[State(held.state)]),
        )
        for held, agency in session.execute(rows.where(Suggestion.id.in_(ids)))
    }


def called(number: int) -> str:
    """Return the name of a suggestion."""
    return _("Suggestion %(n)s", n=number)


def texts(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Callable[[Keyring], str]]]:
    """Return the sealed texts of some suggestions, each with what opens it."""
    for held in session.scalars(select(Suggestion).where(Suggestion.id.in_(ids))):
        yield held.id, partial(text_of, held)


def _words(held: Suggestion, glimpses: Glimpses) -> str:
    known = glimpses.kept(held.code_hash) if held.sealed_text else ""
    return glimpses.read(held.code_hash, lambda keys: text_of(held, keys)) if known is None else known


SUGGESTIONS = WaitingKind(
    name="suggestion",
    label=_l("Suggestions"),
    rights=(Right.ANSWER_SUGGESTIONS,),
    id=Suggestion.id,
    due_on=Suggestion.reply_by,
    waiting=(Suggestion.state.in_(sorted(OPEN)),),
    lines=lines,
    endpoint="desk.suggestion",
    parameter="suggestion_id",
    agency=Suggestion.agency_id,
    texts=texts,
    ends=(
        End(on=Suggestion.answered_on, ended=Suggestion.answered_on > date.min),
        End(
            on=Suggestion.closed_on,
            ended=and_(Suggestion.closed_on > date.min, Suggestion.answered_on.is_(None)),
        ),
    ),
    called=called,
)
