"""Files answer what somebody was asked for: the case goes on, or they are told until when it waits for the rest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests import evidence_files as files
from tests.followed import Case, Reader, looked_up
from tests.pages import Page
from tests.web.test_evidence_page import chosen_file, in_memory

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.portal.tracking.evidence import SENT_AS_FILES
from chengxin.voices.complaints import pauses
from chengxin.voices.complaints.rules import State

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
PATH = "/track/evidence"


@pytest.fixture
def case(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(NOON):
        made = Case(settings)
        yield made
        made.database.dispose()


def sent(page: Reader, case: Case, *chosen: tuple[bytes, str], at: str = "", **changes: Any) -> Page:
    """Send files with the form as it comes; a field given as None is taken out, as an empty box is."""
    data: dict[str, Any] = {**page(f"{at}{PATH}").form(), "receipt": case.receipt.both, **changes}
    data = {name: value for name, value in data.items() if value is not None}
    data["files"] = [chosen_file(*each) for each in chosen or [(files.jpeg(), "合同.jpg")]]
    return page(f"{at}{PATH}", method="POST", **in_memory(data))


def lapsed(case: Case) -> str:
    """Let the term for the answer run out, and return where the case stands."""
    with frozen(NOON + timedelta(days=40)), case.database.writing() as session:
        assert pauses.lapse_due(session) == 1
    return case.stored.state


def test_files_sent_for_what_was_asked_are_the_answer(page: Reader, case: Case) -> None:
    case.ask()
    shown = sent(page, case)
    assert "要求补充的材料已经收到，案件继续办理。" in shown.text
    assert case.stored.state == State.RECEIVED
    assert case.read() == SENT_AS_FILES


def test_who_has_more_to_send_is_told_until_when_the_case_waits(page: Reader, case: Case) -> None:
    case.ask()
    shown = sent(page, case, complete=None)
    assert "其余材料请在12月11日（周五）前补充" in shown.text
    assert case.stored.state == State.SUPPLEMENT
    assert "请在12月11日（周五）前补充其余材料" in looked_up(page, case).text


def test_a_file_that_was_not_taken_leaves_the_case_waiting(page: Reader, case: Case) -> None:
    case.ask()
    shown = sent(page, case, (files.jpeg(), "合同.jpg"), (b"MZ", "收据.jpg"))
    assert "其余材料请在" in shown.text
    assert case.stored.state == State.SUPPLEMENT


def test_a_case_whose_files_came_never_ends_as_if_nothing_had_come(page: Reader, case: Case) -> None:
    case.ask()
    sent(page, case, complete=None)
    assert lapsed(case) == State.RECEIVED
    assert "没有在期限内" not in looked_up(page, case).text


def test_a_case_with_files_from_before_the_question_only_still_ends(page: Reader, case: Case) -> None:
    sent(page, case)
    with frozen(NOON + timedelta(days=1)):
        case.ask()
    assert lapsed(case) == State.NOT_ACCEPTED


def test_files_for_a_case_that_was_asked_nothing_move_nothing(page: Reader, case: Case) -> None:
    before = case.letters()
    shown = sent(page, case)
    assert "要求补充" not in shown.tree.xpath("string(//*[@class='lead'])")
    assert (case.stored.state, case.letters()) == (State.RECEIVED, before)


def test_the_page_of_a_case_that_waits_leads_to_the_files(page: Reader, case: Case) -> None:
    case.ask()
    assert looked_up(page, case).tree.xpath("//section[@aria-labelledby='supply']//a/@href") == [PATH]


def test_the_answer_in_files_works_in_english(page: Reader, case: Case) -> None:
    case.ask()
    shown = sent(page, case, at="/en")
    assert "With them you have answered what we asked." in shown.text
    assert shown.unmarked_chinese == ["合同.jpg"]
