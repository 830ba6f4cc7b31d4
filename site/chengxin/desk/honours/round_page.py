"""What the pages of rounds of selection show: the list, one round with its entries, the paper for a meeting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.scope import WHOLE, Part
from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.i18n import day as written
from chengxin.core.i18n import gettext as _
from chengxin.desk.state_list import ListRow
from chengxin.standing import titles
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars.actions import places_of
from chengxin.standing.exemplars.judging import blocked
from chengxin.standing.exemplars.labels import (
    BLOCK,
    HONOUR_KIND,
    LEVEL,
    SELECTION_STATE,
    STATE,
    VIA,
    base_words,
)
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import Block, HonourKind, Level, State, Via
from chengxin.standing.exemplars.selection_rules import SelectionState, Window, window
from chengxin.standing.labels import STANDING
from chengxin.standing.objections import queries as objections
from chengxin.standing.rules import Mark

ENDED = frozenset({State.REFUSED, State.DROPPED, State.WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One entry of a round as a table shows it."""

    honour: Honour
    agency: Agency
    kind: str
    state: str
    via: str
    warnings: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Tell whether the entry is out of the round."""
        return self.honour.state in ENDED


def objected(session: Session, honours: Collection[Honour]) -> set[int]:
    """Return the titles among these with an objection that is not decided yet."""
    return objections.undecided(session, "honour", [each.id for each in honours])


def window_of(selection: Selection) -> Window | None:
    """Return the days a round's list is before the public, if it is."""
    first = selection.publicity_from
    return window(first, selection.publicity_days) if first else None


def rows_of(session: Session, honours: Sequence[Honour]) -> list[EntryRow]:
    """Return the entries of a round with their agencies and what stands against them today."""
    today = clock.today()
    open_now = [each for each in honours if State(each.state) not in ENDED]
    stopped = blocked(session, open_now, objected=objected(session, open_now), today=today)
    marks = titles.conflicts_of(session, {each.agency_id for each in open_now}, today=today)
    owners = agencies.by_ids(session, {each.agency_id for each in honours})
    return [
        EntryRow(
            honour=each,
            agency=owners[each.agency_id],
            kind=str(HONOUR_KIND[HonourKind(each.kind)]),
            state=str(STATE[State(each.state)]),
            via=str(VIA[Via(each.via)]),
            warnings=tuple(_warnings(stopped.get(each.id, ()), marks.get(each.agency_id, ()))),
        )
        for each in honours
    ]


def facts_of(session: Session, selection: Selection) -> list[dict[str, Any]]:
    """Return the particulars of a round that are known."""
    names = accounts.names(session, [selection.opened_by, selection.announced_by, selection.awarded_by])
    where = "".join(regions.names_down_to(session, selection.region_code))
    days = window_of(selection)
    return _known(
        _row(_("State"), SELECTION_STATE[SelectionState(selection.state)]),
        _row(_("Reason"), selection.state_reason, han=True),
        _row(_("Level"), LEVEL[Level(selection.level)]),
        _row(_("Region"), where or _("The whole register"), han=bool(where)),
        _row(_("Year"), selection.year),
        _row(_("Last day for nominations"), written(selection.deadline)),
        _row(_("Publicity"), publicity_words(days), note=_publicity_note(days)),
        _row(_("Decision number"), selection.decision_no, han=True),
        _row(_("Counts until"), written(selection.valid_until)),
        _row(_("Opened by"), names.get(selection.opened_by or 0)),
        _row(_("Put before the public by"), names.get(selection.announced_by or 0)),
        _row(_("Awarded by"), names.get(selection.awarded_by or 0)),
    )


def entry_facts(session: Session, honour: Honour) -> list[dict[str, Any]]:
    """Return the particulars of a title that are known."""
    names = names_of(session, honour)
    earlier = exemplars.by_id(session, honour.renews_id) if honour.renews_id else None
    return _known(
        _row(_("State"), STATE[State(honour.state)]),
        _row(_("Reason"), honour.state_reason, han=True),
        _row(_("Who is named"), HONOUR_KIND[HonourKind(honour.kind)]),
        _row(_("Name of the window or the person"), honour.holder, han=True),
        _row(_("Proposed by"), VIA[Via(honour.via)]),
        _row(_("Name of the association"), honour.proposer, han=True),
        _row(_("Why it is named"), honour.merit, han=True),
        _row(_("Renews"), _("Title of %(year)s", year=earlier.year), url=_url(earlier)) if earlier else {},
        _row(_("Decision number"), honour.decision_no, han=True),
        _row(_("Awarded on"), written(honour.awarded_on)),
        _row(_("Counts until"), written(honour.valid_until)),
        _row(_("Nominated by"), names.get(honour.nominated_by or 0)),
        _row(_("Shortlisted by"), names.get(honour.shortlisted_by or 0)),
        _row(_("Awarded by"), names.get(honour.awarded_by or 0)),
    )


