"""The page of a case tells honestly where it stands; a report tells three words; no receipt opens another's case."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.followed import Case, Reader, looked_up, offered

from chengxin.config import Settings
from chengxin.core import pacing
from chengxin.core.clock import frozen
from chengxin.portal.tracking.track_words import HAPPENED, NEXT_OF_REPORT, PURPOSE
from chengxin.voices.complaints import actions, extending, letters, merging, pauses
from chengxin.voices.complaints.moving import MessageKind
from chengxin.voices.complaints.rules import BY_STAFF, Finding, Move, Step, Track

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "BEAT", 0.001)
    with frozen(MONDAY):
        yield


def at(day: datetime, page: Reader, case: Case) -> str:
    with frozen(day):
        return looked_up(page, case).text


def test_the_term_has_a_real_date_and_the_day_it_is(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    shown = at(datetime(2026, 11, 26, 4, tzinfo=UTC), page, case)
    assert "期限是11月30日（周一）。" in shown
    assert "今天是第3个工作日，共5个。" in shown


def test_on_the_day_it_came_in_only_the_last_day_is_told(page: Reader, settings: Settings) -> None:
    shown = looked_up(page, Case(settings)).text
    assert "期限是11月30日（周一）。" in shown
    assert "今天是第" not in shown


def test_a_term_that_is_over_is_said_to_be_over(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    shown = at(datetime(2026, 12, 1, 4, tzinfo=UTC), page, case)
    assert "我们已经超期" in shown
    assert "拨打12333" in shown


def test_while_we_wait_for_an_answer_its_last_day_stands_there_and_the_clock_is_said_to_stand_still(
    page: Reader, settings: Settings
) -> None:
    case = Case(settings)
    case.ask()
    shown = looked_up(page, case).text
    assert "请在12月14日（周一）前补充" in shown
    assert "期限从2026年11月23日起暂停计算" in shown


def test_a_term_beyond_the_known_calendar_is_said_to_be_provisional(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    case.accept()
    case.act(actions.investigate)
    assert "日期可能" in looked_up(page, case).text


def test_an_extension_a_suspension_and_a_merger_are_told(page: Reader, settings: Settings) -> None:
    case, main = Case(settings), Case(settings, facts="另" * 30)
    case.accept()
    case.act(actions.investigate)
    case.act(extending.ask_extension, reason="案情复杂")
    case.act(extending.extend, actor="account:2", note="案情复杂，延长。")
    assert "已延长一次" in looked_up(page, case).text
    case.act(pauses.suspend, reason="当事人下落不明", note="暂时找不到对方。")
    assert "状态：中止调查" in looked_up(page, case).text
    case.act(pauses.resume, note="找到了。")
    case.act(merging.merge, into=main.id, note="同一事项并案办理。")
    assert "与同一事项的另一件并案" in looked_up(page, case).text


def test_the_way_of_a_case_is_its_dated_steps(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    case.ask()
    with frozen(datetime(2026, 11, 25, 4, tzinfo=UTC)):
        case.decide()
        steps = [
            " ".join(each.text_content().split())
            for each in looked_up(page, case).tree.xpath("//ol[@class='steps']/li")
        ]
    assert steps == [
        "已收到2026年11月23日",
        "要求你补充材料2026年11月23日",
        "已受理2026年11月25日。答复期限由2026年12月14日改为2026年12月16日：加上了暂停计算的天数。",
        "作出处理并答复2026年11月25日",
    ]


def test_every_move_and_letter_has_its_words() -> None:
    private = {Move.ASK_EXTENSION, Move.DENY_EXTENSION, Move.CLOSE}
    assert set(Move) - HAPPENED.keys() == private
    assert set(PURPOSE) == set(MessageKind)
    assert set(NEXT_OF_REPORT) == set(Step)
    assert BY_STAFF & private == private - {Move.CLOSE}


def test_notes_and_assignments_are_nobody_s_but_the_staff_s(page: Reader, settings: Settings) -> None:
    case = Case(settings)
    before = looked_up(page, case).text
    case.act(letters.note, actor="worker", text="电话核实过。")
    case.act(actions.assign, officer_id=None)
    assert looked_up(page, case).text == before


def test_a_report_tells_three_words_and_never_what_was_found(page: Reader, settings: Settings) -> None:
    case = Case(settings, track=Track.REPORT)
    assert "状态：已收到" in looked_up(page, case).text
    case.accept("已经受理，正在安排检查。")
    case.act(letters.write, text="请问是哪个门店？")
    shown = looked_up(page, case)
    assert "状态：核查中" in shown.text
    assert "请问是哪个门店？" in shown.text
    assert "正在安排检查" not in shown.text
    case.act(actions.decide, finding=Finding.UPHELD, reply="已责令退还六百元。")
    done = looked_up(page, case)
    assert "状态：已处理" in done.text
    assert "已责令" not in done.text
    assert "查实" not in done.text
    assert not {"satisfaction", "review"} & offered(done)
