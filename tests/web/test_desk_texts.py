"""Standard texts: added, changed, retired, with places that are filled in and checked."""

import pytest
from sqlalchemy import select
from tests.casework import address, decide, letters
from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.ledger.models import Event
from chengxin.voices.standard_texts.models import StandardText

NEW = {"move": "accept", "title": "已受理", "body": "编号{case_no}，请在{answer_by}后查看。", "position": "1"}


@pytest.fixture
def editor(desk: Workbench) -> Officer:
    return desk.officer("zhaoyu", "赵宇", "publisher")


def added(desk: Workbench, editor: Officer, **changes: str) -> StandardText:
    form = editor.page("/texts/new").form() | NEW | changes
    editor.post("/texts/new", form)
    with desk.installed.database.reading() as session:
        found = session.scalar(select(StandardText).order_by(StandardText.id.desc()))
    assert found is not None
    return found


def offered(officer: Officer, url: str) -> list[str]:
    return [str(each) for each in officer.page(url).tree.xpath("//select[@name='standard']/option/@value")]


def test_an_added_text_is_offered_with_its_places_filled_in(desk: Workbench, editor: Officer) -> None:
    added(desk, editor)
    case, officer = desk.case(), desk.officer()
    due = case.answer_by
    words = f"编号{case.case_no}，请在{due.year}年{due.month}月{due.day}日后查看。"
    assert words in offered(officer, address(case))
    decide(officer, case, move="accept", standard=words)
    assert letters(desk, case) == [words]


def test_a_text_for_reports_is_not_offered_for_complaints(desk: Workbench, editor: Officer) -> None:
    added(desk, editor, track="report", body="举报已收到。")
    officer = desk.officer()
    assert "举报已收到。" not in offered(officer, address(desk.case()))
    assert "举报已收到。" in offered(officer, address(desk.case(track="report")))


def test_a_retired_text_is_offered_no_longer_and_can_come_back(desk: Workbench, editor: Officer) -> None:
    text, case, officer = added(desk, editor, body="请稍候。"), desk.case(), desk.officer()
    for expected in (False, True):
        form = editor.page(f"/texts/{text.id}/").form()
        editor.post(f"/texts/{text.id}/retire", form)
        assert ("请稍候。" in offered(officer, address(case))) is expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 61}, "title"),
        ({"body": ""}, "body"),
        ({"body": "你好，{name}"}, "body"),
        ({"body": "你好，{case_no"}, "body"),
        ({"body": "{case_no.__class__}"}, "body"),
        ({"move": "withdraw"}, "move"),
        ({"position": "-1"}, "position"),
    ],
)
def test_what_is_wrong_with_a_text_is_said_at_its_field(
    editor: Officer, changes: dict[str, str], field: str
) -> None:
    page = editor.post("/texts/new", editor.page("/texts/new").form() | NEW | changes, status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//*[@role='alert']//a/@href") == [f"#{field}"]


def test_an_authority_is_offered_to_hand_cases_to(desk: Workbench, editor: Officer) -> None:
    added(desk, editor, move="authority", title="江州市医疗保障局", body="12393")
    tree = desk.officer().page(address(desk.case())).tree
    assert "江州市医疗保障局" in tree.xpath("//select[@name='target']/option/@value")


def test_each_change_is_an_event_and_an_overtaken_one_says_so(desk: Workbench, editor: Officer) -> None:
    text = added(desk, editor)
    form = editor.page(f"/texts/{text.id}/").form(index=-2)
    editor.post(f"/texts/{text.id}/", form | {"body": "改一次。"})
    page = editor.post(f"/texts/{text.id}/", form | {"body": "改两次。"}, status=409)
    assert isinstance(page, Page)
    assert "改两次。" in page.text
    with desk.installed.database.reading() as session:
        found = session.scalars(select(Event).where(Event.subject_kind == "standard_text")).all()
    assert [each.verb for each in found] == ["text_added", "text_changed"]


def test_the_list_shows_the_texts_that_came_with_the_house(editor: Officer) -> None:
    page = editor.page("/texts/")
    assert "已受理，正在核查" in page.text
    assert "市场监督管理局" in page.text


@pytest.mark.parametrize("roles", ["moderator", "handling_officer", "auditor"])
def test_who_may_not_edit_texts_sees_none_of_their_pages(desk: Workbench, roles: str) -> None:
    officer = desk.officer(roles=roles)
    for path in ("/texts/", "/texts/new", "/texts/1/"):
        officer.page(path, status=403)
