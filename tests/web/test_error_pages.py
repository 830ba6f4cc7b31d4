"""Error pages: in both languages, on both faces, with a way on."""

from collections.abc import Callable

import pytest
from flask import Flask, abort
from tests.conftest import settings_in
from tests.pages import Page
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.config import Settings
from chengxin.core.error_pages import OFFERED
from chengxin.core.i18n import LanguageInAddress

Reader = Callable[..., Page]


def broken() -> str:
    raise KeyError("a secret of the page")


@pytest.fixture
def failing(settings: Settings) -> Client:
    app: Flask = create_public(installation_of(settings))
    app.add_url_rule("/fail/<int:code>", "fail", abort)
    app.add_url_rule("/break", "break", broken)
    return Client(LanguageInAddress(app))


@pytest.mark.parametrize("code", sorted(OFFERED))
@pytest.mark.parametrize(("language", "back"), [("", "回到首页"), ("/en", "To the front page")])
def test_every_error_has_a_page_in_both_languages(
    failing: Client, code: int, language: str, back: str
) -> None:
    answer = failing.get(f"{language}/fail/{code}")
    assert answer.status_code == code
    assert back in answer.text
    assert "12333" in answer.text


def test_a_broken_page_is_a_500_that_tells_nothing(failing: Client) -> None:
    answer = failing.get("/break")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "这里出了问题" in answer.text


def test_a_missing_page_offers_the_navigation(page: Reader) -> None:
    missing = page("/nowhere/at/all", status=404)
    assert missing.tree.xpath("//nav//a[@href='/notices/']")


def test_the_desk_has_its_own_error_page(page: Reader) -> None:
    missing = page("/desk/nowhere/at/all", status=404)
    assert missing.tree.xpath("//a[@class='brand']/@href") == ["/desk/"]
    assert missing.tree.xpath("//a[@class='button']/@href") == ["/desk/"]


def test_a_wrong_method_says_which_are_right(client: Client) -> None:
    answer = client.post("/about/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_name_of_the_site_can_be_set(settings: Settings) -> None:
    named = settings_in(settings.data_dir, site_name="江州诚信")
    app = create_public(installation_of(named))
    assert "江州诚信" in Client(LanguageInAddress(app)).get("/about/").text
