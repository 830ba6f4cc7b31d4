"""Complaints and reports in the queue, the news of those that ended, and extensions that wait for a leader."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from sqlalchemy import ColumnElement, case, func, or_, select, union
from sqlalchemy.orm import Session, aliased, load_only

from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Agency
from chengxin.core.folding import fold_number
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Keyring
from chengxin.desk.queue.filtering import Waits
from chengxin.desk.queue.glimpses import Glimpses
from chengxin.desk.queue.kinds.kind import NOBODY, End, Line, Opener, WaitingKind
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.labels import CATEGORY_SHORT, STATE, TRACK
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN, PAUSED, Category, State, Track
from chengxin.voices.complaints.sealed import facts_of
from chengxin.voices.contact.labels import CONTACT_SHORT
from chengxin.voices.contact.rules import ContactKind

WAITS = case(
    (Complaint.state.in_(sorted(PAUSED)), Waits.COMPLAINANT.value),
    (or_(Complaint.state == State.REVIEW, Complaint.extension_asked_by.is_not(None)), Waits.SECOND.value),
    else_=Waits.STAFF.value,
)
SHOWN = (
    Complaint.id,
    Complaint.case_no,
    Complaint.code_hash,
    Complaint.track,
    Complaint.category,
    Complaint.contact_kind,
    Complaint.respondent,
    Complaint.version,
    Complaint.state,
    Complaint.heard_at,
)
LEAST_NUMBER = 4  # as many characters of a case's number as anybody would call it by
HIGHEST = "z" * 20  # behind every folded number that begins alike


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:
    """Return what the queue shows of some cases; only texts that were not opened lately are read and opened."""
    rows = (
        select(*SHOWN, Agency.name.label("agency"), Account.name.label("owner"))
        .outerjoin(Agency, Agency.id == Complaint.agency_id)
        .outerjoin(Account, Account.id == Complaint.assigned_to)
        .where(Complaint.id.in_(ids))
    )
    found = session.execute(rows).all()
    wanted = {row.code_hash: row.id for row in found}
    words = _words(session, wanted, Glimpses(opener())) if opener else {}
    return {
        row.id: Line(
            code=row.case_no,
            title=row.agency or row.respondent,
            text=words.get(row.id, ""),
            cells=(_category(row.category, row.track), _source(row.contact_kind), row.owner or _("Nobody")),
            version=row.version,
            tag=_tag(row.state) if row.heard_at else "",
            state=str(STATE[State(row.state)]),
        )
        for row in found
    }


def shut_lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of cases whose texts it may not open."""
    return lines(session, ids, None)


def found(words: str) -> ColumnElement[bool]:
    """Return which cases some words mean: by a part of the number, by respondent, by agency, by what it is about."""
    number = func.lower(func.replace(Complaint.case_no, "-", ""))
    by_number = [number.contains(part, autoescape=True) for part in _number_in(words)]
    return or_(
        *by_number,
        Complaint.respondent.contains(words, autoescape=True),
        Agency.name.contains(words, autoescape=True),
        Complaint.category.in_(_called(words)),
    )


def found_ended(words: str) -> ColumnElement[bool]:
    """Return the same for cases that ended, out of indexes alone: a number is known whole or by its end."""
    other = aliased(Complaint)
    named = select(Agency.id).where(Agency.name.contains(words, autoescape=True))
    ways = [
        select(other.id).where(other.respondent.contains(words, autoescape=True)),
        select(other.id).where(other.agency_id.in_(named)),
    ]
    for part in _number_in(words):
        backwards = part[::-1]
        ways.append(select(other.id).where(other.number_key.between(backwards, backwards + HIGHEST)))
    return or_(Complaint.id.in_(union(*ways)), Complaint.category.in_(_called(words)))


def able(officer: Officer) -> ColumnElement[bool]:
    """Return which cases an officer can act on: a review is for somebody else than who gave the answer."""
    answered = func.coalesce(Complaint.answered_by, NOBODY)
    return or_(Complaint.state != State.REVIEW, answered != officer.id)


