"""The standard texts a case page offers: those that fit its acts, with its dates and numbers filled in."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from chengxin.voices.complaints.clocks import TERMS, Clock, Phase, deadline
from chengxin.voices.complaints.labels import MOVE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import answer_deadline
from chengxin.voices.complaints.rules import Move
from chengxin.voices.standard_texts import queries
from chengxin.voices.standard_texts.rules import ANY_MOVE, Place, filled


def texts_for(
    session: Session, case: Complaint, *, acts: Collection[str], authority: str, today: date
) -> Mapping[str, str]:
    """Return the texts that fit some acts of a case, by their filled words, with the short name each goes by."""
    values = places_of(case, authority=authority, today=today)
    found = queries.fitting(session, moves=[*acts, ANY_MOVE], track=case.track)
    return {filled(each.body, values): _named(each.move, each.title) for each in found}


def ready_for(session: Session, *, act: str, tracks: Collection[str]) -> Mapping[str, str]:
    """Return the texts that fit an act for cases of all of these tracks, by their words before they are filled in."""
    found = [queries.fitting(session, moves=[act, ANY_MOVE], track=track) for track in sorted(tracks)]
    common = set.intersection(*({each.id for each in some} for some in found)) if found else set[int]()
    return {
        each.body: _named(each.move, each.title) for some in found[:1] for each in some if each.id in common
    }


def authorities(session: Session) -> Mapping[str, str]:
    """Return the authorities a case can be handed to, by name, with how to reach each."""
    found = queries.authorities(session)
    return {each.title: f"{each.title} {each.body}".strip() for each in found}


def places_of(case: Complaint, *, authority: str, today: date) -> Mapping[Place, str | date]:
    """Return what fills in the places of a text for a case."""
    longer = answer_deadline(case).later(TERMS[Clock(case.clock)][Phase.EXTENSION].days)
    return {
        Place.CASE_NO: case.case_no,
        Place.RESPONDENT: case.respondent,
        Place.AUTHORITY: authority,
        Place.TODAY: today,
        Place.ACCEPT_BY: case.accept_by,
        Place.ANSWER_BY: case.answer_by,
        Place.SUPPLEMENT_BY: deadline(case.clock, Phase.SUPPLEMENT, today).due().date,
        Place.EXTENDED_TO: longer.due().date,
    }


def _named(move: str, title: str) -> str:
    return f"{MOVE[Move(move)]}: {title}" if move in set(Move) else title
