"""What is shut on the desk: a closed suggestion to a form nobody was asked for, a file to whoever sits down later."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from tests import evidence_files
from tests.cabinet import Cabinet
from tests.desk import Workbench
from tests.pages import Page
from tests.suggestions import HIDDEN, suggestion

from chengxin.core import clock as clocks
from chengxin.core.intake_keys import intake_recipients
from chengxin.ledger.rules import Subject
from chengxin.voices.suggestions.rules import Act


def test_a_closed_suggestion_is_not_opened_by_redacting_it(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        held = suggestion(session, key=intake_recipients(desk.settings), act=Act.ADOPT)
    officer, path = desk.officer(), f"/suggestions/{held.id}/"
    token = officer.page(path).form()["csrf_token"]
    sent = {"csrf_token": token, "version": str(held.version), "redact": "apply", "public_text": "我写的。"}
    refused = officer.post(f"{path}redact", sent, status=422)
    assert isinstance(refused, Page)
    assert "我写的。" in refused.text
    assert HIDDEN[1] not in refused.text
    assert HIDDEN[1] not in officer.page(path).text


def test_a_file_is_given_away_only_to_who_proves_again_who_they_are(
    desk: Workbench, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    case, officer = desk.case(), desk.officer()
    row = Cabinet(desk.installed.database, desk.settings.data_dir).keep(
        evidence_files.jpeg(), Subject("complaint", case.id)
    )
    path = f"/evidence/{row.id}/file"
    later = clocks.now() + timedelta(minutes=11)
    assert officer.client.get(path).location is None
    with clock(later):
        officer.page(f"/evidence/{row.id}/")
        assert officer.client.get(path).location == f"/prove?next={path}"