def texts(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Callable[[Keyring], str]]]:
    """Return the sealed texts of some cases, each with what opens it."""
    columns = load_only(Complaint.code_hash, Complaint.sealed_facts)
    for held in session.scalars(select(Complaint).options(columns).where(Complaint.id.in_(ids))):
        yield held.id, partial(facts_of, held)


def _words(session: Session, wanted: Mapping[str, int], glimpses: Glimpses) -> dict[int, str]:
    known = {record: glimpses.kept(name) for name, record in wanted.items()}
    unread = [record for record, words in known.items() if words is None]
    columns = load_only(Complaint.code_hash, Complaint.sealed_facts)
    rows = select(Complaint).options(columns).where(Complaint.id.in_(unread))
    for each in session.scalars(rows) if unread else ():
        known[each.id] = glimpses.read(each.code_hash, partial(facts_of, each))
    return {record: words or "" for record, words in known.items()}


def _number_in(words: str) -> list[str]:
    """Return the number that some words can be, however it was typed, or nothing."""
    folded = fold_number(words)
    return [folded] if folded.isascii() and len(folded) >= LEAST_NUMBER else []


def _called(words: str) -> list[str]:
    return [key.value for key, label in CATEGORY_SHORT.items() if words in str(label)]


def _tag(state: str) -> str:
    return _("Taken back") if state == State.WITHDRAWN else _("New message")


def _category(category: str, track: str) -> str:
    words = str(CATEGORY_SHORT[Category(category)])
    return f"{TRACK[Track.REPORT]} · {words}" if track == Track.REPORT else words


def _source(contact_kind: str) -> str:
    return str(CONTACT_SHORT[ContactKind(contact_kind)])


COMPLAINTS = WaitingKind(
    name="complaint",
    label=_l("Complaints or reports"),
    rights=(Right.READ_CASES,),
    id=Complaint.id,
    due_on=queries.deadline,
    waiting=(Complaint.state.in_(sorted(OPEN)),),
    lines=lines,
    endpoint="desk.complaint",
    parameter="case_id",
    owner=Complaint.assigned_to,
    agency=Complaint.agency_id,
    region=Complaint.region_code,
    waits=WAITS,
    category=Complaint.category,
    track=Complaint.track,
    pauses=True,
    assignable=True,
    found=found,
    found_ended=found_ended,
    texts=texts,
    able=able,
    heard=Complaint.heard_at,
    ends=(
        End(on=Complaint.closed_on, ended=Complaint.closed_on > date.min),
        End(on=Complaint.received_on, ended=Complaint.state == State.MERGED),
    ),
)
# What whoever filed it wrote, or that they took it back, is listed until somebody has seen it.
HEARD = WaitingKind(
    name="heard",
    label=_l("News of ended cases"),
    rights=(Right.READ_CASES,),
    id=Complaint.id,
    waiting=(Complaint.heard_at.is_not(None), Complaint.state.not_in(sorted(OPEN))),
    lines=shut_lines,
    endpoint="desk.complaint",
    parameter="case_id",
    owner=Complaint.assigned_to,
    agency=Complaint.agency_id,
    region=Complaint.region_code,
    category=Complaint.category,
    track=Complaint.track,
    assignable=True,
    found=found,
    heard=Complaint.heard_at,
)
# For those who decide extensions and read no cases; who reads them has the case itself in the queue.
EXTENSIONS = WaitingKind(
    name="extension",
    label=_l("Extensions to decide"),
    rights=(Right.APPROVE_CASES,),
    unless=(Right.READ_CASES,),
    id=Complaint.id,
    due_on=Complaint.answer_by,
    waiting=(Complaint.state == State.INVESTIGATING, Complaint.extension_asked_by.is_not(None)),
    lines=shut_lines,
    endpoint="desk.complaint",
    parameter="case_id",
    owner=Complaint.assigned_to,
    agency=Complaint.agency_id,
    region=Complaint.region_code,
    waits=Waits.SECOND.value,
    category=Complaint.category,
    track=Complaint.track,
    found=found,
    able=lambda officer: Complaint.extension_asked_by != officer.id,
)
