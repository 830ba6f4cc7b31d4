"""The filters above the queue, with the choices that make sense for an officer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer, Right
from chengxin.agencies.models import Region
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.regions import region_start
from chengxin.desk.queue.filtering import Chip, Filter, Stage, Waits, Whose
from chengxin.desk.queue.kinds import KINDS
from chengxin.voices.complaints.labels import CATEGORY_SHORT, TRACK
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN

STAGES: Mapping[str, str] = {
    Stage.HEARD: _l("New messages"),
    Stage.OTHERS: _l("Waiting for others"),
    Stage.ANY: _l("Everything open"),
    Stage.ENDED: _l("Already ended"),
}
CHIPS: Mapping[str, str] = {
    Chip.OVERDUE: _l("Overdue"),
    Chip.TODAY: _l("Due today"),
    Chip.SOON: _l("Days left: 1 to 3"),
    Chip.LATER: _l("Later"),
    Chip.PAUSED: _l("Paused"),
}
WAITS: Mapping[str, str] = {
    Waits.STAFF: _l("The staff"),
    Waits.COMPLAINANT: _l("The complainant"),
    Waits.AGENCY: _l("The agency"),
    Waits.SECOND: _l("A second person"),
}


LABELS: Mapping[str, str] = {
    "stage": _l("Which records"),
    "kind": _l("Kind of record"),
    "chip": _l("Deadline"),
    "category": _l("Category"),
    "officer": _l("Handled by"),
    "waits": _l("Waits for"),
    "track": _l("Complaint or report"),
    "region": _l("Region"),
}
USUAL = ("stage", "kind", "chip", "category")
Choices = Mapping[str, Sequence[tuple[str, str]]]


def choices(session: Session, officer: Officer) -> Choices:
    """Return what an officer can choose in each filter, in words."""
    kinds = [(kind.name, kind.label) for kind in KINDS.values() if kind.concerns(officer, Filter())]
    offered: Mapping[str, Iterable[tuple[Any, Any]]] = {
        "stage": STAGES.items(),
        "kind": kinds,
        "chip": CHIPS.items(),
        "category": CATEGORY_SHORT.items(),
        "officer": _officers(session, officer),
        "waits": WAITS.items(),
        "track": TRACK.items(),
        "region": _regions(session, officer),
    }
    return {name: [(str(key), str(words)) for key, words in pairs] for name, pairs in offered.items()}


def selects(view: Filter, offered: Choices) -> dict[str, Any]:
    """Return the filters to show: the usual ones, and those behind “more”."""
    shown = {name: _select(name, label, offered[name], getattr(view, name)) for name, label in LABELS.items()}
    return {
        "usual": [shown[name] for name in USUAL],
        "more": [each for name, each in shown.items() if name not in USUAL],
        "more_open": any(getattr(view, name) for name in LABELS if name not in USUAL),
    }


def _select(name: str, label: str, pairs: Sequence[tuple[str, str]], value: str) -> dict[str, Any]:
    first = _("To be done by me") if name == "stage" else _("All")
    options = [{"value": "", "label": first}, *({"value": key, "label": words} for key, words in pairs)]
    return {"name": name, "label": label, "options": options, "value": value}


def _officers(session: Session, officer: Officer) -> list[tuple[str, str]]:
    """Return whose cases can be asked for: one's own, nobody's, each colleague's."""
    own = [(Whose.ME.value, _("Mine")), (Whose.NOBODY.value, _("Nobody"))]
    return [*own, *((str(each), name) for each, name in colleagues(session).items() if each != officer.id)]


def colleagues(session: Session) -> Mapping[int, str]:
    """Return the members of staff a case can be given to, by name."""
    handling = (each for each in accounts.everybody(session) if each.active)
    able = [each for each in handling if accounts.officer(each).may(Right.DECIDE_CASES)]
    return {each.id: each.name for each in sorted(able, key=lambda each: each.name)}


def _regions(session: Session, officer: Officer) -> list[tuple[str, str]]:
    """Return the regions open cases come from, as far as they are the officer's."""
    held = select(Complaint.region_code).where(Complaint.state.in_(sorted(OPEN))).distinct()
    rows = select(Region.code, Region.name).where(Region.code.in_(held)).order_by(Region.code)
    inside = region_start(officer.region) if officer.region else ""
    return [(code, name) for code, name in session.execute(rows) if code.startswith(inside)]
