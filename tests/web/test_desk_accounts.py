"""What an administrator does to accounts: each act once, told in the ledger, and never to themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import Officer, Workbench
from tests.pages import Page
from werkzeug.test import Client

from chengxin.accounts.models import Account
from chengxin.core import clock as clocks
from chengxin.ledger.models import Event

NEW = "wind over the new bridge"


@pytest.fixture
def admin(desk: Workbench) -> Officer:
    """Give the administrator, and beside them a moderator with the number 2."""
    signed_in = desk.officer("chief", "陈管", "admin")
    desk.account()
    return signed_in


def stored(desk: Workbench, account_id: int = 2) -> Account:
    found: Account = desk.stored(Account(id=account_id))
    return found


def verbs(desk: Workbench) -> list[str]:
    with desk.installed.database.reading() as session:
        return list(session.scalars(select(Event.verb).order_by(Event.id)))


def change_form(page: Page) -> dict[str, str]:
    form = next(each for each in page.tree.forms if each.xpath(".//select[@name='region']"))
    return {name: str(form.fields[name] or "") for name in ("csrf_token", "version", "region", "reason")}


def act_form(page: Page) -> dict[str, str]:
    form = next(each for each in page.tree.forms if str(each.action).endswith("/password"))
    return {name: str(form.fields[name] or "") for name in ("csrf_token", "version", "reason")}


def shown(answer: Page | str) -> Page:
    assert isinstance(answer, Page)
    return answer


def test_the_list_shows_who_may_do_what(admin: Officer) -> None:
    text = admin.page("/accounts/").text
    assert "limin 李敏 审核员" in text
    assert "chief 陈管 管理员" in text


def test_a_new_account_gets_a_password_that_is_shown_once_and_changed(
    desk: Workbench, admin: Officer
) -> None:
    form = admin.page("/accounts/new").form() | {"username": "gaoyan", "name": "高岩", "region": ""}
    page = shown(admin.post("/accounts/new", {**form, "roles": "handling_officer"}, status=200))
    password = str(page.tree.xpath("string(//dd/code)"))
    account = stored(desk, 3)
    assert (account.roles, account.must_change) == ("handling_officer", True)
    assert password not in admin.page("/accounts/3/").answer.text
    browser = Officer(Client(desk.app))
    login = browser.page("/login").form() | {"username": "gaoyan", "password": password}
    assert browser.post("/login", login) == "/login/password"
    assert browser.post(
        "/login/password", browser.page("/login/password").form() | {"password": NEW, "again": NEW}
    )
    assert browser.client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"username": "limin", "name": "李敏", "roles": "moderator"}, "已经存在"),
        ({"username": "Li Min", "name": "李敏", "roles": "moderator"}, "用户名须为"),
        ({"username": "gaoyan", "name": "高岩", "agency": "nobody"}, "公开编号"),
        ({"username": "gaoyan", "name": "高岩", "roles": "king"}, "修改"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(
    desk: Workbench, admin: Officer, typed: dict[str, str], message: str
) -> None:
    form = admin.page("/accounts/new").form() | {"region": "", **typed}
    page = shown(admin.post("/accounts/new", form, status=422))
    assert page.tree.xpath("//input[@name='name']/@value") == [typed["name"]]
    assert message in page.text


def test_roles_and_region_change_with_one_press(desk: Workbench, admin: Officer) -> None:
    with desk.installed.database.writing() as session:
        make.region(session, code="990100", name="城关区")
        make.agency(session, region_code="990100")
    form = change_form(admin.page("/accounts/2/")) | {"region": "990100", "reason": "调岗"}
    admin.post("/accounts/2/", {**form, "roles": "handling_officer"})
    account = stored(desk)
    assert (account.roles, account.region_code, account.version) == ("handling_officer", "990100", 3)
    assert verbs(desk)[-2:] == ["account.roles_changed", "account.region_changed"]
    assert "调岗" in admin.page("/accounts/2/").text


def test_who_comes_second_is_told_and_changes_nothing(desk: Workbench, admin: Officer) -> None:
    form = change_form(admin.page("/accounts/2/")) | {"roles": "publisher"}
    admin.post("/accounts/2/", form)
    late = shown(admin.post("/accounts/2/", form | {"roles": "auditor", "reason": "迟到的理由"}, status=409))
    assert "迟到的理由" in late.text
    assert stored(desk).roles == "publisher"


@pytest.mark.parametrize("act", ["disable", "factors"])
def test_an_act_on_an_overtaken_account_changes_nothing(desk: Workbench, admin: Officer, act: str) -> None:
    form = act_form(admin.page("/accounts/2/"))
    admin.post("/accounts/2/", change_form(admin.page("/accounts/2/")) | {"roles": "publisher"})
    admin.post(f"/accounts/2/{act}", form, status=409)
    assert stored(desk).active


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(desk: Workbench, admin: Officer) -> None:
    moderator = desk.signed_in("limin")
    admin.post("/accounts/2/disable", act_form(admin.page("/accounts/2/")) | {"reason": "离岗"})
    assert moderator.client.get("/").status_code == 302
    form = act_form(admin.page("/accounts/2/"))
    admin.post("/accounts/2/enable", form)
    assert stored(desk).active
    assert desk.signed_in("limin").client.get("/").status_code == 200


def test_a_handed_out_password_replaces_the_forgotten_one(desk: Workbench, admin: Officer) -> None:
    page = shown(admin.post("/accounts/2/password", act_form(admin.page("/accounts/2/")), status=200))
    password = str(page.tree.xpath("string(//dd/code)"))
    browser = Officer(Client(desk.app))
    login = browser.page("/login").form() | {"username": "limin", "password": password}
    assert browser.post("/login", login) == "/login/password"


def test_ended_sessions_are_ended(desk: Workbench, admin: Officer) -> None:
    moderator = desk.signed_in("limin")
    admin.post("/accounts/2/sessions", act_form(admin.page("/accounts/2/")))
    assert moderator.client.get("/").status_code == 302


def test_a_lost_second_factor_is_taken_away(desk: Workbench, admin: Officer) -> None:
    with desk.installed.database.writing() as session:
        account = session.get(Account, 2)
        assert account is not None
        account.sealed_seed, account.totp_step = b"kept", 7
    admin.post("/accounts/2/factors", act_form(admin.page("/accounts/2/")))
    assert stored(desk).sealed_seed is None
    assert verbs(desk)[-1] == "account.factors_reset"


@pytest.mark.parametrize("act", ["password", "factors", "disable"])
def test_nobody_does_grave_things_to_their_own_account(desk: Workbench, admin: Officer, act: str) -> None:
    desk.account("second", "副管", "admin")
    form = act_form(admin.page("/accounts/2/")) | {"version": "1"}
    page = shown(admin.post(f"/accounts/1/{act}", form, status=422))
    assert "自己的账号" in page.text
    assert stored(desk, 1).active


def test_nobody_takes_their_own_right_to_keep_accounts(desk: Workbench, admin: Officer) -> None:
    desk.account("second", "副管", "admin")
    admin.post("/accounts/1/", change_form(admin.page("/accounts/1/")) | {"roles": "auditor"}, status=422)
    assert stored(desk, 1).roles == "admin"


def test_the_last_administrator_stays(desk: Workbench, admin: Officer) -> None:
    second = desk.officer("second", "副管", "admin")
    second.post("/accounts/1/disable", act_form(second.page("/accounts/1/")))
    assert not stored(desk, 1).active
    last = change_form(second.page("/accounts/3/")) | {"roles": "auditor"}
    second.post("/accounts/3/", last, status=422)
    assert stored(desk, 3).roles == "admin"


def test_every_act_asks_who_is_there_after_ten_minutes(desk: Workbench, admin: Officer) -> None:
    form = act_form(admin.page("/accounts/2/"))
    with clocks.frozen(datetime.now(UTC) + timedelta(minutes=11)):
        for act in ("password", "factors", "disable", "sessions"):
            assert "请确认是你本人" in shown(admin.post(f"/accounts/2/{act}", form, status=422)).text
    assert stored(desk).active


def test_an_unknown_account_and_an_unknown_act_are_not_found(admin: Officer) -> None:
    form = act_form(admin.page("/accounts/2/"))
    admin.page("/accounts/9/", status=404)
    admin.post("/accounts/9/disable", form, status=404)
    admin.post("/accounts/2/praise", form, status=404)
