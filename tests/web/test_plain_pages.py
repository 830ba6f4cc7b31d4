"""The plain pages and the display choice."""

from collections.abc import Callable

import pytest
from tests.pages import Page
from werkzeug.test import Client

Reader = Callable[..., Page]


@pytest.mark.parametrize("path", ["/more/", "/about/", "/privacy/", "/accessibility/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_plain_page_is_there_in_both_languages(page: Reader, path: str, language: str) -> None:
    answer = page(f"{language}{path}").answer
    assert "Set-Cookie" not in answer.headers


def test_a_display_choice_is_kept_in_one_cookie(client: Client, page: Reader) -> None:
    fields = page("/display").form()
    chosen = {**fields, "size": "text-larger", "contrast": "contrast-high", "theme": "standard"}
    answer = client.post("/display", data=chosen)
    assert answer.status_code == 303
    assert page("/").tree.get("class") == "contrast-high text-larger"
    assert page("/display").form()["size"] == "text-larger"


def test_the_standard_display_takes_the_cookie_back(client: Client, page: Reader) -> None:
    client.set_cookie("display", "text-large")
    assert page("/").tree.get("class") == "text-large"
    fields = page("/display").form()
    client.post("/display", data={**fields, "size": "standard"})
    assert page("/").tree.get("class") is None


def test_a_display_choice_that_is_not_offered_comes_back_as_an_error(client: Client, page: Reader) -> None:
    fields = page("/display").form()
    asked = page("/display", status=422, method="POST", data={**fields, "size": "huge"})
    assert asked.tree.xpath("//div[@class='errors']//a/@href") == ["#size-0"]
    assert client.get_cookie("display") is None


def test_a_cookie_with_unknown_words_changes_nothing(client: Client, page: Reader) -> None:
    client.set_cookie("display", "evil.text-large")
    assert page("/").tree.get("class") == "text-large"


def test_a_choice_made_too_often_waits_and_is_still_there(page: Reader, client: Client) -> None:
    fields = page("/display").form() | {"size": "text-large", "contrast": "standard", "theme": "standard"}
    answers = [client.post("/display", data=fields) for _ in range(121)]
    assert [answers[0].status_code, answers[-1].status_code] == [303, 429]
    assert "checked" in answers[-1].text
