"""The ledger's events of one record, in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.labels import EVENT as ACCOUNT_EVENT
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.bulletins.campaigns.labels import EVENT as CAMPAIGN_EVENT
from chengxin.bulletins.labels import EVENT as ARTICLE_EVENT
from chengxin.core.clock import SHANGHAI
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.evidence.labels import EVENT as EVIDENCE_EVENT
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.ledger.rules import COMMAND, PUBLIC, WORKER, Subject, account_of
from chengxin.opinions.ratings.labels import REASON
from chengxin.opinions.ratings.rules import Reason
from chengxin.retention.labels import EVENT as RETENTION_EVENT
from chengxin.standing.batches.labels import EVENT as BATCH_EVENT
from chengxin.standing.confirming.labels import EVENT as SUPERVISION_EVENT
from chengxin.standing.corrections.labels import EVENT as CORRECTION_EVENT
from chengxin.standing.exemplars.labels import EVENT as HONOUR_EVENT
from chengxin.standing.inspections.labels import EVENT as INSPECTION_EVENT
from chengxin.standing.objections.labels import EVENT as OBJECTION_EVENT
from chengxin.standing.repairs.labels import EVENT as REPAIR_EVENT
from chengxin.standing.sanctions.labels import EVENT as NOTICE_EVENT
from chengxin.voices.complaints.labels import DISMISSAL, FINDING, MOVE, REFUSAL
from chengxin.voices.complaints.labels import EVENT as CASE_EVENT
from chengxin.voices.complaints.rules import Dismissal, Finding, Refusal
from chengxin.voices.standard_texts.labels import EVENT as TEXT_EVENT
from chengxin.voices.suggestions.labels import EVENT as SUGGESTION_EVENT

VERBS: Mapping[str, str] = {
    **{str(move): label for move, label in MOVE.items()},
    **ACCOUNT_EVENT,
    **NOTICE_EVENT,
    **BATCH_EVENT,
    **HONOUR_EVENT,
    **OBJECTION_EVENT,
    **REPAIR_EVENT,
    **CORRECTION_EVENT,
    **ARTICLE_EVENT,
    **SUPERVISION_EVENT,
    **INSPECTION_EVENT,
    **CAMPAIGN_EVENT,
    **EVIDENCE_EVENT,
    **CASE_EVENT,
    **RETENTION_EVENT,
    **TEXT_EVENT,
    **SUGGESTION_EVENT,
    "file": _l("Received"),
    "rate": _l("Received"),
    "assign": _l("Assigned"),
    "publish": _l("Published"),
    "hide": _l("Hidden"),
    "remove": _l("Removed"),
    "read": _l("Sealed text opened"),
}
MOST = 200
ACTORS = {
    PUBLIC: _l("The public"),
    WORKER: _l("Automatic"),
    COMMAND: _l("Command line"),
}


@dataclass(frozen=True)
class Happening:
    """One event as a person reads it; `date`, `title` and `text` are what the timeline shows."""

    date: datetime
    title: str
    who: str
    text: str

    @property
    def time(self) -> str:
        """Return the time of day in Shanghai."""
        return f"{self.date.astimezone(SHANGHAI):%H:%M}"


def of_record(session: Session, subject: Subject) -> Sequence[Happening]:
    """Return what happened to a record, newest first, with names instead of numbers."""
    events = ledger.of_subject(session, subject, newest=MOST)
    names = accounts.names(session, {person for event in events for person in _people(event)})
    matched = agencies.by_ids(session, [found for event in events if (found := _matched(event))])
    return [_happening(event, names, matched) for event in reversed(events)]


def _happening(event: Event, names: Mapping[int, str], matched: Mapping[int, Agency]) -> Happening:
    who, agency = _who(event.actor, names), matched.get(_matched(event) or 0)
    said = [agency.name] if agency else []
    parts = [who, f"{event.at.astimezone(SHANGHAI):%H:%M}", *said, *_said(event, names)]
    return Happening(event.at, str(VERBS.get(event.verb, event.verb)), who, " · ".join(parts))


def _said(event: Event, names: Mapping[int, str]) -> list[str]:
    new = _new(event)
    said = [str(FINDING[Finding(new["finding"])])] if new.get("finding") else []
    said += [str(REFUSAL[Refusal(new["refusal"])])] if new.get("refusal") else []
    said += [str(DISMISSAL[Dismissal(new["dismissal"])])] if new.get("dismissal") else []
    if "assigned_to" in new:
        said.append(names.get(new["assigned_to"], "") or _("to nobody"))
    return [*said, _reason(event)] if event.reason else said


def _reason(event: Event) -> str:
    """Return the reason in words: moderation of ratings takes it from a list."""
    listed = event.subject_kind == "rating" and event.reason in set(Reason)
    return str(REASON[Reason(event.reason)]) if listed else event.reason


def _people(event: Event) -> list[int | None]:
    return [account_of(event.actor), _new(event).get("assigned_to")]


def _matched(event: Event) -> int | None:
    """Return the agency a case was matched to by an event."""
    found: int | None = _new(event).get("agency_id") if event.verb == "match" else None
    return found


def _who(actor: str, names: Mapping[int, str]) -> str:
    return names.get(account_of(actor) or 0) or str(ACTORS.get(actor, actor))


def _new(event: Event) -> dict[str, Any]:
    return json.loads(event.new) if event.new else {}
