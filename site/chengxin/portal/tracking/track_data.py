"""Everything kept about a case that belongs to the person: as a file for programs, or as a page to print."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from chengxin.core import clock
from chengxin.core.forms import EXPIRED
from chengxin.core.pacing import paced
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation
from chengxin.evidence import labels as files
from chengxin.evidence.models import Evidence
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_page
from chengxin.portal.tracking.track_forms import OwnDataForm
from chengxin.portal.tracking.track_gate import no_match, pause_before, settle
from chengxin.portal.tracking.track_way import Followed
from chengxin.portal.voices import sending
from chengxin.voices.complaints import labels, own_words
from chengxin.voices.complaints.rules import Category, State, step_of_report

FILE_NAME = "case.json"


@bp.post("/track/data")
@paced
def track_data() -> ResponseReturnValue:
    """Hand out what is kept about whoever holds the receipt."""
    form = OwnDataForm()
    if not form.validate():
        return _again(form, status=form.refused_with, trouble=str(EXPIRED))
    pause = pause_before(form.receipt.data or "")
    if pause is not None:
        return _again(form, status=429, trouble=pause.told)
    proof = prove(secret=installation().secret, typed=form.receipt.data or "")
    try:
        opened = track_page.case_of(proof)
    except Exception as error:  # noqa: BLE001 (whatever broke, the receipt stays typed)
        return _again(form, status=sending.status_of(error), trouble=sending.not_sent())
    settle(proof, opened=opened is not None)
    if opened is None:
        return _again(form, status=422, trouble=no_match())
    return _handed_out(own_data(*opened, proof))


def own_data(told: Followed, sent: list[Evidence], proof: Proof) -> dict[str, Any]:
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
        "letters": [vars(letter) for letter in told.letters],
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
        return {"state": str(labels.STEP[step_of_report(case.state)])}
    return {
        "state": str(labels.STATE[State(case.state)]),
        "accept_by": case.accept_by,
        "answer_by": case.answer_by,
        "ended_on": case.closed_on,
        "finding": case.finding,
        "refusal": case.refusal,
        "satisfaction": case.satisfaction,
    }


def _handed_out(data: dict[str, Any]) -> ResponseReturnValue:
    if request.form.get("as") != "json":
        return track_page.private(render_template("portal/track_data.html", data=data))
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    answer = Response(f"{text}\n", content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _again(form: OwnDataForm, *, status: int, trouble: str) -> ResponseReturnValue:
    page = render_template("portal/track_data_again.html", data_form=form, trouble=trouble)
    return track_page.private(page, status)
