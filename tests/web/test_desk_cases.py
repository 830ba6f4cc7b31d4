"""The case page: everything to read left, the valid moves right, one winner, and then the next case."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from tests.casework import address, decide, events, letters, moves
from tests.desk import Workbench
from tests.pages import Page

from chengxin.core.intake_keys import intake_recipients
from chengxin.voices.complaints import pauses

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(clock: Callable[[datetime], AbstractContextManager[None]]) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def test_the_page_opens_what_was_sealed(desk: Workbench) -> None:
    case = desk.case(facts="交了两千元押金，三个月不安排工作，电话也不接。")
    text = desk.officer().page(address(case)).text
    for words in ("交了两千元押金，三个月不安排工作，电话也不接。", "13900000000", case.case_no, "收到"):
        assert words in text


def test_only_the_valid_moves_are_offered(desk: Workbench) -> None:
    officer = desk.officer()
    offered = ["ask", "accept", "refuse", "transfer", "discard", "merge", "set_clock", "write"]
    assert moves(officer, desk.case()) == offered
    waiting = ["accept", "refuse", "transfer", "discard", "merge", "write"]
    assert moves(officer, desk.case(state="supplement")) == waiting
    running = ["transfer", "merge", "ask_extension", "suspend", "finish", "decide", "write", "classify"]
    assert moves(officer, desk.case(state="investigating")) == running
    assert moves(officer, desk.case(state="review")) == ["answer_review", "reopen", "write", "classify"]
    assert moves(officer, desk.case(state="closed", finding="upheld")) == []


def test_the_decision_is_the_last_form_of_the_page(desk: Workbench) -> None:
    case = desk.case()
    tree = desk.officer().page(address(case)).tree
    assert tree.forms[-1].action == f"/complaints/{case.id}/decide"


def test_accepting_is_kept_told_and_recorded(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="accept", message="我们已受理。", reason="事实清楚")
    kept = desk.stored(case)
    assert (kept.state, kept.accepted_on, kept.version) == ("accepted", TODAY, 2)
    last = events(desk)[-1]
    assert (last.actor, last.verb, last.reason) == ("account:1", "accept", "事实清楚")
    assert letters(desk, case) == ["我们已受理。"]


def test_no_word_of_the_complaint_or_the_answer_reaches_the_ledger(desk: Workbench) -> None:
    case, officer = desk.case(facts="交了两千元押金，三个月不安排工作，电话也不接。"), desk.officer()
    decide(officer, case, move="accept", message="我们已受理你的投诉。")
    kept = " ".join(f"{e.old} {e.new} {e.reason}" for e in events(desk))
    for words in ("押金", "已受理你的投诉", "13900000000"):
        assert words not in kept


def test_a_standard_text_stands_before_the_own_words(desk: Workbench) -> None:
    case, officer = desk.case(state="investigating"), desk.officer()
    options = officer.page(address(case)).tree.xpath("//select[@name='standard']/option/@value")
    decide(
        officer, case, move="decide", finding="upheld", standard=options[1], message="另：退款三日内到账。"
    )
    assert letters(desk, case) == [f"{options[1]}\n\n另：退款三日内到账。"]
    assert desk.stored(case).state == "closed"


@pytest.mark.parametrize(
    ("state", "chosen", "field"),
    [
        ("received", {}, "move"),
        ("received", {"move": "decide"}, "move"),
        ("received", {"move": "refuse", "message": "不属受理范围。"}, "refusal"),
        ("received", {"move": "refuse", "refusal": "too_old"}, "message"),
        ("received", {"move": "ask"}, "message"),
        ("received", {"move": "transfer", "target_other": "市监局"}, "message"),
        ("received", {"move": "transfer", "message": "已转市监局。"}, "target"),
        ("received", {"move": "merge", "message": "并案办理。"}, "main"),
        ("received", {"move": "set_clock"}, "clock_set"),
        (
            "received",
            {"move": "discard", "dismissal": "abuse", "reason": "广告", "message": "再见"},
            "message",
        ),
        ("investigating", {"move": "suspend", "message": "中止"}, "reason"),
        ("investigating", {"move": "ask_extension"}, "reason"),
        ("review", {"move": "reopen", "message": "重新办理。"}, "reason"),
        ("withdrawn", {"move": "go_on"}, "reason"),
        ("received", {"move": "discard", "dismissal": "abuse"}, "reason"),
        ("received", {"move": "discard", "reason": "广告"}, "dismissal"),
        ("accepted", {"move": "decide", "message": "查实。"}, "finding"),
        ("accepted", {"move": "decide", "finding": "upheld"}, "message"),
        ("accepted", {"move": "decide", "finding": "guilty", "message": "查实。"}, "finding"),
        ("accepted", {"move": "investigate", "message": "长" * 4001}, "message"),
    ],
)
def test_what_a_move_cannot_do_without_is_asked_for(
    desk: Workbench, state: str, chosen: dict[str, str], field: str
) -> None:
    case, officer = desk.case(state=state), desk.officer()
    page = decide(officer, case, status=422, **chosen)
    assert isinstance(page, Page)
    links = page.tree.xpath("//*[@role='alert']//a/@href")
    assert [str(link).removesuffix("-0") for link in links] == [f"#{field}"]
    assert page.form()["message"].strip() == chosen.get("message", "")
    assert desk.stored(case).state == state


def test_what_the_complainant_added_is_opened(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    decide(officer, case, move="ask", message="请补充收据。")
    with desk.installed.database.writing() as session:
        pauses.supply(
            session,
            actor="public",
            case_id=case.id,
            version=2,
            text="收据编号是0078。",
            intake_key=intake_recipients(desk.settings),
        )
    text = officer.page(address(case)).text
    assert "收据编号是0078。" in text
    assert desk.stored(case).state == "received"


def test_after_a_decision_comes_the_next_case(desk: Workbench) -> None:
    second = desk.case(accept_by=TODAY + 2 * DAY)
    first = desk.case(accept_by=TODAY + DAY)
    officer = desk.officer()
    assert decide(officer, first, move="accept") == address(second)


def test_after_the_last_case_of_a_view_comes_the_queue(desk: Workbench) -> None:
    desk.case(accept_by=TODAY + DAY)
    officer = desk.officer()
    mine = desk.case(accept_by=TODAY + 2 * DAY, assigned_to=1)
    form = officer.page(f"{address(mine)}?view=mine").form()
    form |= {"move": "discard", "dismissal": "advertising", "reason": "广告"}
    assert form["view"] == "mine"
    assert officer.post(f"/complaints/{mine.id}/decide", form) == "/?view=mine"


def test_a_page_that_somebody_overtook_says_who_and_what(desk: Workbench) -> None:
    case, limin = desk.case(), desk.officer()
    wangqiang = desk.officer("wangqiang", "王强")
    form = limin.page(address(case)).form() | {"move": "accept", "message": "写了很久的回复"}
    decide(wangqiang, case, move="discard", dismissal="advertising", reason="广告")
    page = limin.post(f"/complaints/{case.id}/decide", form, status=409)
    assert isinstance(page, Page)
    for words in ("王强", "2026年11月20日", "12:00", "写了很久的回复", case.case_no):
        assert words in page.text
    assert desk.stored(case).state == "discarded"


def test_of_eight_who_decide_at_once_one_wins(desk: Workbench) -> None:
    case = desk.case()
    desk.account()
    officers = [desk.signed_in("limin") for _n in range(8)]
    forms = [officer.page(address(case)).form() | {"move": "accept"} for officer in officers]
    gate = Barrier(8)

    def send(number: int) -> int:
        gate.wait()
        answer = officers[number].client.post(f"/complaints/{case.id}/decide", data=forms[number])
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(copy_context().run, send, number) for number in range(8)]
        answers = sorted(each.result() for each in sent)
    assert answers == [303] + [409] * 7
    assert [event.verb for event in events(desk)] == ["file", "accept"]


def test_an_expired_token_keeps_the_words(desk: Workbench) -> None:
    case, officer = desk.case(), desk.officer()
    page = decide(officer, case, status=422, move="accept", message="写了很久的回复", csrf_token="old")
    assert isinstance(page, Page)
    assert page.form()["message"].strip() == "写了很久的回复"


def test_a_case_that_is_not_there_is_a_404(desk: Workbench) -> None:
    desk.officer().page("/complaints/99/", status=404)


def test_other_cases_against_the_agency_are_named(desk: Workbench) -> None:
    case, other = desk.case(), desk.case(state="closed", finding="upheld")
    assert other.case_no in desk.officer().page(address(case)).text


def test_hostile_text_is_only_text(desk: Workbench) -> None:
    case = desk.case(facts="<script>alert(1)</script> 交钱以后就联系不上了，请查一查。")
    page = desk.officer().page(address(case))
    assert "<script>alert(1)</script>" in page.text
    assert "<script>alert" not in page.answer.text
