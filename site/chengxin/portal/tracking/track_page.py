"""The page of one case for whoever holds its receipt: where it stands, its way, its letters, what can be done."""

from datetime import timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.proofs import Proof
from chengxin.core.web import reading
from chengxin.evidence import labels as files
from chengxin.evidence import queries as evidence
from chengxin.evidence.models import Evidence
from chengxin.ledger.rules import Subject
from chengxin.portal.tracking import track_dates, track_way
from chengxin.portal.tracking.track_forms import OwnCopyForm, ProvenForm, ticket_for
from chengxin.portal.tracking.track_steps import ACTS, offered
from chengxin.portal.tracking.track_way import Followed
from chengxin.portal.tracking.track_words import NEXT_OF_REPORT
from chengxin.voices.complaints import keeping, labels
from chengxin.voices.complaints.afterwards import open_until
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Dismissal, Refusal, State, step_of_report
from chengxin.voices.contact.labels import CONTACT_SHORT

UNANSWERED = frozenset({State.NOT_ACCEPTED, State.DISCARDED})
# What somebody can mend by writing again: these ends had to do with what was written, not with the matter.
FILED_ANEW: frozenset[str] = frozenset(
    {Refusal.NOT_SUPPLEMENTED, Refusal.NO_RESPONDENT, Dismissal.ABUSE, Dismissal.EMPTY}
)


def case_of(proof: Proof) -> tuple[Followed, list[Evidence]] | None:
    """Return the case a receipt opens with its letters and the files that were sent for it."""
    with reading() as session:
        told = track_way.followed(session, proof)
        return (told, _files_of(session, told.case)) if told else None


def shown(told: Followed, sent: list[Evidence], proof: Proof, *, done: str = "") -> ResponseReturnValue:
    """Show a case with the forms for what whoever filed it can do now."""
    case, today = told.case, clock.today()
    ticket = ticket_for(proof)
    term, asked = track_dates.running(case, today), track_dates.asked_of_complainant(case, today)
    return render_template(
        "portal/track_case.html",
        case=case,
        told=told,
        sent=sent,
        media=files.MEDIA,
        done=done,
        term=None if told.is_report else term,
        due=track_dates.told(term),
        asked=asked,
        has_sent=told.has_answered or any(each.added_on >= (case.paused_on or today) for each in sent),
        paused_since=track_dates.paused_since(case),
        forms=_forms(case, ticket),
        acts=ACTS,
        kept=kept(case),
        terms=keeping,
        own_copy_form=OwnCopyForm(formdata=None),
        copy_until=case.copy_made_on and case.copy_made_on + timedelta(keeping.COPY_DAYS),
        review_until=open_until(case),
        else_to_do=not told.is_report and case.state in UNANSWERED,
        may_file_anew=bool({case.refusal, case.dismissal} & FILED_ANEW),
        **_words(told),
    )


def kept(case: Complaint) -> keeping.Keeping:
    """Return until when the parts of a case are kept."""
    return keeping.keeping(
        closed_on=case.closed_on,
        handled=case.state not in keeping.UNHANDLED,
        asked=case.erasure_asked_on is not None,
        erased_on=case.erased_on,
    ).seen_on(clock.today())


def _forms(case: Complaint, ticket: str) -> dict[str, ProvenForm]:
    return {name: ACTS[name].form.holding(ticket, case) for name in offered(case, clock.today())}


def _words(told: Followed) -> dict[str, Any]:
    """Return the words for where a case stands; a report is told three words and no outcome."""
    case = told.case
    words = {"category": labels.CATEGORY_SHORT, "contact": CONTACT_SHORT}
    if told.is_report:
        step = step_of_report(case.state)
        elsewhere = case.state == State.TRANSFERRED
        next_words = labels.NEXT[State.TRANSFERRED] if elsewhere else NEXT_OF_REPORT[step]
        return words | {"state": labels.STEP[step], "next_words": next_words}
    return words | {
        "state": labels.STATE[State(case.state)],
        "next_words": labels.NEXT[State(case.state)],
        "finding": labels.FINDING,
        "refusal": labels.REFUSAL,
        "dismissal": labels.DISMISSAL,
        "satisfaction": labels.SATISFACTION,
    }


def _files_of(session: Session, case: Complaint) -> list[Evidence]:
    return list(evidence.sent_for(session, Subject("complaint", case.id)))
