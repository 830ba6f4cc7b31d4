"""The lookup page: filters in the address with their counts, why an agency was found, and honest nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event
from tests import make
from tests.pages import Page
from werkzeug.test import Client

from chengxin.agencies.models import AgencyName
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.folding import fold_name
from chengxin.portal.lookup.lookup import rows_of
from chengxin.search import indexer
from chengxin.search.ranking import Hit, Matched

Reader = Callable[..., Page]


@pytest.fixture
def records(settings: Settings) -> Database:
    return Database(settings)


@pytest.fixture
def indexed(settings: Settings, records: Database) -> Database:
    with records.writing() as session:
        make.region(session)
        make.region(session, code="990105", name="江北区", parent="990000")
        first = make.agency(
            session, name="江州捷聘人力资源有限公司", region_code="990105", uscc="91990105MA01234565"
        )
        make.permit(session, first)
        session.add(
            AgencyName(
                agency_id=first.id,
                kind="former",
                name="江州腾越劳务有限公司",
                folded_name=fold_name("江州腾越劳务有限公司"),
            )
        )
        second = make.agency(session, name="江州和光人才服务有限公司", region_code="990000")
        make.permit(session, second)
        make.honour(session, second)
    indexer.rebuild(settings, records)
    return records


def found(page: Page) -> list[str]:
    return [str(each) for each in page.tree.xpath("//ul[@class='rows']//p[@class='title']/a/text()")]


def options(page: Page, name: str) -> list[str]:
    return [" ".join(each.text.split()) for each in page.tree.xpath(f"//select[@name='{name}']/option")]


def test_without_words_all_agencies_are_listed(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/")
    assert len(found(listed)) == 2
    assert "查到2家" in listed.text


def test_part_of_a_name_finds_it(page: Reader, indexed: Database) -> None:
    assert found(page("/agencies/?q=%E6%8D%B7%E8%81%98")) == ["江州捷聘人力资源有限公司"]


def test_a_former_name_says_why(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?q=%E8%85%BE%E8%B6%8A")
    assert found(listed) == ["江州捷聘人力资源有限公司"]
    assert "曾用名：江州腾越劳务有限公司" in listed.text


def test_a_code_finds_its_holder_and_is_shown(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?q=91990105MA01234565")
    assert found(listed) == ["江州捷聘人力资源有限公司"]
    assert "91990105MA01234565" in listed.text


def test_filters_stand_in_the_address_with_their_counts(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?standing=exemplary")
    assert found(listed) == ["江州和光人才服务有限公司"]
    assert options(listed, "standing") == ["全部", "诚信示范 (1)", "正常在册 (1)"]
    assert listed.tree.xpath("//select[@name='standing']/option[@selected]/@value") == ["exemplary"]


def test_a_region_counts_what_lies_inside_it(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/")
    assert options(listed, "region") == ["全部", "江州市 (2)", "江北区 (1)"]
    assert len(found(page("/agencies/?region=990000"))) == 2


def test_nothing_found_is_an_answer_with_ways_on(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?q=qqqqqq")
    assert "没有查到" in listed.text
    assert "查到0家" in listed.text
    assert "去掉“有限公司”" in listed.text


def test_work_without_a_licence_is_reported_with_the_name_filled_in(
    page: Reader, client: Client, indexed: Database
) -> None:
    listed = page("/agencies/?q=qqqqqq")
    (button,) = listed.tree.xpath("//main//button[@name='step']")
    form = {**listed.form(), button.get("name"): button.get("value")}
    opened = page("/complaints/new", method="POST", data=form)
    assert opened.tree.xpath("//input[@name='respondent']/@value") == ["qqqqqq"]
    assert opened.tree.xpath("//input[@name='category'][@checked]/@value") == ["unlicensed"]
    assert "Set-Cookie" not in listed.answer.headers


def test_a_legal_form_is_left_out_with_one_click(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?q=qqqqqq%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8")
    assert listed.tree.xpath("//main//li/a[@href='/agencies/?q=qqqqqq']")


def test_words_of_the_address_stand_only_in_the_box(page: Reader, indexed: Database) -> None:
    listed = page("/agencies/?q=pianzi")
    assert "pianzi" not in listed.text
    assert "pianzi" not in listed.tree.xpath("string(//title)")
    assert listed.tree.xpath("//input[@id='q']/@value") == ["pianzi"]


@pytest.mark.parametrize(
    "unknown", ["standing=swindlers", "region=123456", "service=fraud", "grade=Z9", "licence=x", "sort=worst"]
)
def test_a_value_that_no_filter_knows_leads_to_the_address_without_it(
    client: Client, indexed: Database, unknown: str
) -> None:
    answer = client.get(f"/agencies/?q=abc&{unknown}")
    assert (answer.status_code, answer.location) == (302, "/agencies/?q=abc")


@pytest.mark.parametrize(
    ("sort", "first"), [("name", "江州和光人才服务有限公司"), ("newest", "江州捷聘人力资源有限公司")]
)
def test_a_reader_may_choose_the_order(page: Reader, indexed: Database, sort: str, first: str) -> None:
    listed = page(f"/agencies/?sort={sort}")
    assert found(listed)[0] == first
    assert listed.tree.xpath("//select[@name='sort']/option[@selected]/@value") == [sort]


@pytest.mark.parametrize("number", ["0", "999", "x"])
def test_a_page_that_is_not_there_is_a_404(page: Reader, indexed: Database, number: str) -> None:
    page(f"/agencies/?page={number}", status=404)


def test_pages_are_twenty_long(page: Reader, records: Database) -> None:
    with records.writing() as session:
        for number in range(23):
            make.agency(session, name=f"江州第{number}人力资源有限公司")
    first = page("/agencies/")
    assert len(found(first)) == 20
    assert "第1页，共2页" in first.text
    assert len(found(page(first.tree.xpath("//a[@rel='next']/@href")[0]))) == 3


def test_without_an_index_names_are_still_found(page: Reader, records: Database) -> None:
    with records.writing() as session:
        make.agency(
            session, name="江州捷聘人力资源有限公司", folded_name=fold_name("江州捷聘人力资源有限公司")
        )
    assert found(page("/agencies/?q=%E6%8D%B7%E8%81%98")) == ["江州捷聘人力资源有限公司"]


def test_the_address_has_one_spelling(client: Client, indexed: Database) -> None:
    answer = client.get("/agencies/?page=1&standing=&q=abc&utm=1")
    assert answer.status_code == 302
    assert answer.location == "/agencies/?q=abc"


def queries_of(records: Database, hits: list[Hit]) -> int:
    asked: list[str] = []
    event.listen(records.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with records.reading() as session:
        assert len(rows_of(session, hits, today=date(2026, 11, 20))) == len(hits)
    return len(asked)


def test_a_page_of_answers_costs_the_same_queries_for_one_row_and_for_twenty(settings: Settings) -> None:
    with Database(settings).writing() as session:
        made = [make.agency(session, name=f"江州第{number}人力资源有限公司") for number in range(20)]
    hits = [Hit(each.id, Matched.NAME, 0.0) for each in made]
    assert queries_of(Database(settings), hits[:1]) == queries_of(Database(settings), hits)


def test_the_regions_show_the_way_down_and_what_lies_below(
    page: Reader, settings: Settings, records: Database
) -> None:
    with records.writing() as session:
        make.region(session, code="990000", name="江省")
        make.region(session, code="990100", name="江州市", parent="990000")
        make.region(session, code="990105", name="江北区", parent="990100")
        make.region(session, code="990200", name="海州市", parent="990000")
        make.agency(session, name="江州捷聘人力资源有限公司", region_code="990105")
        make.agency(session, name="海州和光人才服务有限公司", region_code="990200")
    indexer.rebuild(settings, records)
    assert options(page("/agencies/"), "region") == ["全部", "江省 (2)", "江州市 (1)", "海州市 (1)"]
    chosen = page("/agencies/?region=990100")
    assert options(chosen, "region") == ["全部", "江省 (2)", "江州市 (1)", "江北区 (1)"]
    assert len(found(chosen)) == 1
