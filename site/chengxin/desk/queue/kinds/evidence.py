"""Evidence of open cases that the virus scanner refused or could not read, in the queue: a person settles it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.kinds.kind import Line, Opener, WaitingKind
from chengxin.evidence.labels import MEDIA, SCAN
from chengxin.evidence.models import Evidence
from chengxin.evidence.queries import UNSETTLED
from chengxin.evidence.rules import Media, Scan
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import OPEN

OF_CASE = Complaint.id == Evidence.subject_id
OF_AN_OPEN_CASE = select(Complaint.id).where(OF_CASE, Complaint.state.in_(sorted(OPEN))).exists()


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some files; their own names stay sealed."""
    rows = select(Evidence.id, Evidence.media, Evidence.scan, Complaint.case_no, Complaint.respondent)
    return {
        row.id: Line(
            code=called(row.id),
            title=row.respondent,
            text=row.case_no,
            cells=(_("Evidence"), str(MEDIA[Media(row.media)]), str(SCAN[Scan(row.scan)])),
        )
        for row in session.execute(rows.join(Complaint, OF_CASE).where(Evidence.id.in_(ids)))
    }


def called(number: int) -> str:
    """Return the name of a file."""
    return _("Evidence %(n)s", n=number)


EVIDENCE = WaitingKind(
    name="evidence",
    label=_l("Evidence to check"),
    rights=(Right.READ_CASES,),
    id=Evidence.id,
    waiting=(
        Evidence.scan.in_(UNSETTLED),
        Evidence.erased_on.is_(None),
        Evidence.subject_kind == "complaint",
        OF_AN_OPEN_CASE,
    ),
    lines=lines,
    endpoint="desk.evidence",
    parameter="evidence_id",
    owner=select(Complaint.assigned_to).where(OF_CASE).scalar_subquery(),
    region=select(Complaint.region_code).where(OF_CASE).scalar_subquery(),
    assignable=True,
    called=called,
)
