"""The words and the data of what supervision left on an integrity file."""

from typing import Any

from flask import url_for

from chengxin.agencies.labels import PERMIT_KIND
from chengxin.agencies.permits.queries import Happened
from chengxin.agencies.rules import PermitKind
from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.portal.formats import absolute
from chengxin.portal.integrity.integrity_file import Entry, IntegrityFile
from chengxin.portal.integrity.integrity_lines import Line, Link
from chengxin.portal.integrity.supervised import Inspected, Tied
from chengxin.portal.supervising.mark_json import mark_json
from chengxin.portal.supervising.permit_change_records import change_words
from chengxin.standing.abnormal.labels import CAUSE
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.inspections.labels import RESULT
from chengxin.standing.inspections.rules import Result
from chengxin.standing.lineage.labels import TIE
from chengxin.standing.lineage.rules import Tie


def mark_links(file: IntegrityFile) -> tuple[Link, ...]:
    """Return the marks in force as sentences for the banner."""
    return tuple(
        Link(
            text=_(
                "Abnormal operation since %(day)s: %(cause)s",
                day=day(mark.set_on),
                cause=CAUSE[Cause(mark.cause)],
            ),
            url=url_for("portal.abnormal"),
        )
        for mark in file.supervised.marks
    )


def supervision_line(entry: Entry) -> Line | None:
    """Return the line of an entry that supervision left, or None for any other."""
    if entry.mark:
        return _mark_line(entry.mark)
    if entry.inspected:
        return _inspection_line(entry.inspected)
    return _change_line(entry.change) if entry.change else None


def _mark_line(mark: AbnormalMark) -> Line:
    """Return the line of a mark."""
    return Line(
        date=mark.set_on,
        title=_("Marked as operating abnormally: %(cause)s", cause=CAUSE[Cause(mark.cause)]),
        text=mark.facts or mark.decision_no,
        url=url_for("portal.abnormal"),
    )


def _inspection_line(inspected: Inspected) -> Line:
    """Return the line of an inspection."""
    batch = inspected.batch
    return Line(
        date=inspected.on,
        title=_("Random inspection: %(result)s", result=RESULT[Result(inspected.inspection.result)]),
        text=inspected.inspection.note or batch.title,
        url=url_for("portal.inspection_batch", year=batch.year, number=batch.number),
    )


def _change_line(happened: Happened) -> Line:
    """Return the line of a change of a permit."""
    kind = str(PERMIT_KIND[PermitKind(happened.permit_kind)])
    return Line(
        date=happened.on,
        title=_("%(kind)s: %(what)s", kind=kind, what=change_words(happened)),
        text=happened.decision_no or happened.permit_number,
    )


def tie_sentence(tied: Tied) -> str:
    """Return what a record says of two organisations, neutrally, with its day and its source."""
    return _(
        "%(tie)s, %(day)s. Source: %(document)s, %(issuer)s. This is what the record says; it is not a finding.",
        tie=TIE[Tie(tied.link.kind)],
        day=day(tied.link.on_day),
        document=tied.link.document,
        issuer=tied.link.issuer,
    )


def supervision_json(file: IntegrityFile) -> dict[str, Any]:
    """Return what supervision tells of an agency, for programs."""
    return {
        "abnormal": [mark_json(mark) for mark in file.supervised.marks],
        "inspections": [_inspection_json(each) for each in file.supervised.inspections],
        "lineage": [_tie_json(tied) for tied in file.supervised.ties],
    }


def _inspection_json(inspected: Inspected) -> dict[str, Any]:
    batch = inspected.batch
    return {
        "on": inspected.inspection.inspected_on,
        "result": inspected.inspection.result,
        "note": inspected.inspection.note or None,
        "batch": absolute("portal.inspection_batch", year=batch.year, number=batch.number),
    }


def _tie_json(tied: Tied) -> dict[str, Any]:
    return {
        "kind": tied.link.kind,
        "other_is": "later" if tied.is_later else "earlier",
        "other": {"uid": tied.other.uid, "name": tied.other.name, "uscc": tied.other.uscc},
        "on": tied.link.on_day,
        "document": tied.link.document,
        "issuer": tied.link.issuer,
    }
