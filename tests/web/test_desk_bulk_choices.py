"""What an act on many cases offers and asks: the same as the case page, for exactly the selected cases."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests import make
from tests.desk import Officer, Workbench
from tests.web.test_desk_bulk import LETTER, NOON, carry_out, chosen, confirmed, letters

from chengxin.accounts.models import Account
from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.handling import deciding
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.case_texts import ready_for
from chengxin.desk.queue.bulk_table import ACTS
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.rules import Move, Track
from chengxin.voices.complaints.sealed import open_as_desk
from chengxin.worklists.models import BulkAct

CASE_ACTS = (Move.ACCEPT, Move.REFUSE, Move.TRANSFER, Move.DISCARD, Move.MERGE)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(NOON):
        yield


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    made = Workbench(settings)
    with made.installed.database.writing() as session:
        for code in ("990102", "990105"):
            make.region(session, code=code, name=code)
    return made


def asked(officer: Officer, act: str, *cases: Any) -> Any:
    """Return the page that asks what an act needs."""
    form = chosen(officer, *cases)
    form["act"] = act
    return officer.client.post("/bulk/", data=form)


def of_region(desk: Workbench, username: str, name: str, code: str) -> int:
    account = desk.account(username, name)
    with desk.installed.database.writing() as session:
        session.get_one(Account, account.id).region_code = code
    return account.id


@pytest.mark.parametrize("move", CASE_ACTS)
@pytest.mark.parametrize("track", list(Track))
def test_an_act_asks_for_many_cases_what_it_asks_for_one(move: Move, track: Track) -> None:
    many, one = ACTS[move], deciding.ACTS[move]
    assert (many.asks, many.needs(track)) == (one.asks, one.needed_for(track))
    assert (many.label, many.hint, many.right) == (deciding.label_of(move), one.hint, one.right)
    assert many.held


def test_only_officers_who_serve_every_selected_case_are_offered(desk: Workbench) -> None:
    luoyan, sunli = (
        of_region(desk, *each) for each in (("luoyan", "罗燕", "990102"), ("sunli", "孙丽", "990105"))
    )
    officer, near, far = desk.officer(), desk.case(region_code="990102"), desk.case(region_code="990105")
    page = asked(officer, "assign", near).text
    assert f'value="{luoyan}"' in page
    assert f'value="{sunli}"' not in page
    both = asked(officer, "assign", near, far).text
    assert f'value="{luoyan}"' not in both
    assert f'value="{sunli}"' not in both


def test_a_case_of_elsewhere_goes_to_nobody_by_a_form_that_says_so(desk: Workbench) -> None:
    luoyan = of_region(desk, "luoyan", "罗燕", "990102")
    officer, far = desk.officer(), desk.case(region_code="990105")
    assert confirmed(officer, chosen(officer, far), "assign", officer=str(luoyan)).status_code == 422
    assert desk.stored(far).assigned_to is None


def test_reports_are_spared_the_letter_and_complaints_are_not(desk: Workbench) -> None:
    officer, report, complaint = desk.officer(), desk.case(track="report"), desk.case()
    said = {"refusal": "out_of_scope"}
    assert confirmed(officer, chosen(officer, report, complaint), "refuse", **said).status_code == 422
    assert confirmed(officer, chosen(officer, report), "refuse", **said).status_code == 303
    carry_out(desk)
    assert desk.stored(report).state == "not_accepted"


def test_an_authority_is_chosen_from_the_list_or_typed(desk: Workbench) -> None:
    officer, cases = desk.officer(), [desk.case(), desk.case()]
    page = asked(officer, "transfer", cases[0]).text
    assert 'name="target_other"' in page
    assert "<select" in page.split('name="target"')[0][-200:]
    said = {"target_other": "江州市市场监督管理局", "message": LETTER}
    assert confirmed(officer, chosen(officer, cases[0]), "transfer", **said).status_code == 303
    carry_out(desk)
    assert desk.stored(cases[0]).state == "transferred"


def test_cases_are_merged_into_one_that_is_about_to_be_decided(desk: Workbench) -> None:
    officer, main, other = desk.officer(), desk.case(state="deciding"), desk.case()
    page = asked(officer, "merge", main, other)
    assert page.status_code == 200
    said = {"main": main.case_no, "message": LETTER}
    assert confirmed(officer, chosen(officer, main, other), "merge", **said).status_code == 303
    carry_out(desk)
    assert (desk.stored(other).merged_into, desk.stored(main).state) == (main.id, "deciding")


def test_cases_are_merged_into_one_that_was_not_selected(desk: Workbench) -> None:
    officer, main, others = desk.officer(), desk.case(), [desk.case(), desk.case()]
    said = {"main_no": f" {main.case_no.lower()} ", "message": LETTER}
    assert confirmed(officer, chosen(officer, *others), "merge", **said).status_code == 303
    carry_out(desk)
    assert {desk.stored(each).merged_into for each in others} == {main.id}


def test_a_number_of_no_case_comes_back_with_the_letter(desk: Workbench) -> None:
    officer, others = desk.officer(), [desk.case(), desk.case()]
    answer = confirmed(officer, chosen(officer, *others), "merge", main_no="JZ-0", message=LETTER)
    assert answer.status_code == 422
    assert "没有这个编号" in answer.text
    assert LETTER in answer.text


def test_a_ready_text_is_offered_and_filled_in_for_each_case(desk: Workbench) -> None:
    officer, cases = desk.officer(), [desk.case(), desk.case()]
    form = chosen(officer, *cases)
    form["act"] = "accept"
    page = officer.client.post("/bulk/", data=form).text
    with desk.installed.database.reading() as session:
        texts = deciding_texts(session)
    assert texts
    body = next(each for each in texts if "{" in each)
    assert body.split("{")[0][:12] in page
    assert confirmed(officer, form, "accept", standard=body).status_code == 303
    carry_out(desk)
    with desk.installed.database.reading() as session:
        sent = {
            open_as_desk(case, queries.messages_of(session, case.id)[0], intake_keyring(desk.settings))
            for case in cases
        }
    assert not any("{" in each for each in sent)
    assert letters(desk, cases[0]) == letters(desk, cases[1]) == 1


def deciding_texts(session: Any) -> list[str]:
    return list(ready_for(session, act=Move.ACCEPT, tracks={Track.COMPLAINT}))


def test_a_case_that_an_act_waits_to_change_says_so_on_its_page(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    confirmed(officer, chosen(officer, case), "refuse", refusal="out_of_scope", message=LETTER)
    mine = officer.page(f"/complaints/{case.id}/")
    assert "60秒后执行" in mine.text
    assert mine.tree.xpath("//a[@href='/bulk/1/']")
    colleague = desk.officer("wangqiang", "王强").page(f"/complaints/{case.id}/")
    assert "李敏" in colleague.text
    assert not colleague.tree.xpath("//a[@href='/bulk/1/']")
    carry_out(desk)
    assert "60秒后执行" not in officer.page(f"/complaints/{case.id}/").text


def test_the_reason_of_a_failure_stands_on_the_page_of_the_act(desk: Workbench) -> None:
    officer, case = desk.officer(), desk.case()
    confirmed(officer, chosen(officer, case), "refuse", refusal="out_of_scope", message=LETTER)
    with desk.installed.database.writing() as session:
        session.get_one(BulkAct, 1).sealed_words = b"no letter"
    carry_out(desk)
    assert "用办理台的密钥打不开" in officer.page("/bulk/1/").text
    assert desk.stored(case).state == "received"


def test_every_field_an_act_can_ask_for_has_a_place_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "templates/desk/bulk_confirm.html").read_text()
    asks = frozenset[str]().union(*(act.asks for act in ACTS.values()))
    assert Ask.LETTER in asks
    for ask in asks:
        assert f"form.{ask}" in page, ask
