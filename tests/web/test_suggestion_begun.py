"""Answer and text for readers of a suggestion are one form: whichever button is pressed, the other half stays."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.desk import Brake, Officer, Workbench
from tests.suggestions import made, path_of, redaction

from chengxin.config import Settings


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def bench(settings: Settings) -> Workbench:
    return Workbench(settings)


@pytest.fixture
def officer(bench: Workbench) -> Officer:
    return bench.officer()


BEGUN = {"act": "adopt", "reply": "已采纳，下月起公布。", "note": "谢谢你的来信。"}


def test_applying_masks_keeps_the_answer_that_was_begun(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), **BEGUN, "also": "王小川", "redact": "apply"}
    page = officer.post(path_of(held, "redact"), form, status=200)
    assert not isinstance(page, str)
    kept = page.form()
    assert {name: kept[name] for name in BEGUN} == BEGUN
    assert "王小川" not in kept["public_text"]


def test_saving_the_text_for_readers_keeps_the_answer_that_was_begun(
    bench: Workbench, officer: Officer
) -> None:
    held = made(bench)
    form = {
        **redaction(officer, held),
        **BEGUN,
        "redact": "save",
        "also": "王小川",
        "public_text": "请公布。",
    }
    page = officer.post(path_of(held, "redact"), form, status=200)
    assert not isinstance(page, str)
    assert bench.stored(held).public_text == "请公布。"
    assert "还没有发出" in page.text
    officer.post(path_of(held, "answer"), page.form())
    assert bench.stored(held).reply == BEGUN["reply"]


def test_answering_keeps_the_text_for_readers_that_was_begun(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), **BEGUN, "public_text": "改到一半的公开文本。"}
    page = officer.post(path_of(held, "answer"), form, status=200)
    assert not isinstance(page, str)
    assert (bench.stored(held).state, bench.stored(held).public_text) == ("adopted", "")
    assert page.form()["public_text"] == "改到一半的公开文本。"


def test_an_answer_that_is_refused_keeps_the_text_for_readers(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), "act": "adopt", "public_text": "改到一半的公开文本。"}
    page = officer.post(path_of(held, "answer"), form, status=422)
    assert not isinstance(page, str)
    assert page.form()["public_text"] == "改到一半的公开文本。"


def test_an_untouched_text_for_readers_does_not_hold_up_the_answer(
    bench: Workbench, officer: Officer
) -> None:
    held = made(bench)
    officer.post(path_of(held, "answer"), {**redaction(officer, held), **BEGUN})
    assert bench.stored(held).state == "adopted"
