"""Everything kept about a case that belongs to the person: as a file for programs, or as a page to print."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from chengxin.core import clock
from chengxin.core.proofs import Proof
from chengxin.evidence import labels as files
from chengxin.evidence.models import Evidence
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_page
from chengxin.portal.tracking.track_forms import OwnCopyForm
from chengxin.portal.tracking.track_gate import by_receipt
from chengxin.portal.tracking.track_way import Followed
from chengxin.voices.complaints import labels, own_words
from chengxin.voices.complaints.rules import Category, State, step_of_report

FILE_NAME = "case.json"


@bp.post("/track/data")
def track_own_copy() -> ResponseReturnValue:
    """Hand out what is kept about whoever holds the receipt."""
    form = OwnCopyForm()
    if not form.validate():
        return _again(form, form.refused_with, form.token_trouble)
    return by_receipt(form.receipt.data or "", _opened, lambda status, words: _again(form, status, words))


def _opened(proof: Proof) -> ResponseReturnValue | None:
    opened = track_page.case_of(proof)
    return _handed_out(own_copy(*opened, proof)) if opened else None


def own_copy(told: Followed, sent: list[Evidence], proof: Proof) -> dict[str, Any]:
    """Return what is kept about a person with a case; of a report nothing that its page would not tell."""
    case, kept = told.case, track_page.kept(told.case)
    return {
        "made_on": clock.today(),
        "track": case.track,
        "respondent": case.respondent,
        "category": str(labels.CATEGORY_SHORT[Category(case.category)]),
        "received_on": case.received_on,
        "consent_version": case.consent_version,
        "contact_kind": case.contact_kind,
        "contact_kept": case.sealed_contact is not None,
        "contact_erased_on": case.contact_erased_on,
        "erasure_asked_on": case.erasure_asked_on,
        "erased_on": case.erased_on,
        "kept_until": vars(kept),
        "steps": [{"what": step["title"], "on": step["day"], "written": step["text"]} for step in told.steps],
        **_outcome(told),
        "letters": [letter.written for letter in told.letters],
        "files": [
            {"kind": str(files.MEDIA[each.media]), "bytes": each.size, "added_on": each.added_on}
            for each in sent
        ],
        "filed": own_words.open_copy(case, proof.key),
        "filed_note": "" if case.copy_made_on else "sealed to the office; ask for a copy on the case's page",
    }


def _outcome(told: Followed) -> Mapping[str, object]:
    case = told.case
    if told.is_report:
        return {
            "state": str(labels.STEP[step_of_report(case.state)]),
            "transferred_to": case.transferred_to,
        }
    return {
        "state": str(labels.STATE[State(case.state)]),
        "accept_by": case.accept_by,
        "answer_by": case.answer_by,
        "ended_on": case.closed_on,
        "finding": case.finding,
        "refusal": case.refusal,
        "dismissal": case.dismissal,
        "transferred_to": case.transferred_to,
        "satisfaction": case.satisfaction,
    }


def _handed_out(held: dict[str, Any]) -> ResponseReturnValue:
    if request.form.get("as") != "json":
        return render_template("portal/track_own_copy.html", held=held)
    text = json.dumps(held, ensure_ascii=False, indent=1, default=str)
    answer = Response(f"{text}\n", content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return answer


def _again(form: OwnCopyForm, status: int, trouble: str) -> ResponseReturnValue:
    return render_template("portal/track_own_copy_again.html", own_copy_form=form, trouble=trouble), status
