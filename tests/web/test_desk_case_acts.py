"""Every act of a case in every state, through the page: done, told and recorded, or refused; and overtaken."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.casework import address, change, decide, events, letters, moves
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.desk.handling.case_act import Ask, Deed
from chengxin.desk.handling.deciding import ACTS
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import BY_STAFF, HANDLING, MOVES, OPEN, Move, State

TODAY = date(2026, 11, 20)
LETTER, REASON = "办理情况见此信。", "经办说明"
EXTENSIONS = {Move.EXTEND, Move.DENY_EXTENSION}


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def case_in(desk: Workbench, state: State, *, act: str = "", other: int | None = None) -> Complaint:
    """File a case and bring it into a state, with the columns that state lives by."""
    columns: dict[str, Any] = {"state": state}
    if state in {State.SUPPLEMENT, State.SUSPENDED}:
        columns["paused_on"] = TODAY
    if state == State.MERGED:
        columns |= {"merged_into": other, "state_before": State.ACCEPTED}
    if state == State.REVIEW:
        columns |= {"finding": "upheld", "state_before": State.CLOSED}
    if act in EXTENSIONS and state == State.INVESTIGATING:
        columns["extension_asked_by"] = 2
    return desk.case(**columns)


def filled(act: str, main: Complaint) -> dict[str, str]:
    """Return everything an act asks for."""
    given = {
        Ask.LETTER: ("message", LETTER),
        Ask.REASON: ("reason", REASON),
        Ask.REFUSAL: ("refusal", "out_of_scope"),
        Ask.DISMISSAL: ("dismissal", "empty"),
        Ask.FINDING: ("finding", "not_upheld"),
        Ask.VIOLATION: ("violation", "deposit"),
        Ask.TARGET: ("target_other", "江州市市场监督管理局"),
        Ask.MAIN: ("main_no", main.case_no),
        Ask.CLOCK: ("clock_set", "petition"),
    }
    return dict(given[ask] for ask in ACTS[act].asks)


def token(officer: Officer, case: Complaint) -> str:
    return officer.page(address(case)).form()["csrf_token"]


def is_allowed(act: str, state: State) -> bool:
    """Tell from the rules alone whether the staff may do this."""
    if act == Deed.WRITE:
        return state in OPEN | {State.MERGED}
    if act == Deed.CLASSIFY:
        return state in HANDLING | {State.REVIEW}
    return Move(act) in BY_STAFF and state in MOVES[Move(act)].sources


@pytest.mark.parametrize("state", State)
def test_every_act_in_every_state_is_done_or_refused(desk: Workbench, state: State) -> None:
    officer = desk.officer(roles="moderator,publisher")
    desk.account("wangqiang", "王强")
    main = desk.case(state="accepted")
    csrf = token(officer, main)
    for act in ACTS:
        case = case_in(desk, state, act=act, other=main.id)
        form = filled(act, main) | {"csrf_token": csrf, "move": act, "version": "1"}
        answer = officer.client.post(f"/complaints/{case.id}/decide", data=form)
        kept = desk.stored(case)
        if is_allowed(act, state):
            assert answer.status_code == 303, f"{act} from {state}: {answer.status_code}"
            assert act in {each.verb for each in events(desk) if each.subject_id == case.id}
            told = Ask.LETTER in ACTS[act].asks
            assert (letters(desk, case) == [LETTER]) is told, f"{act} from {state}"
        else:
            assert answer.status_code in {409, 422}, f"{act} from {state}: {answer.status_code}"
            assert (kept.state, kept.version) == (state, 1), f"{act} from {state}"


def test_the_table_has_a_row_for_every_move_of_the_staff() -> None:
    assert set(ACTS) == {str(move) for move in BY_STAFF} | set(Deed)


def test_a_move_whose_rule_asks_for_a_reason_asks_for_it_on_the_page() -> None:
    assert all(Ask.REASON in ACTS[move].needs for move in BY_STAFF if MOVES[move].reason)


@pytest.mark.parametrize("act", ACTS)
def test_an_overtaken_act_says_so_and_gives_the_words_back(desk: Workbench, act: str) -> None:
    officer = desk.officer(roles="moderator,publisher")
    desk.account("wangqiang", "王强")
    main = desk.case(state="accepted")
    state = next(each for each in State if is_allowed(act, each))
    case = case_in(desk, state, act=act, other=main.id)
    form = filled(act, main) | {"csrf_token": token(officer, main), "move": act, "version": "1"}
    change(desk, case, version=2)
    page = officer.post(f"/complaints/{case.id}/decide", form, status=409)
    assert isinstance(page, Page)
    assert all(form[name] in page.text for name in ("message", "reason") if name in form)
    assert desk.stored(case).version == 2


def test_a_report_is_refused_without_a_letter_and_a_complaint_is_not(desk: Workbench) -> None:
    officer = desk.officer()
    report, complaint = desk.case(track="report"), desk.case()
    decide(officer, report, move="refuse", refusal="out_of_scope")
    decide(officer, complaint, status=422, move="refuse", refusal="out_of_scope")


def test_handing_on_names_the_authority_of_the_list(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="transfer", target="公安机关", message="已转公安机关。")
    assert (desk.stored(case).state, desk.stored(case).transferred_to) == ("transferred", "公安机关")


def test_a_case_is_merged_into_a_near_one_and_answered_with_it(desk: Workbench) -> None:
    main, case, officer = desk.case(state="accepted"), desk.case(), desk.officer()
    page = officer.page(address(case))
    assert main.case_no in page.tree.xpath("//select[@name='main']/option/@value")
    decide(officer, case, move="merge", main=main.case_no, message="并案办理。")
    assert main.case_no in officer.page(address(case)).text
    assert case.case_no in officer.page(address(main)).text
    decide(officer, main, move="decide", finding="upheld", message="查实，已责令退款。")
    assert desk.stored(case).finding == "upheld"
    assert letters(desk, case)[-1] == "查实，已责令退款。"


def test_a_case_cannot_be_merged_into_one_that_nobody_knows(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    page = decide(officer, case, status=422, move="merge", main_no="TS-NO", message="并案办理。")
    assert isinstance(page, Page)
    assert page.form()["message"].strip() == "并案办理。"


def test_who_answers_is_told_how_many_others_read_it(desk: Workbench) -> None:
    main, officer = desk.case(state="accepted", facts="交了两千元押金，三个月不安排工作。"), desk.officer()
    assert "读到同一份答复" not in officer.page(address(main)).text
    for _n in range(2):
        decide(officer, desk.case(), move="merge", main=main.case_no, message="并案办理。")
    text = officer.page(address(main)).text
    assert "并入本件的有2件" in text
    assert "读到同一份答复：不要写任何人的姓名" in text
    assert "并入本件的各件随即恢复单独办理" in text


def test_an_extension_that_nobody_can_decide_any_more_stands_on_no_page(desk: Workbench) -> None:
    case = desk.case(state="accepted", extension_asked_by=1)
    assert "已由李敏提出" not in desk.officer().page(address(case)).text


def test_the_ground_of_setting_aside_stands_on_the_case_and_in_its_history(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="discard", dismissal="repeated", reason="同一内容")
    shown = officer.page(address(case))
    assert shown.text.count("与已经收到的内容相同") == 2


def test_a_second_person_decides_an_extension(desk: Workbench) -> None:
    case = desk.case(state="investigating")
    limin = desk.officer(roles="moderator,publisher")
    leader = desk.officer("zhaoyu", "赵宇", "moderator,publisher")
    decide(limin, case, move="ask_extension", reason="还要到外地取证")
    assert "已由李敏提出，等另一人复核" in limin.page(address(case)).text
    assert not EXTENSIONS & set(moves(limin, case))
    assert set(moves(leader, case)) >= EXTENSIONS
    decide(leader, case, move="extend", message="调查期限延长。")
    assert desk.stored(case).extended
    assert "ask_extension" not in moves(limin, case)


def test_who_asked_for_an_extension_cannot_decide_it_by_a_forged_form(desk: Workbench) -> None:
    case, limin = desk.case(state="investigating"), desk.officer(roles="moderator,publisher")
    decide(limin, case, move="ask_extension", reason="还要到外地取证")
    decide(limin, case, status=422, move="extend", message="调查期限延长。")
    assert not desk.stored(case).extended


def test_a_leader_decides_an_extension_without_reading_the_text(desk: Workbench) -> None:
    case = desk.case(state="investigating", extension_asked_by=2, facts="交了两千元押金，三个月不安排工作。")
    leader = desk.officer("zhaoyu", "赵宇", "publisher")
    page = leader.page(address(case))
    assert "押金，三个月" not in page.text
    assert "13900000000" not in page.text
    assert moves(leader, case) == ["extend", "deny_extension"]
    decide(leader, case, move="deny_extension", reason="材料已足")
    assert moves(leader, case) == []
    leader.page(address(desk.case(state="accepted")), status=404)


def test_of_two_leaders_the_second_is_told_and_keeps_the_words(desk: Workbench) -> None:
    case = desk.case(state="investigating", extension_asked_by=9)
    first, second = (desk.officer(name, name, "publisher") for name in ("zhaoyu", "wangqiang"))
    form = second.page(address(case)).form() | {"move": "deny_extension", "reason": "材料已经齐全"}
    decide(first, case, move="extend", message="调查期限延长。")
    page = second.post(f"/complaints/{case.id}/decide", form, status=409)
    assert isinstance(page, Page)
    assert all(words in page.text for words in ("zhaoyu", "材料已经齐全", "批准延期"))


def test_a_report_goes_on_after_the_complainant_took_it_back(desk: Workbench) -> None:
    case, officer = desk.case(state="withdrawn"), desk.officer()
    decide(officer, case, move="go_on", reason="可能涉及多人")
    assert (desk.stored(case).track, desk.stored(case).state) == ("report", "accepted")


def test_a_review_keeps_the_finding_or_changes_it(desk: Workbench) -> None:
    officer = desk.officer()
    review = {"state": "review", "finding": "not_upheld", "state_before": "closed"}
    kept, changed = desk.case(**review), desk.case(**review)
    decide(officer, kept, move="answer_review", message="维持。")
    decide(officer, changed, move="answer_review", finding="upheld", message="改变。")
    assert [desk.stored(each).finding for each in (kept, changed)] == ["not_upheld", "upheld"]


def test_who_gave_an_answer_is_told_that_another_reviews_it(desk: Workbench) -> None:
    answered_by = desk.account().id
    limin, colleague = desk.signed_in("limin"), desk.officer("chenxin", "陈欣")
    case = desk.case(state="review", finding="not_upheld", state_before="closed", answered_by=answered_by)
    assert "原答复由李敏作出" in limin.page(address(case)).text
    assert not {"answer_review", "reopen"} & set(moves(limin, case))
    decide(colleague, case, move="answer_review", message="维持。")
    assert desk.stored(case).state == "closed"


def test_a_letter_leaves_the_case_where_it_is(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    assert decide(officer, case, move="write", message="我们下周去现场。") == address(case)
    assert desk.stored(case).state == "investigating"
    assert "我们下周去现场。" in officer.page(address(case)).text


def test_the_other_set_of_terms_counts_calendar_days(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="set_clock", clock_set="petition")
    assert desk.stored(case).accept_by == date(2026, 12, 5)
    assert desk.stored(case).clock == "petition"
