"""The navigation of the desk: what somebody may do is one press away, the rest does not show."""

import pytest
from tests.desk import Workbench

from chengxin.accounts.rules import Role, rights_of
from chengxin.config import Settings
from chengxin.desk.tools import TOOLS


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    return Workbench(settings)


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
