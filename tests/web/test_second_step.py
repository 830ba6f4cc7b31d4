"""The second step at sign-in: set up, asked, used once, recovered, and never a way around it."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from tests import make
from tests.desk import PASSWORD, Brake, Officer, Workbench
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.accounts import actions, factors, queries, seeds
from chengxin.accounts.models import Account, HalfSession
from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.ledger.models import Event


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    return Workbench(replace(settings, second_factor="required"))


@pytest.fixture
def browser(desk: Workbench) -> Officer:
    """Give a browser of a moderator who has the password and nothing else yet."""
    desk.account()
    return Officer(Client(desk.app))


def give_password(browser: Officer, username: str = "limin", password: str = PASSWORD) -> str:
    form = browser.page("/login").form() | {"username": username, "password": password}
    return str(browser.post("/login", form))


def seed_on(page: Page) -> str:
    shown: str = page.tree.xpath("string(//ol//code)")
    return shown.replace(" ", "")


def set_up(browser: Officer, path: str = "/login/factor") -> tuple[str, list[str]]:
    """Set the app up and return its seed and the recovery codes."""
    page = browser.page(path)
    seed = seed_on(page)
    done = browser.post(path, page.form() | {"code": code_of(seed)}, status=200)
    assert isinstance(done, Page)
    return seed, [str(code) for code in done.tree.xpath("//main//li/code/text()")]


def code_of(seed: str, later: int = 0) -> str:
    return pyotp.TOTP(seed).at(clocks.now() + timedelta(seconds=30 * later))


def send_code(browser: Officer, code: str, *, status: int = 303) -> Page | str:
    return browser.post("/login/code", browser.page("/login/code").form() | {"code": code}, status=status)


@pytest.fixture
def armed(desk: Workbench, browser: Officer) -> tuple[str, list[str]]:
    """Set the moderator's app up, sign out, and return its seed and the recovery codes."""
    give_password(browser)
    made = set_up(browser)
    browser.client.delete_cookie("desk")
    return made


def test_the_first_sign_in_sets_up_an_app_before_anything_opens(browser: Officer) -> None:
    assert give_password(browser) == "/login/factor"
    assert browser.client.get("/").location.startswith("/login")
    _seed, codes = set_up(browser)
    assert len(set(codes)) == 10
    assert browser.client.get("/").status_code == 200


def test_the_picture_is_an_image_that_nobody_keeps(browser: Officer) -> None:
    give_password(browser)
    answer = browser.client.get("/login/factor.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert Client(browser.client.application).get("/login/factor.svg").status_code == 302


def test_a_wrong_first_code_sets_nothing_up(browser: Officer, desk: Workbench) -> None:
    give_password(browser)
    form = browser.page("/login/factor").form() | {"code": "000000"}
    refused = browser.post("/login/factor", form, status=422)
    assert isinstance(refused, Page)
    assert "这个验证码" in refused.text
    assert desk.stored(Account(id=1)).sealed_seed is None


def test_the_second_sign_in_asks_for_a_code(browser: Officer, armed: tuple[str, list[str]]) -> None:
    seed, _codes = armed
    assert give_password(browser) == "/login/code"
    assert send_code(browser, code_of(seed, 1)) == "/"
    assert browser.client.get("/").status_code == 200


def test_a_password_alone_opens_no_route(desk: Workbench, browser: Officer, armed: object) -> None:
    give_password(browser)
    for rule in desk.app.url_map.iter_rules():
        if rule.endpoint.startswith("desk.") and "GET" in (rule.methods or ()):
            _domain, path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False) or ("", "/")
            answer = browser.client.get(path)
            opened = answer.status_code == 200 and rule.endpoint not in {"desk.login", "desk.code"}
            assert not opened, path


def test_a_password_alone_sets_no_other_app_up(browser: Officer, armed: object) -> None:
    give_password(browser)
    assert browser.client.get("/login/factor").location == "/login"
    form = browser.page("/login/code").form() | {"code": "123456"}
    assert browser.client.post("/login/factor", data=form).status_code == 422
    assert browser.client.post("/login/password", data=form).status_code == 422


def test_each_code_works_once(browser: Officer, armed: tuple[str, list[str]]) -> None:
    seed, _codes = armed
    used = code_of(seed, 1)
    give_password(browser)
    send_code(browser, used)
    browser.client.delete_cookie("desk")
    give_password(browser)
    send_code(browser, used, status=422)


def test_the_code_that_set_the_app_up_is_used_up(browser: Officer, armed: tuple[str, list[str]]) -> None:
    give_password(browser)
    send_code(browser, code_of(armed[0], 0), status=422)


