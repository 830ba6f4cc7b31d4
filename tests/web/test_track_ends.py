"""The page of a case says what becomes of its days and of its end: both days with the reason, and what else to do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.followed import Case, Reader, looked_up, offered, sent

from chengxin.cli.work import end_unanswered_cases
from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.portal.tracking.track_moved import ALWAYS, WHY
from chengxin.voices.complaints import actions, extending, merging
from chengxin.voices.complaints.clocks import Clock
from chengxin.voices.complaints.labels import DISMISSAL
from chengxin.voices.complaints.rules import Dismissal, Refusal, Track

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(MONDAY):
        yield


def test_an_investigation_says_until_when_instead_of_when_and_by_which_article(
    page: Reader, settings: Settings
) -> None:
    case = Case(settings)
    case.accept()
    case.act(actions.investigate)
    shown = looked_up(page, case).text
    assert "答复期限由2026年12月14日改为2027年2月" in shown
    assert "立案调查的法定期限是受理后60个工作日（《劳动保障监察条例》第十七条）" in shown
    case.act(extending.ask_extension, reason="案情复杂")
    case.act(extending.extend, actor="account:2", note="案情复杂，延长。")
    assert "经批准延长30个工作日" in looked_up(page, case).text
    case.act(actions.finish)
    assert "调查已结束，在15个工作日内作出处理" in looked_up(page, case).text


def test_another_set_of_terms_is_told(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    case.act(actions.set_clock, clock_set=Clock.PETITION)
    shown = looked_up(page, case).text
    assert "改按另一套期限办理" in shown
    assert "受理期限由2026年11月30日改为2026年12月8日" in shown
    assert "答复期限由2026年12月14日改为2027年1月22日：改按信访的期限办理，期限为60日" in shown


def test_a_report_is_told_no_day_at_all(page: Reader, settings: Settings) -> None:
    case = Case(settings, track=Track.REPORT)
    case.accept()
    case.act(actions.investigate)
    assert "期限" not in looked_up(page, case).tree.xpath("string(//section[@aria-labelledby='way'])")


def test_both_sets_of_terms_give_reasons_for_the_same_moves() -> None:
    assert WHY[Clock.INSPECTION].keys() == WHY[Clock.PETITION].keys()
    assert not ALWAYS.keys() & WHY[Clock.PETITION].keys()


def test_a_case_that_was_merged_is_told_that_it_goes_on_by_itself(page: Reader, settings: Settings) -> None:
    main, case = Case(settings), Case(settings, facts="同一件事" * 10)
    case.accept()
    case.act(merging.merge, into=main.id, note="并案办理。")
    main.act(actions.refuse, refusal=Refusal.TOO_OLD, note="超过两年，不予受理。")
    shown = looked_up(page, case).text
    assert "所并入的那件未作答复即已结束，你这件恢复单独办理" in shown
    assert "状态：已受理" in shown


@pytest.mark.parametrize("ground", Dismissal)
def test_who_was_set_aside_reads_why_and_what_else_to_do(
    page: Reader, settings: Settings, ground: Dismissal
) -> None:
    case = Case(settings)
    case.act(actions.discard, dismissal=ground, reason="经核对")
    shown = looked_up(page, case)
    assert str(DISMISSAL[ground]) in looked_up(page, case, at="/en").text
    assert "12月23日（周三）前，可以在下方申请由另一位工作人员复查" in shown.text
    assert "拨打12333" in shown.text
    assert {"review"} == {"review", "satisfaction"} & offered(shown)
    assert "经核对" not in shown.text


def test_the_review_of_what_was_set_aside_is_asked_for_on_its_page(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    case.act(actions.discard, dismissal=Dismissal.ABUSE, reason="辱骂")
    sent(page, case, "review", text="我写了时间地点和金额，请再看一次。")
    assert case.stored.state == "review"


def test_a_case_that_ended_for_want_of_an_answer_says_what_else_can_be_done(
    page: Reader, settings: Settings
) -> None:
    case = Case(settings)
    case.ask()
    with frozen(MONDAY + timedelta(days=40)):
        assert end_unanswered_cases(settings, case.database) == 1
        shown = looked_up(page, case)
    assert "你还可以怎么做" in shown.text
    (anew,) = shown.tree.xpath("//section[@aria-labelledby='else']//a/@href")
    assert anew == "/complaints/new"
    assert "2027年" not in shown.tree.xpath("string(//section[@aria-labelledby='else'])")
    assert "2月1日（周一）前" in shown.text


def test_nothing_else_is_left_to_do_while_a_case_is_open(page: Reader, settings: Settings) -> None:
    assert "你还可以怎么做" not in looked_up(page, Case(settings)).text