def _row(label: str, value: object, *, note: str = "", url: str = "", han: bool = False) -> dict[str, Any]:
    return {"label": label, "value": value, "note": note, "url": url, "lang": "zh-Hans" if han else ""}


def _known(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in rows if row.get("value")]


def _url(honour: Honour) -> str:
    return url_for("desk.exemplar", honour_id=honour.id)


def publicity_words(days: Window | None) -> str:
    """Return the first and the last day of publicity in words."""
    return _("%(first)s to %(last)s", first=written(days.first), last=written(days.last)) if days else ""


def places_rows(session: Session, selection: Selection) -> list[dict[str, str]]:
    """Return how many places of each kind a round has and how many are taken, and how they were counted."""
    taken = queries.taken(session, selection.id)
    return [
        {
            "label": str(HONOUR_KIND[kind]),
            "value": _("%(taken)s of %(places)s", taken=taken[kind], places=places_of(selection, kind)),
            "note": base_words(selection) if kind is HonourKind.AGENCY else "",
        }
        for kind in kinds_of(selection)
    ]


def kinds_of(selection: Selection) -> list[HonourKind]:
    """Return the kinds of titles a round gives."""
    return [kind for kind in HonourKind if places_of(selection, kind)]


def listed(session: Session, selections: Sequence[Selection]) -> list[ListRow]:
    """Return rounds as rows of a list."""
    today = clock.today()
    return [
        ListRow(
            title=each.title,
            url=url_for("desk.exemplar_round", selection_id=each.id),
            text=" · ".join(f"{row['label']} {row['value']}" for row in places_rows(session, each)),
            meta=[each.year, LEVEL[Level(each.level)], _date_line(each)],
            tags=[_("Waits for you")] if queries.is_due(each, today) else [],
        )
        for each in selections
    ]


def attention(session: Session, seen: Part = WHOLE) -> list[dict[str, Any]]:
    """Return the titles somebody has to look at: outweighed, held back, or with a withdrawal to confirm."""
    today = clock.today()
    outweighed = titles.outweighed_holders(session, today=today)
    warned = queries.awarded_in_force(session, list(outweighed), today=today, seen=seen)
    waiting = queries.to_confirm(session, seen=seen)
    lines = [(each, _("Withdrawal proposed")) for each in waiting]
    lines += [(each, _("Held back at the award")) for each in queries.held(session, seen=seen)]
    lines += [(each, _heavier(outweighed[each.agency_id])) for each in warned if each not in waiting]
    owners = agencies.by_ids(session, {honour.agency_id for honour, _why in lines})
    return [_attention_row(honour, owners[honour.agency_id], why) for honour, why in lines]


def _attention_row(honour: Honour, owner: Agency, why: str) -> dict[str, Any]:
    return {
        "title": f"{owner.name} {honour.holder}".strip(),
        "url": _url(honour),
        "text": why,
        "meta": [honour.year, HONOUR_KIND[HonourKind(honour.kind)]],
    }


def _heavier(marks: Sequence[Mark]) -> str:
    words = "、".join(str(STANDING[mark.standing]) for mark in marks)
    return _("Title suspended, because the agency stands as: %(standing)s", standing=words)


def _warnings(stopped: Collection[Block], marks: Sequence[Mark]) -> Sequence[str]:
    told = [str(STANDING[mark.standing]) for mark in marks]
    return [*told, *(str(BLOCK[block]) for block in stopped if block is not Block.STANDING)]


def _publicity_note(days: Window | None) -> str:
    if days is None:
        return ""
    return (
        _("Over")
        if days.is_over(clock.today())
        else _("Running; the award waits for the end of the last day.")
    )


def _date_line(selection: Selection) -> str:
    days = window_of(selection)
    if selection.state == SelectionState.OPEN and selection.deadline:
        return _("Nominations until %(day)s", day=written(selection.deadline))
    return _("Publicity %(days)s", days=publicity_words(days)) if days else ""


def names_of(session: Session, honour: Honour) -> Mapping[int, str]:
    """Return the names of the staff that had a hand in a title."""
    hands = (honour.nominated_by, honour.shortlisted_by, honour.awarded_by)
    return accounts.names(session, [*hands, honour.withdrawal_by, honour.ended_by])
