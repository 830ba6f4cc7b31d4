"""News on the desk: written with a preview, published by a publisher, taken down with a reason."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests import make
from tests.desk import Brake, Officer, Workbench
from tests.pages import Page

from chengxin.bulletins.models import Article

WRITTEN = {"title": "诚信服务月启动", "column": "updates", "body": "## 安排\n\n签约**之前**，先查机构。"}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def publisher(desk: Workbench) -> Officer:
    """Give a publisher."""
    return desk.officer("wangjh", "王建华", "publisher")


def written(officer: Officer, **changes: str) -> str:
    """Write an article and return the address of its page."""
    fields = officer.page("/news/new").form() | WRITTEN | {"act": "keep"} | changes
    return str(officer.post("/news/new", fields))


def step(officer: Officer, address: str, chosen: str, *, status: int = 303, reason: str = "") -> Page | str:
    """Take a step on the page of an article."""
    fields = officer.page(address).form() | {"step": chosen, "reason": reason}
    return officer.post(f"{address}step", fields, status=status)


def the_article(desk: Workbench) -> Article:
    """Read the first article again."""
    with desk.installed.database.reading() as session:
        return session.get_one(Article, 1)


def test_one_publisher_writes_and_publishes(publisher: Officer, desk: Workbench) -> None:
    address = written(publisher)
    step(publisher, address, "publish")
    made = the_article(desk)
    assert made.state == "published"
    assert publisher.page(address).tree.xpath(f"//a[contains(@href, '/news/{made.year}/{made.slug}/')]")


def test_a_preview_keeps_nothing(publisher: Officer, desk: Workbench) -> None:
    fields = publisher.page("/news/new").form() | WRITTEN | {"act": "preview"}
    page = publisher.post("/news/new", fields, status=200)
    assert isinstance(page, Page)
    assert page.tree.xpath("//main//h2[text()='安排']")
    assert page.form()["body"] == WRITTEN["body"]
    with desk.installed.database.reading() as session:
        assert session.get(Article, 1) is None


def test_what_is_typed_can_do_no_harm_in_the_preview(publisher: Officer) -> None:
    body = "<script>alert(1)</script>\n\n[x](javascript:alert(1))"
    fields = publisher.page("/news/new").form() | WRITTEN | {"act": "preview", "body": body}
    page = publisher.post("/news/new", fields, status=200)
    assert isinstance(page, Page)
    assert not page.tree.xpath("//main//script | //main//a[starts-with(@href, 'javascript')]")


def test_a_moderator_writes_but_does_not_publish(desk: Workbench) -> None:
    moderator = desk.officer()
    address = written(moderator)
    page = moderator.page(address)
    assert not page.tree.xpath("//input[@name='step']")
    assert moderator.client.post(f"{address}step", data={"step": "publish"}).status_code == 403
    assert the_article(desk).state == "draft"


def test_a_public_article_is_changed_by_a_publisher_only(desk: Workbench, publisher: Officer) -> None:
    with desk.installed.database.writing() as session:
        made = make.article(session)
    moderator = desk.officer()
    moderator.page(f"/news/{made.id}/edit", status=403)
    changes = {"title": "更正后的标题", "note": "改正标题", "act": "keep"}
    fields = publisher.page(f"/news/{made.id}/edit").form() | changes
    publisher.post(f"/news/{made.id}/edit", fields)
    assert the_article(desk).title == "更正后的标题"
    assert the_article(desk).revised_at is not None


def test_an_article_is_taken_down_with_a_reason(desk: Workbench, publisher: Officer) -> None:
    with desk.installed.database.writing() as session:
        made = make.article(session)
    address = f"/news/{made.id}/"
    step(publisher, address, "withdraw", status=422)
    step(publisher, address, "withdraw", reason="内容有误")
    assert "内容有误" in publisher.page(address).text
    publisher.page(f"{address}edit", status=403)


def test_an_invalid_article_comes_back_with_its_text(publisher: Officer) -> None:
    fields = publisher.page("/news/new").form() | WRITTEN | {"title": "", "slug": "不行"}
    page = publisher.post("/news/new", fields, status=422)
    assert isinstance(page, Page)
    assert page.form()["body"] == WRITTEN["body"]


def test_an_address_nobody_could_type_is_refused(publisher: Officer) -> None:
    fields = publisher.page("/news/new").form() | WRITTEN | {"slug": "不行", "act": "keep"}
    page = publisher.post("/news/new", fields, status=422)
    assert isinstance(page, Page)
    assert page.tree.xpath("//div[@class='errors']//li")


def test_two_changes_of_one_article_do_not_overwrite_each_other(publisher: Officer) -> None:
    address = written(publisher)
    fields = publisher.page(f"{address}edit").form() | {"act": "keep"}
    publisher.post(f"{address}edit", fields | {"title": "第一次"})
    publisher.post(f"{address}edit", fields | {"title": "第二次"}, status=409)


def test_every_state_has_its_list(publisher: Officer) -> None:
    written(publisher)
    assert WRITTEN["title"] in publisher.page("/news/").text
    for state in ("published", "withdrawn", "nonsense"):
        publisher.page(f"/news/?state={state}")
