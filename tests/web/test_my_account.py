"""One's own account: sessions that end, proof asked again without losing a word, passkeys."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from tests.authenticator import Device
from tests.desk import PASSWORD, Brake, Officer, Workbench
from tests.pages import Page
from werkzeug.test import Client

from chengxin.accounts import actions
from chengxin.accounts.models import Passkey, StaffSession
from chengxin.config import Settings
from chengxin.core import clock as clocks

NEW = "wind over the new bridge"


@pytest.fixture
def desk(settings: Settings) -> Workbench:
    return Workbench(replace(settings, base_url="http://localhost"))


@pytest.fixture
def officer(desk: Workbench) -> Officer:
    return desk.officer()


def later(minutes: int) -> datetime:
    return clocks.now() + timedelta(minutes=minutes)


def sent(officer: Officer, path: str, form: dict[str, str], *, status: int) -> Page:
    page = officer.post(path, form, status=status)
    assert isinstance(page, Page)
    return page


def options_on(page: Page) -> str:
    return str(page.tree.xpath("string(//form[@data-passkey]/@data-options)"))


def passkey_fields(page: Page) -> dict[str, str]:
    form = page.tree.xpath("//form[@data-passkey]")[0]
    return {name: str(form.fields[name] or "") for name in form.fields if name}


def add_passkey(officer: Officer, device: Device, *, status: int = 303) -> None:
    page = officer.page("/me/passkeys/new")
    fields = passkey_fields(page) | {"name": "钥匙", "answer": device.make(options_on(page))}
    officer.post("/me/passkeys/new", fields, status=status)


def passkeys(desk: Workbench) -> int:
    with desk.installed.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Passkey)) or 0


def test_half_an_hour_alone_locks_and_the_password_goes_on(officer: Officer, clock: Brake) -> None:
    with clock(later(29)):
        assert officer.client.get("/more/").status_code == 200
    with clock(later(61)):
        asked = officer.client.get("/more/?x=1")
        assert asked.location == "/prove?next=/more/?x%3D1"
        page = officer.page("/prove?next=/more/?x%3D1")
        assert not page.tree.xpath("//nav//a[contains(@href, '/notices/')]")
        form = page.form(0) | {"proof_password": PASSWORD}
        assert officer.post("/prove", form) == "/more/?x=1"
        assert officer.client.get("/more/").status_code == 200


def test_looking_keeps_a_session_awake_but_not_over_twelve_hours(officer: Officer, clock: Brake) -> None:
    start = clocks.now()
    for step in range(1, 36):
        with clock(start + timedelta(minutes=20 * step)):
            assert officer.client.get("/more/").status_code == 200
    with clock(start + timedelta(hours=12, minutes=1)):
        assert officer.client.get("/more/").location == "/login?next=/more/"


def test_a_look_writes_nothing_and_marks_the_cookie_once_a_minute(
    desk: Workbench, officer: Officer, clock: Brake
) -> None:
    start = clocks.now()
    officer.page("/more/")
    before = desk.installed.database.commits()
    with clock(start + timedelta(seconds=30)):
        assert "Set-Cookie" not in officer.client.get("/more/").headers
    with clock(start + timedelta(seconds=90)):
        assert "Set-Cookie" in officer.client.get("/more/").headers
        assert "Set-Cookie" not in officer.client.get("/more/").headers
    assert desk.installed.database.commits() == before


def test_a_form_sent_after_a_pause_is_kept_and_goes_where_it_was_sent(
    desk: Workbench, officer: Officer, clock: Brake
) -> None:
    form = officer.page("/me/password").form(1)
    with clock(later(40)):
        typed = form | {"password": NEW, "again": NEW}
        page = sent(officer, "/me/password", typed, status=422)
        kept = page.form(0)
        assert (kept["password"], kept["again"]) == (NEW, NEW)
        wrong = sent(officer, "/me/password", kept | {"proof_password": "wrong"}, status=422)
        assert wrong.form(0)["password"] == NEW
        assert officer.post("/me/password", wrong.form(0) | {"proof_password": PASSWORD}) == "/me/"
    browser = Client(desk.app)
    again = Officer(browser).page("/login").form() | {"username": "limin", "password": NEW}
    assert browser.post("/login", data=again).status_code == 303


def test_a_form_sent_after_the_session_ended_can_be_sent_again(
    desk: Workbench, officer: Officer, clock: Brake
) -> None:
    typed = officer.page("/me/password").form(1) | {"password": NEW, "again": NEW}
    with clock(later(13 * 60)):
        page = sent(officer, "/me/password", typed, status=403)
        again = page.form()
        assert (again["password"], again["again"]) == (NEW, NEW)
        login = officer.page("/login").form(0) | {"username": "limin", "password": PASSWORD}
        officer.post("/login", login)
        once_more = sent(officer, "/me/password", again, status=403)
        assert "CSRF" not in once_more.text
        assert officer.post("/me/password", once_more.form(1) | {"password": NEW, "again": NEW}) == "/me/"


def test_a_grave_act_is_asked_about_after_ten_minutes_and_a_plain_one_is_not(
    officer: Officer, clock: Brake
) -> None:
    with clock(later(11)):
        assert officer.client.get("/more/").status_code == 200
        assert officer.client.get("/me/password").location == "/prove?next=/me/password"


def test_guesses_at_the_proof_are_slowed(officer: Officer, clock: Brake) -> None:
    with clock(later(11)):
        form = officer.page("/prove").form(0) | {"proof_password": "wrong"}
        answers = [sent(officer, "/prove", form, status=422).text for _n in range(7)]
        assert "尝试次数太多" not in answers[5]
        assert "尝试次数太多" in answers[6]


def test_a_new_password_ends_the_other_sessions_alone(desk: Workbench, officer: Officer) -> None:
    other = desk.signed_in("limin")
    form = officer.page("/me/password").form(1) | {"password": NEW, "again": NEW}
    assert officer.post("/me/password", form) == "/me/"
    assert officer.client.get("/more/").status_code == 200
    assert other.client.get("/more/").status_code == 302


@pytest.mark.parametrize(
    "weak", ["limin", "aaaaaaaaaaaaaaaa", "123456789012", "chengxin2026", "qwertyuiop12"]
)
def test_a_password_that_is_guessed_first_is_refused(officer: Officer, weak: str) -> None:
    form = officer.page("/me/password").form(1) | {"password": weak, "again": weak}
    sent(officer, "/me/password", form, status=422)


def test_one_ends_sessions_of_ones_own_and_of_nobody_else(desk: Workbench, officer: Officer) -> None:
    second, third = desk.signed_in("limin"), desk.signed_in("limin")
    colleague = desk.officer("wangqiang", "王强")
    page = officer.page("/me/")
    with desk.installed.database.reading() as session:
        numbers = session.scalars(select(StaffSession.id).order_by(StaffSession.id)).all()
    token = page.form()["csrf_token"]
    officer.post(f"/me/sessions/{numbers[1]}/end", {"csrf_token": token})
    officer.post(f"/me/sessions/{numbers[3]}/end", {"csrf_token": token})
    assert second.client.get("/more/").status_code == 302
    assert colleague.client.get("/more/").status_code == 200
    officer.post("/me/sessions/end-others", {"csrf_token": token})
    assert third.client.get("/more/").status_code == 302
    assert officer.client.get("/more/").status_code == 200


def test_the_page_tells_when_one_last_signed_in(desk: Workbench, officer: Officer, clock: Brake) -> None:
    assert "上次登录 无" in officer.page("/me/").text
    with clock(later(60 * 24)):
        assert "上次登录 无" not in desk.signed_in("limin").page("/me/").text


def test_a_passkey_opens_the_workbench_without_a_password(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    browser = Officer(Client(desk.app))
    page = browser.page("/login?next=/more/")
    fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
    assert browser.post("/login/passkey", fields) == "/more/"
    assert browser.client.get("/more/").status_code == 200


def test_with_a_passkey_the_password_alone_is_not_enough(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    browser = Officer(Client(desk.app))
    form = browser.page("/login").form(0) | {"username": "limin", "password": PASSWORD}
    assert browser.post("/login", form) == "/login/code"
    page = browser.page("/login/code")
    fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
    assert browser.post("/login/passkey", fields) == "/"


def test_an_answer_is_taken_once_and_from_its_own_browser(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    browser, other = Officer(Client(desk.app)), Officer(Client(desk.app))
    page = browser.page("/login")
    fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
    stolen = fields | {"csrf_token": passkey_fields(other.page("/login"))["csrf_token"]}
    sent(other, "/login/passkey", stolen, status=422)
    browser.post("/login/passkey", fields)
    browser.client.get("/more/")
    sent(browser, "/login/passkey", fields, status=403)


@pytest.mark.parametrize(
    "device",
    [Device("https://evil.example"), Device(verifies=False), Device("http://localhost:81")],
    ids=["false site", "owner not recognised", "another port"],
)
def test_a_device_that_must_not_be_believed_adds_nothing(
    desk: Workbench, officer: Officer, device: Device
) -> None:
    add_passkey(officer, device, status=422)
    assert passkeys(desk) == 0


def test_a_device_that_did_not_recognise_its_owner_opens_nothing(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    device.verifies = False
    browser = Officer(Client(desk.app))
    page = browser.page("/login")
    fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
    refused = sent(browser, "/login/passkey", fields, status=422)
    assert "未被接受" in refused.text


def test_a_copied_device_that_counts_less_is_refused(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    for count, status in ((4, 303), (2, 422)):
        device.count = count
        browser = Officer(Client(desk.app))
        page = browser.page("/login")
        fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
        browser.post("/login/passkey", fields, status=status)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 3}', "\u0000", "x" * 9_000])
def test_nonsense_instead_of_an_answer_is_refused(desk: Workbench, answer: str) -> None:
    browser = Officer(Client(desk.app))
    fields = passkey_fields(browser.page("/login")) | {"answer": answer}
    sent(browser, "/login/passkey", fields, status=422)


def test_a_passkey_of_a_closed_account_opens_nothing(desk: Workbench, officer: Officer) -> None:
    device = Device()
    add_passkey(officer, device)
    with desk.installed.database.writing() as session:
        actions.disable(session, actor="command", account_id=1)
    browser = Officer(Client(desk.app))
    page = browser.page("/login")
    fields = passkey_fields(page) | {"answer": device.answer(options_on(page))}
    sent(browser, "/login/passkey", fields, status=422)


def test_a_passkey_proves_who_is_there(desk: Workbench, officer: Officer, clock: Brake) -> None:
    device = Device()
    add_passkey(officer, device)
    with clock(later(11)):
        page = officer.page("/prove?next=/me/password")
        fields = passkey_fields(page) | {"proof_answer": device.answer(options_on(page))}
        assert officer.post("/prove", fields) == "/me/password"
        assert officer.client.get("/me/password").status_code == 200


def test_a_passkey_is_taken_away_by_its_owner_alone(desk: Workbench, officer: Officer) -> None:
    add_passkey(officer, Device())
    stranger = desk.officer("wangqiang", "王强")
    token = stranger.page("/me/").form()["csrf_token"]
    stranger.post("/me/passkeys/1/remove", {"csrf_token": token})
    assert passkeys(desk) == 1
    token = officer.page("/me/").form()["csrf_token"]
    officer.post("/me/passkeys/1/remove", {"csrf_token": token})
    assert passkeys(desk) == 0


def test_no_passkey_is_offered_where_devices_know_none(settings: Settings) -> None:
    officer = Workbench(replace(settings, base_url="http://127.0.0.1:8000")).officer()
    assert "通行密钥" not in officer.page("/me/").text
