"""Acts on many rows of the queue: confirm, hold back, carry out one by one, take back."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.desk import Officer, Workbench
from werkzeug.datastructures import MultiDict

from chengxin.accounts.models import Account
from chengxin.core import clock as clocks
from chengxin.desk.queue import bulk_carrying
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints.models import Complaint
from chengxin.worklists.models import BulkAct

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
LETTER = "这件事由市场监管部门负责，请联系他们。"


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(NOON):
        yield


def chosen(officer: Officer, *records: Any) -> MultiDict[str, str]:
    """Return the form of the queue with the rows of some records selected."""
    page = officer.page("/")
    values = [str(value) for value in page.tree.xpath("//tbody//input/@value")]
    wanted = {f"{type(each).__tablename__}-{each.id}" for each in records}
    token = page.tree.xpath("string(//form[@id='bulk']/input[@name='csrf_token']/@value)")
    form = MultiDict([("csrf_token", token), ("view", "")])
    for value in values:
        if value.rpartition("-")[0] in wanted:
            form.add("case", value)
    assert len(form.getlist("case")) == len(wanted)
    return form


def confirmed(officer: Officer, form: MultiDict[str, str], act: str, /, **said: str) -> Any:
    """Choose an act, fill the page that asks, and send it; return the answer."""
    form["act"] = act
    asked = officer.client.post("/bulk/", data=form)
    assert asked.status_code == 200, asked.text
    for name, value in said.items():
        form[name] = value
    return officer.client.post("/bulk/do", data=form)


def refused(officer: Officer, *cases: Complaint) -> Any:
    form = chosen(officer, *cases)
    return confirmed(officer, form, "refuse", refusal="out_of_scope", message=LETTER, reason="不属于劳动监察")


def undo(officer: Officer, act_id: int = 1) -> Any:
    token = officer.page("/").tree.xpath("string(//input[@name='csrf_token']/@value)")
    return officer.client.post(f"/bulk/{act_id}/undo", data={"csrf_token": token})


def carry_out(desk: Workbench) -> int:
    with clocks.frozen(NOON + timedelta(seconds=61)):
        return bulk_carrying.carry_out_due(desk.settings, desk.installed.database)


def letters(desk: Workbench, case: Complaint) -> int:
    with desk.installed.database.reading() as session:
        return len(complaints.messages_of(session, case.id))


def test_selected_cases_are_taken_at_once(desk: Workbench) -> None:
    officer, cases = desk.officer(), [desk.case() for _n in range(3)]
    form = chosen(officer, *cases[:2])
    form["quick"] = "take"
    assert officer.client.post("/bulk/", data=form).status_code == 303
    assert [desk.stored(case).assigned_to for case in cases] == [1, 1, None]
    assert "完成：2件" in officer.page("/").text


def test_what_was_taken_is_given_back_as_it_was(desk: Workbench) -> None:
    colleague = desk.account("wangqiang", "王强")
    officer, cases = desk.officer(), [desk.case(), desk.case(assigned_to=colleague.id)]
    form = chosen(officer, *cases)
    form["quick"] = "take"
    officer.client.post("/bulk/", data=form)
    assert undo(officer).status_code == 303
    assert [desk.stored(case).assigned_to for case in cases] == [None, colleague.id]
    with desk.installed.database.reading() as session:
        verbs = [event.verb for event in ledger.of_subject(session, Subject("bulk_act", 1))]
    assert verbs == ["bulk_ask", "bulk_carry_out", "bulk_undo"]


def test_a_letter_goes_out_after_its_minute_and_not_before(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    assert refused(officer, case).status_code == 303
    assert bulk_carrying.carry_out_due(desk.settings, desk.installed.database) == 0
    assert (desk.stored(case).state, letters(desk, case)) == ("received", 0)
    assert carry_out(desk) == 1
    assert (desk.stored(case).state, letters(desk, case)) == ("not_accepted", 1)
    assert carry_out(desk) == 0


def test_what_is_taken_back_in_its_minute_was_never_read(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    refused(officer, case)
    undo(officer)
    assert carry_out(desk) == 0
    assert (desk.stored(case).state, letters(desk, case)) == ("received", 0)


def test_what_was_told_is_not_taken_back(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    refused(officer, case)
    carry_out(desk)
    undo(officer)
    assert desk.stored(case).state == "not_accepted"
    assert "不能再撤销" in officer.page("/bulk/1/").text


def test_the_letter_is_kept_sealed_and_only_until_it_is_sent(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    refused(officer, case)
    held = BulkAct(id=1)
    kept = desk.stored(held).sealed_words
    assert kept
    assert LETTER.encode() not in kept
    carry_out(desk)
    assert desk.stored(held).sealed_words is None


def test_a_case_that_somebody_changed_meanwhile_is_left_alone(desk: Workbench) -> None:
    officer, cases = desk.officer(), [desk.case(), desk.case()]
    refused(officer, *cases)
    colleague = desk.officer("wangqiang", "王强")
    form = chosen(colleague, cases[0])
    form["quick"] = "take"
    colleague.client.post("/bulk/", data=form)
    carry_out(desk)
    assert [desk.stored(case).state for case in cases] == ["received", "not_accepted"]
    page = officer.page("/bulk/1/").text
    assert "别人先改了" in page


def test_of_two_who_take_the_same_row_the_second_is_told(desk: Workbench) -> None:
    case, first, second = desk.case(), desk.officer(), desk.officer("wangqiang", "王强")
    forms = chosen(first, case), chosen(second, case)
    for officer, form in zip((first, second), forms, strict=True):
        form["quick"] = "take"
        officer.client.post("/bulk/", data=form)
    assert desk.stored(case).assigned_to == 1
    assert "别人先改了" in second.page("/").text


def test_a_grave_act_names_its_cases_and_asks_for_what_the_case_page_asks(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    form = chosen(officer, case)
    answer = confirmed(officer, form, "refuse")
    assert answer.status_code == 422
    for words in (case.case_no, "选择不予受理的理由", "每位投诉人"):
        assert words in answer.text, words


def test_what_cannot_take_the_step_is_named_and_left_out(desk: Workbench) -> None:
    officer, fit, unfit = desk.officer(), desk.case(), desk.case(state="investigating")
    form = chosen(officer, fit, unfit)
    form["act"] = "refuse"
    answer = officer.client.post("/bulk/", data=form)
    assert answer.status_code == 422
    assert "以下事项不能这样办理" in answer.text
    assert f'name="case" value="complaint-{unfit.id}-' not in answer.text
    assert f'name="case" value="complaint-{fit.id}-' in answer.text


def test_ratings_are_published_together_after_their_minute(desk: Workbench) -> None:
    officer, ratings = desk.officer(), [desk.rating(), desk.rating()]
    assert confirmed(officer, chosen(officer, *ratings), "publish").status_code == 303
    assert {desk.stored(each).state for each in ratings} == {"pending"}
    carry_out(desk)
    assert {desk.stored(each).state for each in ratings} == {"published"}


def test_cases_are_merged_into_the_chosen_one(desk: Workbench) -> None:
    officer, cases = desk.officer(), [desk.case() for _n in range(3)]
    form = chosen(officer, *cases)
    confirmed(officer, form, "merge", main=cases[1].case_no, message=LETTER)
    carry_out(desk)
    assert [desk.stored(case).state for case in cases] == ["merged", "received", "merged"]
    assert {desk.stored(case).merged_into for case in cases} == {None, cases[1].id}


def test_nobody_sees_or_takes_back_the_act_of_another(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    refused(officer, case)
    other = desk.officer("wangqiang", "王强")
    assert other.client.get("/bulk/1/").status_code == 404
    token = other.page("/").tree.xpath("string(//input[@name='csrf_token']/@value)")
    other.client.post("/bulk/1/undo", data={"csrf_token": token})
    assert carry_out(desk) == 1


def test_an_act_needs_its_right(desk: Workbench) -> None:
    desk.case()
    publisher = desk.officer("chenjie", "陈洁", "publisher")
    assert publisher.client.get("/bulk/").status_code == 403
    assert not publisher.page("/").tree.xpath("//form[@id='bulk']")


def test_an_act_of_somebody_who_left_is_not_carried_out(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    refused(officer, case)
    with desk.installed.database.writing() as session:
        session.get_one(Account, 1).active = False
    carry_out(desk)
    assert desk.stored(case).state == "received"
