"""What supervision left on an integrity file: marks, inspections, changes of permits, and tied organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.permits import queries as changes
from chengxin.agencies.permits.queries import Happened
from chengxin.agencies.permits.rules import Change
from chengxin.agencies.rules import status_at
from chengxin.standing.abnormal import queries as abnormal
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.inspections import queries as inspections
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.lineage import queries as lineage
from chengxin.standing.lineage.models import LineageLink


@dataclass(frozen=True)
class Inspected:
    """A published inspection of the agency."""

    inspection: Inspection
    batch: InspectionBatch

    @property
    def id(self) -> int:
        """Return the number of the inspection."""
        return self.inspection.id

    @property
    def on(self) -> date:
        """Return the day of the inspection; of the publication when nobody was reached."""
        return self.inspection.inspected_on or self.batch.published_on or self.batch.drawn_on


@dataclass(frozen=True)
class Tied:
    """Another organisation that official records tie to the agency."""

    link: LineageLink
    other: Agency

    @property
    def is_later(self) -> bool:
        """Return whether the other organisation is the later one of the two."""
        return self.link.later_id == self.other.id


@dataclass(frozen=True)
class Supervised:
    """Everything supervision tells in public of one agency."""

    marks: Sequence[AbnormalMark]
    changes: Sequence[Happened]
    inspections: Sequence[Inspected]
    ties: Sequence[Tied]


def supervised(session: Session, agency: Agency, *, permits: Sequence[Permit], today: date) -> Supervised:
    """Read what supervision tells of an agency."""
    links = lineage.of_agency(session, agency.id)
    others = agencies.by_ids(session, {_other(link, agency.id) for link in links})
    return Supervised(
        marks=abnormal.by_agencies(session, [agency.id])[agency.id],
        changes=_history(changes.of_agency(session, agency.id), permits, today),
        inspections=[Inspected(*each) for each in inspections.of_agency(session, agency.id)],
        ties=[Tied(link, others[_other(link, agency.id)]) for link in links],
    )


def _other(link: LineageLink, agency_id: int) -> int:
    return link.earlier_id if link.later_id == agency_id else link.later_id


def _history(happened: Sequence[Happened], permits: Sequence[Permit], today: date) -> list[Happened]:
    """Leave out what the permits themselves tell: their grant, and how they stand now."""
    stands = {permit.id: status_at(permit.status, permit.valid_to, today).value for permit in permits}
    return [
        each
        for each in happened
        if each.change is not Change.GRANTED and each.change.value != stands.get(each.permit_id)
    ]
