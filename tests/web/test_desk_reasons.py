"""An officer who types data of a person into a reason reads what it was, and keeps the text."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from tests.casework import decide, events
from tests.desk import Workbench
from tests.pages import Page

REASON = "投诉人电话13500000017，已核实为重复。"
SAID = "不能写个人信息：13500000017"


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def test_the_reason_of_an_act_comes_back_with_what_was_found_in_it(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    page = decide(officer, case, status=422, move="discard", dismissal="repeated", reason=REASON)
    assert isinstance(page, Page)
    assert SAID in page.text
    assert page.form(_place(page))["reason"] == REASON
    assert [event.verb for event in events(desk)] == ["file"]
    decide(officer, case, move="discard", dismissal="repeated", reason="与案件TS20261101-AAAA-BBBB重复。")
    assert events(desk)[-1].reason == "与案件TS20261101-AAAA-BBBB重复。"


def test_the_reason_of_an_act_on_many_comes_back_before_anything_is_held(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    token = officer.page("/").tree.xpath("string(//form[@id='bulk']/input[@name='csrf_token']/@value)")
    sent = {
        "csrf_token": token,
        "view": "",
        "act": "discard",
        "case": f"complaint-{case.id}-{case.version}",
        "dismissal": "repeated",
        "reason": REASON,
    }
    answer = officer.client.post("/bulk/do", data=sent)
    assert SAID in answer.text
    assert REASON in answer.text
    assert desk.stored(case).state == "received"


def _place(page: Page) -> int:
    posts = [each for each in page.tree.forms if each.method.upper() == "POST"]
    return next(number for number, each in enumerate(posts) if "reason" in each.fields)
