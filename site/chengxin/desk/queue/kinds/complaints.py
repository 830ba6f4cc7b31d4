"""Complaints and reports in the queue."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import Session, load_only

from chengxin.accounts.models import Account
from chengxin.accounts.rules import Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Keyring
from chengxin.desk.queue.filtering import Waits
from chengxin.desk.queue.glimpses import Glimpses
from chengxin.desk.queue.kinds.kind import Line, Opener, WaitingKind
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.labels import CATEGORY_SHORT, CONTACT_SHORT, TRACK
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN, PAUSED, Category, ContactKind, State, Track
from chengxin.voices.complaints.sealed import facts_of

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
)


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:
    """Return what the queue shows of some cases; only texts that were not opened lately are read and opened."""
    rows = (
        select(*SHOWN, Agency.name, Account.name)
        .outerjoin(Agency, Agency.id == Complaint.agency_id)
        .outerjoin(Account, Account.id == Complaint.assigned_to)
        .where(Complaint.id.in_(ids))
    )
    found = session.execute(rows).all()
    words = _words(session, {row.code_hash: row.id for row in found}, Glimpses(opener()))
    return {
        row.id: Line(
            code=row.case_no,
            title=row[-2] or row.respondent,
            text=words[row.id],
            cells=(_category(row.category, row.track), _source(row.contact_kind), row[-1] or _("Nobody")),
            version=row.version,
        )
        for row in found
    }


def found(words: str) -> ColumnElement[bool]:
    """Return which cases some words mean: by number, by respondent, by agency, by what it is about."""
    called = [key.value for key, label in CATEGORY_SHORT.items() if words in str(label)]
    return or_(
        Complaint.case_no.startswith(words.upper(), autoescape=True),
        Complaint.respondent.contains(words, autoescape=True),
        Agency.name.contains(words, autoescape=True),
        Complaint.category.in_(called),
    )


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
    keeps_view=True,
    found=found,
    texts=texts,
)
