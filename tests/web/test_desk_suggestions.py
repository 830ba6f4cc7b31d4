"""A moderator hides what tells of a person, answers in public, and is told when somebody else was faster."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.suggestions import HIDDEN, REPLY, TEXT, made, path_of, redaction

from chengxin.config import Settings
from chengxin.ledger import reads
from chengxin.ledger.rules import Subject
from chengxin.voices.standard_texts import actions as standard_texts
from chengxin.voices.standard_texts.actions import Words
from chengxin.voices.suggestions import sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act, State


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


def answer(officer: Officer, held: Suggestion) -> dict[str, str]:
    """Return the form of the answer as the page offers it."""
    return officer.page(path_of(held)).form()


def saved(officer: Officer, held: Suggestion, **changes: Any) -> None:
    officer.post(path_of(held, "redact"), {**redaction(officer, held), "redact": "save", **changes})


def test_the_list_shows_what_waits_and_no_word_of_it(bench: Workbench, officer: Officer) -> None:
    made(bench)
    made(bench, act=Act.DECLINE)
    page = officer.page("/suggestions/")
    assert "部门办事与服务" in page.text
    assert "建议1" in page.text
    assert "建议2" not in page.text
    assert "收费标准" not in page.text
    assert "建议2" in officer.page("/suggestions/?state=not_adopted").text


def test_only_those_who_answer_suggestions_see_them(bench: Workbench) -> None:
    held = made(bench)
    for roles in ("auditor", "admin", "legal_reviewer"):
        other = bench.officer(username=roles.replace("_", ""), roles=roles)
        for path in ("/suggestions/", path_of(held)):
            assert other.client.get(path).status_code == 403


def test_an_officer_of_another_region_does_not_find_it(bench: Workbench) -> None:
    with bench.installed.database.writing() as session:
        make.region(session, code="990100", name="江北区")
    account = bench.account(username="other")
    with bench.installed.database.writing() as session:
        session.get_one(type(account), account.id).region_code = "990100"
    other = bench.signed_in("other")
    assert other.client.get(path_of(made(bench))).status_code == 404
    assert "建议1" not in other.page("/suggestions/").text


def test_the_page_marks_what_the_detector_found(bench: Workbench, officer: Officer) -> None:
    page = officer.page(path_of(made(bench)))
    assert page.tree.xpath("//mark/text()") == ["13900000000"]
    assert "1. 电话号码：13900000000" in page.text


def test_opening_the_original_is_noted_before_it_is_read(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    officer.page(path_of(held))
    with bench.installed.database.reading() as session:
        assert reads.is_noted(session, actor="account:1", subject=Subject("suggestion", held.id))


def test_a_closed_one_stays_shut_until_a_purpose_is_stated(bench: Workbench, officer: Officer) -> None:
    held = made(bench, act=Act.ADOPT)
    page = officer.page(path_of(held))
    assert HIDDEN[1] not in page.text
    assert not page.tree.xpath("//textarea[@name='public_text']")
    form = next(each for each in page.tree.forms if "/reads/" in (each.action or ""))
    officer.post(form.action, {**dict(form.fields), "purpose": "reviewing"})
    assert HIDDEN[1] in officer.page(path_of(held)).text


def test_what_was_found_is_hidden_from_the_start(bench: Workbench, officer: Officer) -> None:
    form = redaction(officer, made(bench))
    assert form["public_text"] == TEXT.replace("13900000000", "■■■")
    assert len(form["hide"]) == 1


def test_applying_masks_shows_what_comes_out_and_saves_nothing(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), "also": "王小川", "redact": "apply"}
    page = officer.post(path_of(held, "redact"), form, status=200)
    assert not isinstance(page, str)
    assert "我叫■■■，电话■■■。" in page.text
    assert "尚未保存" in page.text
    assert bench.stored(held).public_text == ""


def test_replies_are_offered_from_the_texts_their_editors_keep(bench: Workbench, officer: Officer) -> None:
    with bench.installed.database.writing() as session:
        words: Words = {"move": "suggestion", "track": "", "title": "转告", "body": "", "position": 0}
        standard_texts.add(session, actor="account:1", words=words | {"body": "已转告{authority}，{today}。"})
    options = officer.page(path_of(made(bench))).tree.xpath("//select[@name='standard']/option/text()")
    assert options[:3] == ["不使用常用语", "转告", "采纳，写明时间"]
    [value] = officer.page(path_of(made(bench))).tree.xpath("//select[@name='standard']/option[2]/@value")
    assert value == "已转告江州市人力资源和社会保障局，2026年11月20日。"


def test_the_text_for_readers_is_saved_with_its_masks(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    shown = TEXT.replace("王小川", "■■■").replace("13900000000", "■■■")
    saved(officer, held, also="王小川", public_text=shown)
    held = bench.stored(held)
    assert held.public_text == shown
    kept = sealed.redaction_of(held, bench.private_key())
    assert kept is not None
    assert sorted(kept.hidden) == ["13900000000", "王小川"]
    again = redaction(officer, held)
    assert (again["also"], again["public_text"]) == ("王小川", shown)


@pytest.mark.parametrize("left", ["13900000000", "１３９-0000-0000", "一三九零零零零零零零零"])
def test_a_text_that_still_tells_a_number_comes_back(bench: Workbench, officer: Officer, left: str) -> None:
    held = made(bench)
    form = {**redaction(officer, held), "redact": "save", "public_text": f"请打{left}联系提出人，谢谢。"}
    page = officer.post(path_of(held, "redact"), form, status=422)
    assert not isinstance(page, str)
    assert "公开文本中仍有" in page.text
    assert left in page.text
    assert bench.stored(held).public_text == ""


def test_a_name_that_is_hidden_cannot_be_left_standing(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), "redact": "save", "also": "王小川"}
    officer.post(path_of(held, "redact"), form, status=422)
    assert bench.stored(held).public_text == ""


def test_a_public_hotline_may_stand_when_its_tick_is_taken(bench: Workbench, officer: Officer) -> None:
    held = made(bench, text="建议把举报热线13900000000印在每张招聘会门票的背面。")
    saved(officer, held, hide=[], public_text="建议把举报热线13900000000印在门票背面。")
    assert "13900000000" in bench.stored(held).public_text


def test_a_box_of_another_text_is_refused(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = {**redaction(officer, held), "redact": "save", "hide": ["0-3-phone"]}
    officer.post(path_of(held, "redact"), form, status=422)
    assert bench.stored(held).public_text == ""


def test_hiding_for_good_takes_the_words_from_the_desk_too(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    shown = TEXT.replace("王小川", "［已隐去］").replace("13900000000", "［电话已隐去］")
    saved(officer, held, also="王小川", lasting="final", public_text=shown)
    page = officer.page(path_of(held))
    assert "我叫［已隐去］，电话［电话已隐去］。" in page.text
    assert not [word for word in HIDDEN if word in page.answer.text]


def test_without_consent_there_is_nothing_to_redact(bench: Workbench, officer: Officer) -> None:
    held = made(bench, publication="refused")
    page = officer.page(path_of(held))
    assert not page.tree.xpath("//textarea[@name='public_text']")
    form = {
        "csrf_token": page.form()["csrf_token"],
        "version": "1",
        "redact": "save",
        "lasting": "reversible",
    }
    officer.post(path_of(held, "redact"), {**form, "public_text": "建议张贴收费标准。"}, status=422)
    assert bench.stored(held).public_text == ""


def test_an_answer_is_saved_and_public(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    form = answer(officer, held) | {"act": "adopt_partly", "reply": REPLY, "note": "谢谢。"}
    assert officer.post(path_of(held, "answer"), form) == "/"
    held = bench.stored(held)
    assert (held.state, held.reply, held.year, held.number) == (State.PARTLY, REPLY, 2026, 1)
    assert sealed.note_for_desk(held, bench.private_key()) == "谢谢。"
    assert "/suggestions/2026/1/" in officer.page(path_of(held)).answer.text


def test_after_an_answer_comes_the_next_that_waits(bench: Workbench, officer: Officer) -> None:
    held, other = made(bench), made(bench)
    form = answer(officer, held) | {"act": "adopt", "reply": REPLY}
    assert officer.post(path_of(held, "answer"), form) == path_of(other)


def test_a_standard_text_comes_before_the_officers_words(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    page = officer.page(path_of(held))
    (text,) = page.tree.xpath("//select[@name='standard']/option[2]/@value")
    form = answer(officer, held) | {"act": "adopt", "standard": text, "reply": "另行通知。"}
    officer.post(path_of(held, "answer"), form)
    assert bench.stored(held).reply == f"{text}\n另行通知。"


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "adopt", "reply": ""},
        {"act": "set_aside", "reply": "是广告", "note": ""},
        {"act": "withdraw", "reply": REPLY},
        {"reply": REPLY},
        {"act": "adopt", "reply": "字" * 4_001},
    ],
)
def test_what_cannot_be_saved_comes_back_with_its_words(
    bench: Workbench, officer: Officer, changes: dict[str, str]
) -> None:
    held = made(bench)
    page = officer.post(path_of(held, "answer"), answer(officer, held) | changes, status=422)
    assert not isinstance(page, str)
    assert page.form()["reply"] == changes["reply"]
    assert bench.stored(held).state == State.RECEIVED


def test_setting_aside_publishes_nothing(bench: Workbench, officer: Officer) -> None:
    held = made(bench)
    officer.post(
        path_of(held, "answer"), answer(officer, held) | {"act": "set_aside", "note": "内容为广告。"}
    )
    held = bench.stored(held)
    assert (held.state, held.reply, held.number) == (State.SET_ASIDE, "", None)


def test_an_answer_can_be_changed_and_starts_from_the_old_one(bench: Workbench, officer: Officer) -> None:
    held = made(bench, act=Act.DECLINE)
    form = answer(officer, held)
    assert form["reply"] == REPLY
    officer.post(path_of(held, "answer"), form | {"act": "adopt", "reply": "改为采纳。"})
    assert (bench.stored(held).state, bench.stored(held).reply) == (State.ADOPTED, "改为采纳。")


@pytest.mark.parametrize("step", ["answer", "redact"])
def test_who_is_too_late_reads_who_was_faster_and_keeps_the_words(
    bench: Workbench, officer: Officer, step: str
) -> None:
    held = made(bench)
    mine = answer(officer, held) | {"act": "decline"} if step == "answer" else redaction(officer, held)
    mine |= {"reply": "我写了很久的答复。", "public_text": "我写了很久的公开文本。"}
    other = bench.officer(username="zhaoyu", name="赵宇")
    other.post(path_of(held, "answer"), answer(other, held) | {"act": "adopt", "reply": REPLY})
    page = officer.post(path_of(held, step), mine, status=409)
    assert not isinstance(page, str)
    for words in ("赵宇", "已公开答复", "我写了很久的答复。", "我写了很久的公开文本。"):
        assert words in page.text


def test_the_history_tells_each_step(bench: Workbench, officer: Officer) -> None:
    held = made(bench, shown=True)
    officer.post(path_of(held, "answer"), answer(officer, held) | {"act": "adopt", "reply": REPLY})
    page = officer.page(path_of(held))
    for words in ("收到", "已确定公开文本", "已公开答复"):
        assert words in page.text


def test_the_pages_exist_in_english(bench: Workbench) -> None:
    bench.account()
    held = made(bench)
    page = bench.in_english("limin").page(f"/en{path_of(held)}")
    assert "Text for readers" in page.text
