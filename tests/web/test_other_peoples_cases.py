"""Two complainants at every address that takes a receipt or a number: what is another's is as if it had never been."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from tests import evidence_files as files
from tests import make, suggestions
from tests.followed import Case, Reader, form, looked_up, sent
from tests.pages import Page
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule

from chengxin.app import create_desk, create_public, installation_of
from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.core.receipts import Receipt
from chengxin.portal.tracking.track_steps import ACTS
from chengxin.voices.suggestions import actions as receiving

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
MOST = 999_999
# What each address of the public face with a number, or that takes a form, is about. A new one is listed here, and by
# that tried below if it takes a receipt; what is public of itself needs no try.
RECEIPT = {"/track", "/track/data", "/track/evidence", "/track/suggestion/withdraw"}
RECEIPT |= {f"/track/{act}" for act in ACTS}
FILES_ANEW = {
    "/complaints/new",
    "/reports/new",
    "/corrections/new",
    "/suggestions/new",
    "/agencies/<uid>/rate",
}
OF_THE_BROWSER = {"/display"}
PUBLIC = (
    *("/agencies/<uid>/", "/agencies/<uid>.json", "/agencies/by-uscc/", "/bulletins/", "/campaigns/"),
    *("/exemplary/", "/figures/", "/n/", "/news/", "/notices/", "/sitemap-agencies-", "/suggestions/<year"),
    "/supervision/inspections/",
)
NEEDS_FILES = "/track/evidence"
FINAL = {"withdraw", "erase", "erase-contact", "contact", "data"}
FILLED = {"text": "这是另一个人写的内容。", "sure": "y", "phone": "13700000000", "satisfaction": "good"}
SECRET_WORDS = "别人的事"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        yield


@pytest.fixture
def mine(settings: Settings) -> Case:
    return Case(settings)


@pytest.fixture
def theirs(settings: Settings) -> Case:
    return Case(settings, facts=SECRET_WORDS * 10, phone="13600000000")


def numbered(app: Flask) -> list[Rule]:
    """Return the addresses that take a number or a form, but for the files of the site itself."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [rule for rule in rules if rule.arguments or "POST" in (rule.methods or set())]


def test_every_address_that_takes_a_receipt_or_a_number_is_listed(settings: Settings) -> None:
    listed = RECEIPT | FILES_ANEW | OF_THE_BROWSER
    app = create_public(installation_of(settings))
    found = {rule.rule for rule in numbered(app)}
    assert {path for path in found - listed if not path.startswith(PUBLIC)} == set()
    assert listed - found == set()


def answered(page: Reader, path: str, receipt: str) -> str:
    """Send a form with a receipt, and return the whole answer without what was typed and what is ever new."""
    data: dict[str, Any] = {"csrf_token": page("/track").form()["csrf_token"], **FILLED}
    data |= {"code": receipt} if path == "/track" else {"receipt": receipt}
    if path == NEEDS_FILES:
        data["files"] = FileStorage(BytesIO(files.jpeg()), filename="1.jpg")
    shown = page(path, method="POST", data=data, status=422)
    text = shown.answer.text.replace(receipt, "receipt")
    return re.sub(r'(name="(?:csrf_token|ticket)"[^>]*value=")[^"]*', r"\1", text)


@pytest.mark.parametrize("path", sorted(RECEIPT))
def test_a_receipt_mixed_from_two_opens_as_little_as_one_that_never_was(
    page: Reader, mine: Case, theirs: Case, path: str
) -> None:
    never: Receipt = make.filing(mine.key, nonce="never sent").receipt
    before = (theirs.stored.version, theirs.letters(), mine.stored.version, mine.letters())
    alike = answered(page, path, never.both)
    for code, phrase in ((mine, theirs), (theirs, mine)):
        assert answered(page, path, f"{code.receipt.code} {phrase.receipt.phrase}") == alike
    assert SECRET_WORDS not in alike
    assert (theirs.stored.version, theirs.letters(), mine.stored.version, mine.letters()) == before


@pytest.mark.parametrize("path", sorted(RECEIPT - {"/track"}))
def test_the_receipt_of_one_kind_opens_nothing_of_another(
    page: Reader, mine: Case, settings: Settings, path: str
) -> None:
    filed = suggestions.filing(key=mine.key)
    with mine.database.writing() as session:
        receiving.receive(session, actor="public", filing=filed)
    foreign = mine.receipt if path == "/track/suggestion/withdraw" else filed.receipt
    never = make.filing(mine.key, nonce="never sent").receipt
    assert answered(page, path, foreign.both) == answered(page, path, never.both)
    assert mine.stored.version == 1


@pytest.mark.parametrize("proof", ["ticket", "receipt"])
@pytest.mark.parametrize("act", [*ACTS, "data"])
def test_no_receipt_and_no_ticket_reaches_the_case_of_another(
    page: Reader, mine: Case, theirs: Case, act: str, proof: str
) -> None:
    for case in (mine, theirs):
        case.decide() if act in {"satisfaction", "review"} else None
        case.ask() if act == "supply" else None
    kept = (theirs.stored.version, theirs.letters())
    proofs = {
        "ticket": {"ticket": form(page, mine, "copy")["ticket"], "receipt": ""},
        "receipt": {"ticket": "", "receipt": mine.receipt.both},
    }
    refused = proof == "ticket" and act in FINAL
    data = form(page, theirs, act) | FILLED | proofs[proof]
    answer = page(f"/track/{act}", method="POST", data=data, status=422 if refused else 200)
    assert SECRET_WORDS not in answer.text
    assert (theirs.stored.version, theirs.letters()) == kept


def test_files_of_another_stand_on_no_page_of_mine(page: Reader, mine: Case, theirs: Case) -> None:
    data: dict[str, Any] = {**page(NEEDS_FILES).form(), "receipt": theirs.receipt.both}
    data["files"] = FileStorage(BytesIO(files.jpeg()), filename="1.jpg")
    page(NEEDS_FILES, method="POST", data=data)
    assert "图片" in evidence_of(looked_up(page, theirs))
    assert "图片" not in evidence_of(looked_up(page, mine))
    assert "jpeg" not in sent(page, mine, "data").answer.text.lower()


def evidence_of(shown: Page) -> str:
    return str(shown.tree.xpath("string(//section[@aria-labelledby='files'])"))


def test_a_number_of_the_desk_that_exists_is_answered_like_one_that_does_not(
    page: Reader, theirs: Case, settings: Settings
) -> None:
    data: dict[str, Any] = {**page(NEEDS_FILES).form(), "receipt": theirs.receipt.both}
    data["files"] = FileStorage(BytesIO(files.jpeg()), filename="1.jpg")
    page(NEEDS_FILES, method="POST", data=data)
    app = create_desk(installation_of(settings))
    tried = 0
    for rule in numbered(app):
        for method in sorted((rule.methods or set()) & {"GET", "POST"} if rule.arguments else set()):
            assert of_desk(app, rule, method, 1) == of_desk(app, rule, method, MOST), rule.rule
            tried += 1
    assert tried > 50


def of_desk(app: Flask, rule: Rule, method: str, number: int) -> tuple[int, str, str]:
    """Return how the desk answers who is not signed in, without the number itself."""
    with app.test_request_context():
        values = dict.fromkeys(rule.arguments, str(number))
        path = app.url_map.bind("localhost").build(rule.endpoint, values, method=method)
    answer = app.test_client().open(path, method=method)
    text = re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", answer.get_data(as_text=True))
    told = [answer.headers.get("Location", ""), text]
    where, said = (each.replace(path, "path").replace(quote(path, safe=""), "path") for each in told)
    return answer.status_code, where, said
