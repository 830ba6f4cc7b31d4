"""The gate of every form: a code that is taken, a cookie that is kept back, and the other language lose no text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from tests import make
from tests.conftest import settings_in
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.core import receipts
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.intake_keys import make_intake_keys
from chengxin.core.once import OnceForm
from chengxin.core.receipts import Receipt
from chengxin.opinions.ratings.models import Rating
from chengxin.standing.objections.models import Objection
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions.models import Suggestion

TEXT = "面试前收六百元内推费，没有开票，交钱以后就联系不上了。"
CASE = {"respondent": "江州捷聘人力资源有限公司", "category": "fees", "facts": TEXT, "contact": "anonymous"}


@dataclass(frozen=True)
class Door:
    """A form: where it stands, what is written in it, the field of the text, and what it makes."""

    path: str
    written: dict[str, str]
    text: str
    model: type[Any]


DOORS = (
    Door("/complaints/new", CASE, "facts", Complaint),
    Door("/reports/new", CASE, "facts", Complaint),
    Door(
        "/suggestions/new",
        {
            "topic": "service",
            "about": "authority",
            "text": TEXT,
            "publication": "agreed",
            "contact": "anonymous",
        },
        "text",
        Suggestion,
    ),
    Door("/corrections/new", {"ground": "missing", "text": TEXT}, "text", Objection),
    Door(
        "/agencies/rated/rate",
        {
            "rater_kind": "job_seeker",
            **dict.fromkeys(("openness", "honesty", "fees", "result", "attitude"), "2"),
            "text": TEXT,
        },
        "text",
        Rating,
    ),
)
WITH_RECEIPT = DOORS[:4]


@pytest.fixture(autouse=True)
def open_office(settings: Settings) -> Iterator[None]:
    make_intake_keys(settings)
    database = Database(settings)
    with database.writing() as session:
        make.agency(session, uid="rated")
    database.dispose()
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture(params=DOORS, ids=lambda door: door.path)
def door(request: pytest.FixtureRequest) -> Door:
    assert isinstance(request.param, Door)
    return request.param


def filled(client: Client, door: Door, prefix: str = "") -> dict[str, str]:
    return read_page(client, f"{prefix}{door.path}").form() | door.written


def sent(client: Client, path: str, fields: dict[str, str], *, status: int = 200) -> Page:
    return read_page(client, path, method="POST", data=fields | {"step": "send"}, status=status)


def kept(settings: Settings, door: Door) -> int:
    database = Database(settings)
    with database.reading() as session:
        number = session.scalar(select(func.count()).select_from(door.model)) or 0
    database.dispose()
    return number


def code_of(page: Page) -> str:
    return str(page.tree.get_element_by_id("receipt-both").text)


@pytest.mark.parametrize("door", WITH_RECEIPT, ids=lambda door: door.path)
def test_a_receipt_is_never_a_strangers(
    client: Client, settings: Settings, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    mint = receipts.mint

    def crowded(secret: str, seed: str, *, attempt: int = 0) -> Receipt:
        made = mint(secret, seed, attempt=attempt)
        return made if attempt else Receipt(receipts.NOBODYS.code, made.words)

    monkeypatch.setattr(receipts, "mint", crowded)
    first, second = filled(client, door), filled(client, door)
    codes = [code_of(sent(client, door.path, fields)) for fields in (first, second, second)]
    assert codes[0] != codes[1] == codes[2]
    assert kept(settings, door) == 2


def test_without_any_cookie_people_are_told_of_the_cookie_and_keep_their_text(
    app: Callable[..., object], settings: Settings, door: Door
) -> None:
    for prefix, words in (("", "Cookie"), ("/en", "one cookie")):
        without = Client(app, use_cookies=False)  # type: ignore[arg-type]
        fields = filled(without, door, prefix)
        for _ in range(2):
            refused = sent(without, f"{prefix}{door.path}", fields, status=403)
            assert words in refused.text
            assert "12333" in refused.text
            assert refused.form()[door.text].strip() == TEXT
    assert kept(settings, door) == 0


@pytest.mark.parametrize("path", ["/track", "/track/evidence"])
def test_who_follows_a_case_without_any_cookie_is_told_of_it_too(
    app: Callable[..., object], path: str
) -> None:
    without = Client(app, use_cookies=False)  # type: ignore[arg-type]
    refused = read_page(without, path, method="POST", data=read_page(without, path).form(), status=403)
    assert "Cookie" in refused.text


def test_a_token_that_waited_too_long_is_not_blamed_on_cookies(client: Client, door: Door) -> None:
    fields = filled(client, door) | {"csrf_token": "foreign"}
    refused = sent(client, door.path, fields, status=403)
    assert "Cookie" not in refused.text
    assert "再按一次" in refused.text


def other_language(shown: Page) -> tuple[str, dict[str, str]]:
    """Return where the button to the other language posts, and its step, as a browser without scripts does."""
    (button,) = shown.tree.xpath("//form//button[@formaction]")
    return button.get("formaction"), {button.get("name"): button.get("value")}


@pytest.mark.parametrize(("prefix", "tags"), [("", ("en", "zh-Hans")), ("/en", ("zh-Hans", "en"))])
def test_the_other_language_takes_the_text_along(
    client: Client, door: Door, prefix: str, tags: tuple[str, str]
) -> None:
    shown = read_page(client, f"{prefix}{door.path}")
    fields = shown.form() | door.written
    for tag in tags:
        where, step = other_language(shown)
        shown = read_page(client, where, method="POST", data=fields | step)
        fields = shown.form()
        assert shown.tree.get("lang") == tag
        assert fields[door.text].strip() == TEXT


@pytest.mark.parametrize("door", DOORS[:3], ids=lambda door: door.path)
def test_the_page_to_check_changes_its_language_and_still_sends(
    client: Client, settings: Settings, door: Door
) -> None:
    fields = filled(client, door)
    checked = read_page(client, door.path, method="POST", data=fields | {"step": "check"})
    where, step = other_language(checked)
    english = read_page(client, where, method="POST", data=checked.form() | step)
    assert (english.tree.get("lang"), english.form()[door.text]) == ("en", TEXT)
    assert kept(settings, door) == 0
    assert code_of(sent(client, where, english.form()))
    assert kept(settings, door) == 1


def test_a_page_that_came_from_a_form_has_no_link_to_the_other_language(client: Client, door: Door) -> None:
    assert read_page(client, door.path).tree.xpath("//a[@class='switch']")
    refused = sent(client, door.path, filled(client, door) | {door.text: "短" * 5000}, status=422)
    assert not refused.tree.xpath("//a[@class='switch'] | //link[@rel='alternate'][@hreflang]")


@pytest.mark.parametrize("door", WITH_RECEIPT, ids=lambda door: door.path)
def test_a_receipt_leaves_no_trace(client: Client, door: Door) -> None:
    answer = sent(client, door.path, filled(client, door)).answer
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("door", WITH_RECEIPT, ids=lambda door: door.path)
def test_a_surge_marks_and_a_flood_keeps_the_text(
    settings: Settings, tmp_path: Any, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OnceForm, "is_hasty", lambda form: False)
    client = Client(create_wsgi(settings_in(tmp_path, usual_daily=1)))
    for _ in range(10):
        sent(client, door.path, filled(client, door))
    refused = sent(client, door.path, filled(client, door), status=429)
    assert "明天" in refused.text
    assert refused.form()[door.text].strip() == TEXT
    database = Database(settings)
    with database.reading() as session:
        marks = list(session.scalars(select(door.model.in_surge).order_by(door.model.id)))
    database.dispose()
    assert marks == [False, *[True] * 9]
