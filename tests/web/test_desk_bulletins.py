"""News on the desk beyond writing: an hour, pictures, what changed, and campaigns."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.pages import Page

from chengxin.agencies.models import Agency
from chengxin.bulletins import queries
from chengxin.bulletins.campaigns import queries as campaigns
from chengxin.bulletins.campaigns.models import Campaign
from chengxin.bulletins.models import Article

PLAN = {
    "kind": "integrity_month",
    "title": "2026年诚信服务月",
    "starts_on": "2026-11-01",
    "ends_on": "2026-11-30",
    "body": "收费看得见。",
    "slug": "month",
}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def publisher(desk: Workbench) -> Officer:
    return desk.officer("wangjh", "王建华", "publisher")


@pytest.fixture
def draft(desk: Workbench) -> Article:
    with desk.installed.database.writing() as session:
        return make.article(session, published=False)


@pytest.fixture
def published(desk: Workbench) -> Article:
    with desk.installed.database.writing() as session:
        return make.article(session)


def photograph() -> BytesIO:
    written = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, "JPEG")
    written.seek(0)
    return written


def schedule(officer: Officer, article: Article, day: str, *, status: int = 303) -> Page | str:
    fields = officer.page(f"/news/{article.id}/").form() | {"day": day, "hour": "09:30"}
    return officer.post(f"/news/{article.id}/schedule", fields, status=status)


def send_picture(officer: Officer, article: Article, **changes: object) -> tuple[int, str]:
    form = officer.page(f"/news/{article.id}/pictures").form()
    fields = {**form, "file": (photograph(), "me.jpg"), "alternative": "签署承诺书", **changes}
    answer = officer.client.post(f"/news/{article.id}/pictures", data=fields)
    return answer.status_code, answer.text


def test_an_article_waits_for_its_hour(desk: Workbench, publisher: Officer, draft: Article) -> None:
    schedule(publisher, draft, "2026-11-23")
    kept = desk.stored(draft)
    assert (kept.state, kept.publish_at) == ("scheduled", datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
    assert "2026年11月23日9:30" in publisher.page(f"/news/{draft.id}/").text
    assert draft.title in publisher.page("/news/?state=scheduled").text


@pytest.mark.parametrize(
    ("day", "said"), [("2026-11-20", "已经过"), ("", "请选择日期"), ("明天", "2026-10-28")]
)
def test_an_hour_that_cannot_be_is_refused_on_the_page(
    publisher: Officer, draft: Article, day: str, said: str
) -> None:
    page = schedule(publisher, draft, day, status=422)
    assert isinstance(page, Page)
    assert said in page.text


def test_a_moderator_cannot_schedule(desk: Workbench, draft: Article) -> None:
    moderator = desk.officer()
    assert not moderator.page(f"/news/{draft.id}/").tree.xpath("//input[@name='day']")
    assert moderator.client.post(f"/news/{draft.id}/schedule", data={}).status_code == 403


def test_a_picture_is_added_shown_and_taken_away(desk: Workbench, publisher: Officer, draft: Article) -> None:
    assert send_picture(publisher, draft)[0] == 303
    page = publisher.page(f"/news/{draft.id}/pictures")
    (shown,) = page.tree.xpath("//main//img")
    assert shown.get("alt") == "签署承诺书"
    assert "![签署承诺书](picture-1)" in page.text
    address = shown.get("src").removeprefix("/desk")
    assert publisher.client.get(address).content_type == "image/jpeg"
    publisher.post(f"/news/{draft.id}/pictures/1/remove", page.form(0))
    with desk.installed.database.reading() as session:
        assert queries.pictures(session, draft.id) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": (BytesIO(b"no picture"), "x.jpg")}, "这不是能读取的图片"),
        ({"alternative": ""}, "用文字说明图片内容"),
        ({"file": (BytesIO(b""), "")}, "请选择图片文件"),
    ],
    ids=["no picture", "no words", "no file"],
)
def test_a_picture_that_cannot_be_kept_is_told_why(
    publisher: Officer, draft: Article, changes: dict[str, object], said: str
) -> None:
    status, text = send_picture(publisher, draft, **changes)
    assert status == 422
    assert said in text


def test_readers_are_told_what_changed(desk: Workbench, publisher: Officer, published: Article) -> None:
    fields = publisher.page(f"/news/{published.id}/edit").form() | {"body": "新的正文", "act": "keep"}
    page = publisher.post(f"/news/{published.id}/edit", fields, status=422)
    assert isinstance(page, Page)
    assert page.form()["body"] == "新的正文"
    publisher.post(f"/news/{published.id}/edit", fields | {"note": "补充说明"})
    with desk.installed.database.reading() as session:
        assert queries.revisions(session, published.id)[0].note == "补充说明"


def campaign_of(desk: Workbench) -> Campaign:
    with desk.installed.database.reading() as session:
        return session.get_one(Campaign, 1)


def test_a_campaign_goes_from_draft_to_the_public_and_is_taken_down(
    desk: Workbench, publisher: Officer
) -> None:
    address = str(
        publisher.post("/campaigns/new", publisher.page("/campaigns/new").form() | PLAN, status=303)
    )
    address = address.removeprefix("/desk")
    fields = publisher.page(address).form() | {"step": "publish"}
    publisher.post(f"{address}step", fields)
    assert campaign_of(desk).state == "published"
    publisher.post(f"{address}step", fields, status=409)
    down = publisher.page(address).form() | {"step": "withdraw", "reason": ""}
    publisher.post(f"{address}step", down, status=422)
    publisher.post(f"{address}step", down | {"reason": "活动取消"})
    assert campaign_of(desk).state == "withdrawn"


def test_a_campaign_that_ends_before_it_starts_comes_back_with_its_text(publisher: Officer) -> None:
    fields = publisher.page("/campaigns/new").form() | PLAN | {"ends_on": "2026-10-01"}
    page = publisher.post("/campaigns/new", fields, status=422)
    assert isinstance(page, Page)
    assert "结束日期早于开始日期" in page.text
    assert page.form()["body"] == PLAN["body"]


def test_agencies_are_entered_by_the_line_and_each_wrong_line_is_named(
    desk: Workbench, publisher: Officer
) -> None:
    with desk.installed.database.writing() as session:
        made = make.campaign(session)
        first = make.agency(session)
    address = f"/campaigns/{made.id}/agencies"
    typed = publisher.page(address).form() | {"agencies": f"{first.name}\n没有这一家\n"}
    page = publisher.post(address, typed, status=422)
    assert isinstance(page, Page)
    assert "第2行" in page.text
    assert page.form()["agencies"].startswith(first.name)
    publisher.post(address, typed | {"agencies": f"{first.name}\n\n{first.uid}"})
    with desk.installed.database.reading() as session:
        assert campaigns.count_entries(session, [made.id]) == {made.id: 1}


def test_a_result_is_entered(desk: Workbench, publisher: Officer) -> None:
    address = entered(desk)
    publisher.post(address, publisher.page(address).form() | {"result": "commended", "note": "带头公示"})
    publisher.post(address, {**publisher.page(address).form(), "version": "1", "result": "left"}, status=409)
    with desk.installed.database.reading() as session:
        assert campaigns.count_by_result(session, 1)["commended"] == 1


def entered(desk: Workbench) -> str:
    """Enter an agency in a campaign and return the address of its entry."""
    with desk.installed.database.writing() as session:
        made = make.campaign(session, starts_on=date(2026, 11, 1))
        agency: Agency = make.agency(session)
        make.enrolled(session, made, agency)
    return "/campaigns/entries/1"
