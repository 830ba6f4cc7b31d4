"""The door of the workbench: sign in, sign out, and every route shut to strangers."""

from collections.abc import Callable

import pytest
from tests import make
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_desk, installation_of
from chengxin.config import Settings
from chengxin.core.database import Database

PASSWORD = "rain over the old bridge"

Reader = Callable[..., Page]


@pytest.fixture
def staff(settings: Settings) -> None:
    """Add a moderator."""
    database = Database(settings)
    with database.writing() as session:
        make.account(session, username="limin", password=PASSWORD)
    database.dispose()


def sign_in(page: Reader, *, status: int = 303, path: str = "/desk/login", **typed: str) -> Page:
    fields = page(path).form() | {"username": "limin", "password": PASSWORD} | typed
    return page(path, method="POST", data=fields, status=status)


def test_a_stranger_is_sent_to_sign_in_and_back(page: Reader, client: Client, staff: None) -> None:
    answer = client.get("/desk/?view=mine")
    assert answer.status_code == 302
    assert answer.location == "/desk/login?next=/desk/?view%3Dmine"
    fields = page(answer.location).form() | {"username": "limin", "password": PASSWORD}
    done = client.post("/desk/login", data=fields)
    assert (done.status_code, done.location) == (303, "/desk/?view=mine")
    assert "李敏" in client.get(done.location).text


def test_a_stranger_may_post_nothing(client: Client) -> None:
    assert client.post("/desk/logout").status_code == 403


def test_english_stays_english_through_the_door(client: Client, staff: None, page: Reader) -> None:
    assert client.get("/en/desk/").location == "/en/desk/login?next=/en/desk/"
    fields = page("/en/desk/login").form() | {"username": "limin", "password": PASSWORD}
    assert client.post("/en/desk/login", data=fields).location == "/en/desk/"


@pytest.mark.parametrize(
    "foreign",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "/desk/\\..\\evil",
        "/desk//evil.example",
        "/desk/\nLocation: x",
        "/agencies/",
        "/deskevil",
        "javascript:alert(1)",
        "/desk/../",
        "",
    ],
)
def test_a_foreign_address_is_never_gone_on_to(
    page: Reader, client: Client, staff: None, foreign: str
) -> None:
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD, "next": foreign}
    assert client.post("/desk/login", data=fields).location == "/desk/"


@pytest.mark.parametrize(("username", "password"), [("limin", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_password_and_an_unknown_user_get_one_answer(
    page: Reader, staff: None, username: str, password: str
) -> None:
    fields = page("/desk/login").form() | {"username": username, "password": password}
    refused = page("/desk/login", method="POST", data=fields, status=422)
    assert "用户名或密码不正确" in refused.text
    assert password not in refused.answer.text


def test_an_empty_form_names_its_fields(page: Reader) -> None:
    refused = page("/desk/login", method="POST", data=page("/desk/login").form(), status=422)
    assert refused.tree.xpath("//*[@role='alert']//a[@href='#username']")


def test_a_form_without_its_token_is_refused(page: Reader, client: Client, staff: None) -> None:
    fields = {"username": "limin", "password": PASSWORD}
    page("/desk/login", method="POST", data=fields, status=403)
    assert client.get("/desk/").status_code == 302


def test_signing_out_ends_the_session_everywhere(page: Reader, client: Client, staff: None) -> None:
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD}
    client.post("/desk/login", data=fields)
    cookie = client.get_cookie("desk")
    assert cookie is not None
    token = page("/desk/").tree.xpath("//header//input[@name='csrf_token']/@value")[0]
    assert client.post("/desk/logout", data={"csrf_token": token}).location == "/desk/login"
    client.set_cookie("desk", cookie.value)
    assert client.get("/desk/").status_code == 302


def test_the_cookie_is_closed_to_scripts_and_other_sites(page: Reader, client: Client, staff: None) -> None:
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD}
    set_cookie = client.post("/desk/login", data=fields).headers["Set-Cookie"]
    assert set_cookie.startswith("desk=")
    assert "HttpOnly" in set_cookie
    assert "SameSite=Lax" in set_cookie


def test_signing_in_starts_a_fresh_session(page: Reader, client: Client, staff: None) -> None:
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD}
    client.post("/desk/login", data=fields)
    after = page("/desk/").tree.xpath("//header//input[@name='csrf_token']/@value")[0]
    assert after != fields["csrf_token"]
    assert client.post("/desk/logout", data={"csrf_token": fields["csrf_token"]}).location == "/desk/"


def test_too_many_tries_are_slowed_without_locking_the_person_out(
    page: Reader, client: Client, staff: None
) -> None:
    wrong = page("/desk/login").form() | {"username": "limin", "password": "wrong"}
    answers = [client.post("/desk/login", data=wrong).status_code for _n in range(7)]
    assert answers == [422] * 6 + [429]
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    right = wrong | {"password": PASSWORD}
    assert client.post("/desk/login", data=right).status_code == 429
    assert client.post("/desk/login", data=right, environ_overrides=elsewhere).status_code == 303


def test_a_browser_one_has_used_before_is_not_slowed_by_others_guesses(
    page: Reader, client: Client, app: Callable[..., object], staff: None
) -> None:
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD}
    client.post("/desk/login", data=fields)
    token = page("/desk/").tree.xpath("//header//input[@name='csrf_token']/@value")[0]
    client.post("/desk/logout", data={"csrf_token": token})
    stranger = Client(app)  # type: ignore[arg-type]
    wrong = read_page(stranger, "/desk/login").form() | {"username": "limin", "password": "wrong"}
    assert [stranger.post("/desk/login", data=wrong).status_code for _n in range(7)][-1] == 429
    fields = page("/desk/login").form() | {"username": "limin", "password": PASSWORD}
    assert client.post("/desk/login", data=fields).status_code == 303


def test_a_route_that_says_nothing_stays_shut(settings: Settings, staff: None) -> None:
    desk = create_desk(installation_of(settings))
    desk.add_url_rule("/silent", "desk.silent", lambda: "open")
    client = desk.test_client()
    token = client.get("/login").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    client.post("/login", data={"csrf_token": token, "username": "limin", "password": PASSWORD})
    assert client.get("/").status_code == 200
    assert client.get("/silent").status_code == 403


def test_where_to_go_next_comes_back_clean(client: Client) -> None:
    form = read_page(client, "/desk/login").form()
    answer = client.post("/desk/login", data={**form, "next": "/\u202eevil\x00"})
    assert answer.status_code == 422
    assert not {"\u202e", "\x00"} & set(answer.text)
