"""The views at the left of the queue: those everybody has, then the kinds of which something waits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.filtering import EVERYTHING, VIEWS, Filter, Stage, named
from chengxin.desk.queue.kinds import KINDS
from chengxin.desk.queue.waiting import Counts
from chengxin.worklists import queries as worklists

ALL = _l("Everything waiting")
NARROWED = _l("Filtered")
LABELS: Mapping[str, str] = {
    "overdue": _l("Overdue"),
    "today": _l("Due today"),
    "mine": _l("Mine"),
    "unassigned": _l("Without an officer"),
    "paused": _l("Waiting for the complainant"),
    "agency": _l("Waiting for the agency"),
    "second": _l("For a second person"),
    "heard": _l("New messages"),
    "others": _l("Waiting for others"),
    "ended": _l("Already ended"),
}
KEYS = {"overdue": "go", "today": "gt", "mine": "gm"}

Link = Callable[[Filter], str]


@dataclass(frozen=True)
class Offered:
    """A view somebody can choose: its words, the part of the queue it shows, the key that opens it."""

    label: str
    part: Filter
    key: str = ""
    own: int = 0

    @property
    def counted(self) -> bool:
        """Return whether it is worth counting: what ended is a number that nobody acts on."""
        return self.part.stage != Stage.ENDED


def offered(session: Session, officer: Officer) -> Sequence[Offered]:
    """Return the views everybody has, then those an officer saved."""
    shared = [Offered(label, VIEWS[name], KEYS.get(name, "")) for name, label in LABELS.items()]
    saved = worklists.views_of(session, officer.id)
    return [*shared, *(Offered(each.name, named(each.part), own=each.id) for each in saved)]


def entries(view: Filter, views: Sequence[Offered], counts: Counts, link: Link) -> list[dict[str, Any]]:
    """Return the list of views with their counts, the chosen one marked."""
    everything = Offered(ALL, EVERYTHING)
    numbered = [(everything, counts.all), *zip(views, counts.of_part, strict=True), *_kinds(view, counts)]
    return [
        {
            "label": each.label,
            "url": link(each.part),
            "count": count if each.counted else None,
            "current": each.part == view,
            "key": each.key,
        }
        for each, count in numbered
    ]


def _kinds(view: Filter, counts: Counts) -> Iterator[tuple[Offered, int]]:
    """Return a view for each kind of which something waits, and for the one that is shown."""
    for name, count in counts.of_kind.items():
        if count or view.kind == name:
            yield Offered(KINDS[name].label, Filter(kind=name)), count
