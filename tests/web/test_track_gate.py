"""The gate of everything a receipt opens: what failed is counted, what succeeds is free, and the pace tells nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from tests.followed import WRONG, WRONG_PHRASE, Case, Reader, form, looked_up, sent
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.config import Settings
from chengxin.core import pacing, proofs, receipts
from chengxin.core.clock import frozen
from chengxin.portal.tracking import track_gate

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TEXT = "十一月二日付的，收款人写的是公司的名字。"


@pytest.fixture
def case(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        made = Case(settings)
        yield made
        made.database.dispose()


def missed(page: Reader, *, status: int = 422) -> Any:
    fields = page("/track").form() | {"code": "C-2222-2222", "phrase": WRONG_PHRASE}
    return page("/track", method="POST", data=fields, status=status)


def test_a_whole_factory_behind_one_address_may_look_up(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_gate, "FAILED", "2/10 minutes")
    for _ in range(6):
        assert "状态：" in looked_up(page, case).text


def test_somebody_who_mistypes_a_lot_locks_nobody_of_their_network_out(page: Reader, case: Case) -> None:
    fields = page("/track").form() | {"code": "no receipt"}
    for _ in range(60):
        page("/track", method="POST", data=fields, status=422)
    assert "状态：" in looked_up(page, case).text


def test_too_many_wrong_receipts_keep_what_was_typed_and_name_the_telephone(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_gate, "FAILED", "2/10 minutes")
    for _ in range(2):
        assert WRONG in missed(page).text
    paused = missed(page, status=429)
    assert "查询太快了" in paused.text
    assert "12333" in paused.text
    assert (paused.form()["code"], paused.form()["phrase"]) == ("C-2222-2222", WRONG_PHRASE)


def test_an_open_page_can_go_on_while_others_of_its_network_fail(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(track_gate, "FAILED", "1/10 minutes")
    fields = form(page, case, "message") | {"text": TEXT}
    missed(page)
    missed(page, status=429)
    assert TEXT in page("/track/message", method="POST", data=fields).text


def test_a_flood_of_any_kind_is_asked_to_wait_and_loses_no_text(
    page: Reader, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = form(page, case, "message") | {"text": TEXT}
    monkeypatch.setattr(track_gate, "FLOOD", "2/10 minutes")
    for _ in range(2):
        page("/track/message", method="POST", data=fields)
    held = page("/track/message", method="POST", data=fields, status=429)
    assert held.form()["text"] == TEXT
    assert "12333" in held.text


def test_a_pause_for_one_code_names_the_telephone(page: Reader, case: Case) -> None:
    fields = page("/track").form() | {"code": case.receipt.code, "phrase": WRONG_PHRASE}
    for _ in range(5):
        page("/track", method="POST", data=fields, status=422)
    assert "12333" in page("/track", method="POST", data=fields, status=429).text


@pytest.mark.parametrize("path", ["/track", "/track/evidence"])
def test_the_forms_of_a_receipt_stand_in_no_cache_and_name_no_address(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("action", ["message", "withdraw", "data"])
def test_what_a_receipt_opens_stands_in_no_cache_and_names_no_address(
    page: Reader, case: Case, action: str
) -> None:
    for shown in (looked_up(page, case), sent(page, case, action, text=TEXT, sure="y")):
        assert shown.answer.headers["Cache-Control"] == "no-store"
        assert shown.answer.headers["Referrer-Policy"] == "no-referrer"


class Watched:
    """Receipts as they are, and a note of each key that is worked out of a phrase."""

    def __init__(self, plain: Any, stretched: list[str]) -> None:
        self._plain, self._stretched = plain, stretched

    def __getattr__(self, name: str) -> Any:
        """Be like the receipts in all else."""
        return getattr(self._plain, name)

    def reply_key(self, secret: str, receipt: Any) -> Any:
        self._stretched.append("a phrase")
        return self._plain.reply_key(secret, receipt)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[bool, bool]]:
    """Tell of the last request whether it checked a receipt, and whether its answer waited for the beat."""
    stretched: list[str] = []
    waited: list[float] = []
    monkeypatch.setattr(proofs, "receipts", Watched(receipts, stretched))

    def rest(spent: float, _beat: float) -> float:
        waited.append(spent)
        return 0.0

    monkeypatch.setattr(pacing, "rest", rest)

    def last() -> tuple[bool, bool]:
        found = bool(stretched), bool(waited)
        stretched.clear()
        waited.clear()
        return found

    return last


def filled(client: Client, case: Case) -> dict[str, str]:
    """Return what fills in any form of the public face, with a token that holds for this browser."""
    from tests.pages import read_page  # noqa: PLC0415 (only here)

    token = read_page(client, "/track").form()["csrf_token"]
    words = {"text": TEXT, "sure": "y", "satisfaction": "good", "phone": "13800000000"}
    return {"csrf_token": token, "code": case.receipt.both, "receipt": case.receipt.both, **words}


def test_every_address_that_checks_a_receipt_answers_on_the_beat(
    case: Case, settings: Settings, watched: Callable[[], tuple[bool, bool]]
) -> None:
    app = create_public(installation_of(settings))
    client = app.test_client()
    found = {}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            data: dict[str, Any] = filled(client, case)
            if rule.endpoint == "portal.evidence_posted":
                data["files"] = (BytesIO(b"no picture"), "a.jpg")
            path = rule.rule.replace("<uid>", "1")
            watched()
            client.post(path, data=data)
            found[path] = watched()
    checking = {path for path, (checks, _) in found.items() if checks}
    assert checking == {path for path in found if path.startswith("/track")}
    assert {path for path in checking if not found[path][1]} == set()
