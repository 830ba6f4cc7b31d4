"""The lists of the desk turn their pages alike: a state, its pages, and what stands around them."""

import pytest
from tests import make
from tests.desk import Workbench

LISTS = "objections repairs suggestions notices batches news campaigns exemplars permits abnormal lineage inspections"


@pytest.mark.parametrize("path", LISTS.split())
def test_an_empty_list_says_so_and_nonsense_shows_the_first_page(desk: Workbench, path: str) -> None:
    officer = desk.officer(roles="moderator,publisher")
    for asked in ("", "?state=nonsense&page=99", "?page=-1"):
        page = officer.page(f"/{path}/{asked}")
        assert "这里没有内容。" in page.text
        assert page.tree.xpath("//nav[@class='pages']") == []


def test_pages_lead_to_each_other_and_keep_their_state(desk: Workbench) -> None:
    officer = desk.officer(roles="publisher")
    with desk.installed.database.writing() as session:
        for number in range(61):
            make.article(session, published=False, title=f"第{number}篇")
    middle = officer.page("/news/?state=draft&page=2")
    links = {link.get("rel"): link.get("href") for link in middle.tree.xpath("//nav[@class='pages']//a")}
    assert links == {"prev": "/news/?state=draft&page=1", "next": "/news/?state=draft&page=3"}
    last = officer.page(links["next"])
    assert [link.get("rel") for link in last.tree.xpath("//nav[@class='pages']//a")] == ["prev"]
    assert len(last.tree.xpath("//ul[@class='rows']/li")) == 1


def test_a_list_without_states_turns_its_pages_too(desk: Workbench) -> None:
    officer = desk.officer(roles="publisher")
    with desk.installed.database.writing() as session:
        for number in range(31):
            make.campaign(session, title=f"第{number}次行动")
    page = officer.page("/campaigns/")
    (following,) = page.tree.xpath("//nav[@class='pages']//a/@href")
    assert following == "/campaigns/?page=2"
    assert len(officer.page(following).tree.xpath("//ul[@class='rows']/li")) == 1
    assert page.tree.xpath("//ul[@class='views']") == []
