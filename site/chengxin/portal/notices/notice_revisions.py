"""The wordings of a notice: each as it was published, with what changed from the one before."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from chengxin.core.comparing import Piece, pieces
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import absolute
from chengxin.portal.notices.notice_page import clauses_of
from chengxin.portal.notices.notice_records import notices_of
from chengxin.portal.notices.notices import found_by_number, tombstone_page
from chengxin.standing.sanctions import queries
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, SEVERITY
from chengxin.standing.sanctions.models import SanctionRevision
from chengxin.standing.sanctions.rules import Tombstone


@dataclass(frozen=True)
class Change:
    """One part of a notice whose words changed."""

    label: str
    pieces: list[Piece]


@bp.get("/notices/<year:year>/<number:number>/rev/<number:revision>")
@published()
def notice_revision(year: int, number: int, revision: int) -> ResponseReturnValue:
    """Show how a notice in force was worded, and what changed from the wording before."""
    with reading() as session:
        found = found_by_number(session, year, number)
        if isinstance(found, Tombstone):
            return tombstone_page(found)
        shown, revisions = notices_of(session, [found])[0], queries.revisions(session, found.id)
    at = next((at for at, each in enumerate(revisions) if each.revision == revision), None)
    if at is None:
        abort(404)
    content = json.loads(revisions[at].content)
    return render_template(
        "notices/revision.html",
        notice=shown,
        wording=revisions[at],
        before=revisions[at - 1] if at else None,
        changes=changes_of(revisions, at),
        title=content.get("title", shown.sanction.title),
        clauses=clauses_of(content),
        address=absolute("portal.notice", **shown.address),
        newest=at == len(revisions) - 1,
    )


def changes_of(revisions: Sequence[SanctionRevision], at: int) -> list[Change]:
    """Return what changed from the wording before; nothing for the first one."""
    if not at:
        return []
    old, new = json.loads(revisions[at - 1].content), json.loads(revisions[at].content)
    pairs = [(label, _told(old, name), _told(new, name)) for name, label in _labels().items()]
    return [Change(label, pieces(before, after)) for label, before, after in pairs if before != after]


def _labels() -> Mapping[str, str]:
    """Return the parts of a notice in the order of its page."""
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "facts": _("Facts found"),
        "basis": _("Basis"),
        "measures": _("Decision"),
        "agency_statement": _("What the agency said"),
        "remedies": _("Remedies"),
        "party_name": _("Named party"),
        "party_uscc": _("Credit code"),
        "notice_kind": _("Kind"),
        "legal_kind": _("Decision in law"),
        "severity": _("Class"),
        "category": _("Conduct"),
        "amount": _("Amount"),
        "decision_no": _("Decision number"),
        "decision_date": _("Decision date"),
        "authority": _("Authority"),
        "rectify_by": _("To be put right by"),
    }


def _told(content: Mapping[str, Any], name: str) -> str:
    """Return a part as readers see it: the word for a code, else the text."""
    words: Mapping[str, Mapping[Any, Any]] = {
        "notice_kind": NOTICE_KIND,
        "legal_kind": LEGAL_KIND,
        "severity": SEVERITY,
        "category": CATEGORY,
    }
    value = content.get(name)
    text = "" if value is None else str(value)
    return str(words[name].get(text, text)) if name in words else text