def test_a_recovery_code_works_once(browser: Officer, armed: tuple[str, list[str]]) -> None:
    _seed, codes = armed
    give_password(browser)
    assert send_code(browser, codes[3].upper().replace("-", " ")) == "/"
    browser.client.delete_cookie("desk")
    give_password(browser)
    send_code(browser, codes[3], status=422)
    assert send_code(browser, codes[4]) == "/"


def test_five_wrong_codes_lead_back_to_the_password(
    desk: Workbench, browser: Officer, armed: tuple[str, list[str]]
) -> None:
    give_password(browser)
    form = browser.page("/login/code").form()
    for _n in range(5):
        browser.post("/login/code", form | {"code": "000000"}, status=422)
    refused = browser.post("/login/code", form | {"code": code_of(armed[0], 1)}, status=422)
    assert isinstance(refused, Page)
    assert refused.tree.xpath("//input[@name='password']")
    with desk.installed.database.reading() as session:
        assert session.scalars(select(HalfSession)).all() == []
        assert "account.codes_refused" in session.scalars(select(Event.verb)).all()


def test_a_half_open_session_ends_after_a_quarter_of_an_hour(
    browser: Officer, armed: tuple[str, list[str]], clock: Brake
) -> None:
    give_password(browser)
    with clock(clocks.now() + timedelta(minutes=16)):
        assert browser.client.get("/login/code").location == "/login"


def test_a_handed_out_password_is_changed_before_anything_opens(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        actions.add(
            session,
            actor="command",
            username="gaoyan",
            name="高岩",
            roles=["moderator"],
            password=PASSWORD,
            must_change=True,
        )
    browser = Officer(Client(desk.app))
    assert give_password(browser, "gaoyan") == "/login/password"
    form = browser.page("/login/password").form()
    same = {"password": PASSWORD, "again": PASSWORD}
    refused = browser.post("/login/password", form | same, status=422)
    assert isinstance(refused, Page)
    assert "另一个密码" in refused.text
    unlike = {"password": "wind over the new bridge", "again": "wind over the old bridge"}
    browser.post("/login/password", form | unlike, status=422)
    other = {"password": "wind over the new bridge", "again": "wind over the new bridge"}
    assert browser.post("/login/password", form | other) == "/login/factor"
    set_up(browser)
    assert browser.client.get("/").status_code == 200


def test_an_agency_chooses_for_itself(desk: Workbench) -> None:
    with desk.installed.database.writing() as session:
        owner = make.agency(session)
        actions.add(
            session,
            actor="command",
            username="yuanfan",
            name="远帆",
            roles=["agency"],
            password=PASSWORD,
            agency_id=owner.id,
        )
    browser = Officer(Client(desk.app))
    assert give_password(browser, "yuanfan") == "/"
    set_up(browser, "/me/factor")
    browser.client.delete_cookie("desk")
    assert give_password(browser, "yuanfan") == "/login/code"


def test_the_seed_is_not_in_the_database(
    desk: Workbench, browser: Officer, armed: tuple[str, list[str]]
) -> None:
    seed, codes = armed
    kept = (desk.settings.data_dir / "chengxin.db").read_bytes()
    kept += (desk.settings.data_dir / "chengxin.db-wal").read_bytes()
    for secret in (seed, *codes, *(code.replace("-", "") for code in codes)):
        assert secret.encode() not in kept
    account = desk.stored(Account(id=1))
    assert seeds.opened(account.sealed_seed, secret=desk.installed.secret, account_id=1) == seed
    assert seeds.opened(account.sealed_seed, secret="another", account_id=1) is None
    assert seeds.opened(account.sealed_seed, secret=desk.installed.secret, account_id=2) is None


def test_where_one_wanted_to_go_survives_the_second_step(
    browser: Officer, armed: tuple[str, list[str]]
) -> None:
    form = browser.page("/login?next=/more/").form() | {"username": "limin", "password": PASSWORD}
    browser.post("/login", form)
    assert send_code(browser, code_of(armed[0], 1)) == "/more/"


def test_the_codes_are_shown_once_and_say_so(browser: Officer, armed: object, desk: Workbench) -> None:
    with desk.installed.database.reading() as session:
        assert queries.recovery_left(session, 1) == 10


def test_pages_of_the_second_step_are_whole_in_english(desk: Workbench, browser: Officer) -> None:
    give_password(browser)
    page = read_page(browser.client, "/login/factor")
    assert re.search(r"\b[A-Z2-7]{4}( [A-Z2-7]{4}){7}\b", page.text)


def test_a_code_is_taken_by_one_of_two_that_send_it_at_once(
    desk: Workbench, armed: tuple[str, list[str]]
) -> None:
    code, secret = code_of(armed[0], 1), desk.installed.secret
    with desk.installed.database.writing() as session:
        taken = [factors.prove_code(session, account_id=1, code=code, secret=secret) for _n in range(2)]
    assert taken == ["totp", ""]
