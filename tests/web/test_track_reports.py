"""However a report ends, its page is the same to the letter; only the authority that has it now is named."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.followed import Case, Reader, form, looked_up
from werkzeug.test import Client

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.voices.complaints import actions, letters, merging, pauses
from chengxin.voices.complaints.rules import Finding, Track

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
LATER = MONDAY + timedelta(days=35)
POLICE = "江州市公安局"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(MONDAY):
        yield


def decide(case: Case, finding: Finding) -> None:
    case.accept()
    case.act(actions.investigate)
    case.act(actions.finish)
    case.act(actions.decide, finding=finding, reply="")


def lapse(case: Case) -> None:
    with case.database.writing() as session:
        assert pauses.lapse_due(session) == 1


def follow(case: Case) -> None:
    main = Case(case.settings, facts="另" * 30)
    case.act(merging.merge, into=main.id, note="")
    main.decide()


ENDS: Mapping[str, Callable[[Case], None]] = {
    "refuse": lambda case: case.act(actions.refuse, refusal="in_court", note="不受理。"),
    "discard": lambda case: case.act(actions.discard, dismissal="abuse", reason="无实质内容"),
    "lapse": lapse,
    "uphold": lambda case: decide(case, Finding.UPHELD),
    "not uphold": lambda case: decide(case, Finding.NOT_UPHELD),
    "follow": follow,
}


def asked(settings: Settings, facts: str = "他们收了押金。") -> Case:
    """File a report, and ask for more, so that every end is possible."""
    case = Case(settings, track=Track.REPORT, facts=facts * 5)
    case.ask()
    return case


def page_of(page: Reader, case: Case) -> str:
    """Return the whole page, without what is another one in every answer."""
    return re.sub(
        r'(name="(?:csrf_token|ticket)"[^>]*value=")[^"]*', r"\1", looked_up(page, case).answer.text
    )


def copy_of(page: Reader, client: Client, case: Case) -> dict[str, Any]:
    fields = form(page, case, "data") | {"receipt": case.receipt.both, "as": "json"}
    found: dict[str, Any] = json.loads(client.post("/track/data", data=fields).get_data())
    return found


@pytest.mark.parametrize("end", ENDS)
def test_however_a_report_ends_its_page_and_its_copy_say_the_same(
    page: Reader, client: Client, settings: Settings, end: str
) -> None:
    case, refused = asked(settings), asked(settings, "他们扣了证件。")
    with frozen(LATER):
        refused.act(actions.refuse, refusal="too_old", note="已经超过两年。")
        ENDS[end](case)
        shown = page_of(page, case)
        assert "状态：已处理" in shown
        assert shown == page_of(page, refused)
        assert copy_of(page, client, case) == copy_of(page, client, refused)


def test_whoever_reports_is_told_which_authority_has_it_now(
    page: Reader, client: Client, settings: Settings
) -> None:
    case = asked(settings)
    case.act(actions.transfer, to=POLICE, note="请向公安机关了解进展。")
    shown = looked_up(page, case)
    assert POLICE in shown.text
    assert "请向公安机关了解进展。" in shown.text
    assert "状态：已处理" in shown.text
    assert "这里不显示结果" not in shown.text
    assert copy_of(page, client, case)["transferred_to"] == POLICE


def test_while_a_report_is_checked_its_page_says_the_same_joined_with_another_or_not(
    page: Reader, settings: Settings
) -> None:
    alone, joined, main = (Case(settings, facts=each * 30, track=Track.REPORT) for each in "甲乙丙")
    alone.accept()
    joined.act(merging.merge, into=main.id, note="")
    assert looked_up(page, alone).text == looked_up(page, joined).text


def test_a_letter_that_nobody_could_read_is_not_asked_of_the_officer(settings: Settings) -> None:
    case = asked(settings)
    decide(case, Finding.UPHELD)
    assert case.letters() == 1


def test_a_letter_to_a_reporter_is_still_read(page: Reader, settings: Settings) -> None:
    case = asked(settings)
    case.act(letters.write, text="请问是哪个门店？")
    assert "请问是哪个门店？" in looked_up(page, case).text
