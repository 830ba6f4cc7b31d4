"""What readers see of articles beyond their text: wordings, pictures, numbers, cases, campaigns."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.bulletins import actions, illustrating
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.campaigns import actions as campaigns
from chengxin.bulletins.campaigns import queries as campaign_queries
from chengxin.bulletins.models import Article
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database

Reader = Callable[..., Page]
ACTOR = "account:1"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def writing(settings: Settings) -> Iterator[Database]:
    database = Database(settings)
    yield database
    database.dispose()


def put(database: Database, **values: Any) -> Article:
    with database.writing() as session:
        return make.article(session, **values)


def address(article: Article) -> str:
    return f"/news/{article.year}/{article.slug}/"


def change(database: Database, article: Article, body: str) -> None:
    with database.writing() as session:
        actions.revise(
            session,
            actor=ACTOR,
            article_id=article.id,
            version=article.version,
            writing=Writing(column=article.column, title=article.title, body=body),
            note="改正了金额。",
        )


def withdraw(database: Database, article_id: int) -> None:
    with database.writing() as session:
        version = session.get_one(Article, article_id).version
        actions.withdraw(session, actor=ACTOR, article_id=article_id, version=version, reason="数字有误。")


def illustrated(session: Session) -> tuple[Article, str]:
    article = make.article(session, published=False)
    drawing = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawing, "PNG")
    held: Any = {"actor": ACTOR, "article_id": article.id}
    picture = illustrating.add_picture(session, **held, sent=drawing.getvalue(), alternative="签署承诺书")
    words = Writing(column="updates", title="启动", body=f"![](picture-{picture.id})")
    actions.revise(session, **held, version=article.version, writing=words)
    actions.publish(session, **held, version=article.version)
    return article, picture.name


def test_an_article_as_first_published_has_no_history(page: Reader, writing: Database) -> None:
    assert "修改记录" not in page(address(put(writing))).text


def test_readers_see_what_changed_and_the_older_wording(page: Reader, writing: Database) -> None:
    article = put(writing, body="收费一百元。")
    change(writing, article, "收费两百元。")
    assert "改正了金额。" in page(address(article)).text
    older = page(f"{address(article)}rev/1")
    assert "收费一百元。" in older.text
    assert "这个版本后来被替换。" in older.text or "后来" in older.text
    assert "收费两百元。" in page(f"{address(article)}rev/2").text
    assert "收费一百元。" not in page(address(article)).text
    page(f"{address(article)}rev/3", status=404)


def test_no_wording_outlives_a_withdrawal(page: Reader, client: Client, writing: Database) -> None:
    article = put(writing, body="收费一百元。")
    change(writing, article, "收费两百元。")
    withdraw(writing, article.id)
    for path in (address(article), f"{address(article)}rev/1", f"{address(article)}rev/2"):
        assert "元。" not in page(path, status=410).text
    assert "元。" not in client.get(f"{address(article)[:-1]}.json").text


def test_a_picture_is_shown_with_its_words_and_goes_with_its_article(
    page: Reader, client: Client, writing: Database
) -> None:
    with writing.writing() as session:
        article, name = illustrated(session)
    shown = page(address(article)).tree.xpath("//article//img")
    assert [(each.get("src"), each.get("alt")) for each in shown] == [
        (f"/news/pictures/{name}.jpg", "签署承诺书")
    ]
    answer = client.get(shown[0].get("src"))
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    again = client.get(shown[0].get("src"), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    withdraw(writing, article.id)
    assert client.get(shown[0].get("src")).status_code == 404


def test_bulletins_are_found_by_year_and_number(page: Reader, client: Client, writing: Database) -> None:
    first, second = (put(writing, column="briefs", title=f"简报之{n}") for n in "甲乙")
    titles = page("/bulletins/").tree.xpath("//ol[@class='rows']//a/text()")
    assert titles == ["简报之乙", "简报之甲"]
    assert "诚信简报〔2026〕第1期" in page("/bulletins/?year=2026").text
    assert client.get("/bulletins/2026/2/").location == address(second)
    assert "2026年第1期" in page(address(first)).text
    assert client.get("/bulletins/2026/3/").status_code == 404
    assert client.get("/bulletins/?year=2025").status_code == 404


def test_no_bulletin_yet_is_said(page: Reader) -> None:
    assert "还没有发布简报。" in page("/bulletins/").text


def test_cases_are_filtered_by_what_they_teach(page: Reader, writing: Database) -> None:
    put(writing, column="cases", title="退费两天到账", case_kind="positive")
    put(writing, column="cases", title="收押金被罚")
    rows = page("/news/?column=cases&case=positive").tree.xpath("string(//ul[@class='rows'])")
    assert "退费两天到账" in rows
    assert "收押金被罚" not in rows
    assert not page("/news/").tree.xpath("//select[@name='case']")


def test_an_article_carries_the_metadata_of_a_government_page(page: Reader, writing: Database) -> None:
    article = put(
        writing,
        column="regulations",
        document_no="江人社〔2026〕8号",
        keywords="收费 公示",
        expires_on=date(2026, 11, 19),
    )
    found = page(address(article))
    assert "江人社〔2026〕8号" in found.text
    assert f"2026-03-{article.id:05d}" in found.text
    assert "已失效" in found.text
    names = {each.get("name"): each.get("content") for each in found.tree.xpath("//meta[@name]")}
    assert names["ArticleTitle"] == article.title
    assert names["PubDate"] == "2026-11-20 12:00"
    assert names["Keywords"] == "收费,公示"


def test_a_campaign_shows_its_agencies_and_results(page: Reader, client: Client, writing: Database) -> None:
    with writing.writing() as session:
        made, agency = make.campaign(session, slug="month", results="收费全部公示。"), make.agency(session)
        campaigns.enrol(session, actor=ACTOR, campaign_id=made.id, agency_ids=[agency.id])
        entry = campaign_queries.entries(session, made.id)[0].entry
        campaigns.judge(
            session, actor=ACTOR, entry_id=entry.id, version=1, result="commended", note="带头公示"
        )
    found = page("/campaigns/2026/month/")
    for words in (agency.name, "受到表扬", "带头公示", "收费全部公示。", "进行中"):
        assert words in found.text
    assert made.title in page("/campaigns/").text
    promises = page(f"/agencies/{agency.uid}/").tree.xpath("string(//section[@aria-labelledby='promises'])")
    assert made.title in promises
    told = client.get("/campaigns/2026/month.json").json
    assert told is not None
    assert [(each["uid"], each["result"]) for each in told["agencies"]] == [(agency.uid, "commended")]
    assert agency.uid in client.get("/campaigns/2026/month.csv").text
    assert page("/en/campaigns/2026/month/").unmarked_chinese == []


def test_a_withdrawn_campaign_is_one_sentence(page: Reader, client: Client, writing: Database) -> None:
    with writing.writing() as session:
        made = make.campaign(session, slug="month", body="活动正文")
        held: Any = {"actor": ACTOR, "campaign_id": made.id, "version": made.version}
        campaigns.withdraw(session, **held, reason="活动取消。")
    left = page("/campaigns/2026/month/", status=410)
    assert "活动取消。" in left.text
    assert "活动正文" not in left.text
    assert client.get("/campaigns/2026/month.json").status_code == 410
    assert client.get("/campaigns/2026/month.csv").status_code == 410
    assert made.title not in page("/campaigns/").text
