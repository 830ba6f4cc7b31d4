"""The navigation of the desk: what somebody may do is one press away, the rest does not show."""

import pytest
from tests import make
from tests.desk import Workbench

from chengxin.accounts.rules import Role, rights_of
from chengxin.desk.tools import TOOLS, part_of


def test_every_tool_is_for_somebody() -> None:
    held = rights_of(Role)
    assert all(tool.rights and held.issuperset(tool.rights) for tool in TOOLS)


def test_the_daily_tools_fit_one_row() -> None:
    assert 1 <= sum(tool.daily for tool in TOOLS) <= 5


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AGENCY])
def test_every_listed_tool_opens_and_no_other_is_listed(desk: Workbench, role: Role) -> None:
    officer = desk.officer(roles=role)
    listed = [str(href) for href in officer.page("/more/").tree.xpath("//main//ul//a/@href")]
    assert len(listed) == sum(not rights_of([role]).isdisjoint(tool.rights) for tool in TOOLS)
    for address in listed:
        officer.page(address)


# What is nobody's tool: signing in and out, one's own account, and the list of tools.
NOBODYS = {"login", "logout", "prove", "me", "more"}


def test_every_page_belongs_to_one_tool(desk: Workbench) -> None:
    parts = {part_of(rule.rule) for rule in desk.app.url_map.iter_rules()}
    owned = [part for tool in TOOLS for part in tool.parts]
    assert len(owned) == len(set(owned))
    assert parts - set(owned) == NOBODYS
    assert set(owned) <= parts


@pytest.mark.parametrize(
    ("path", "tool"), [("/notices/new", "公告"), ("/complaints/1/", "待办"), ("/", "待办")]
)
def test_the_tool_of_a_page_is_marked_in_the_navigation(desk: Workbench, path: str, tool: str) -> None:
    desk.case()
    page = desk.officer(roles="moderator,publisher").page(path)
    marked = page.tree.xpath("//header//a[@aria-current]")
    assert [str(link.text_content()).strip() for link in marked] == [tool]


def test_the_pages_of_a_correction_belong_to_the_notices(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        make.notice(session)
    page = desk.officer(roles="moderator,publisher").page("/notices/1/correct")
    (marked,) = page.tree.xpath("//header//a[@aria-current]")
    assert str(marked.text_content()).strip() == "公告"
    correction = next(tool for tool in TOOLS if "corrections" in tool.parts)
    assert correction.endpoint == "desk.notices"
