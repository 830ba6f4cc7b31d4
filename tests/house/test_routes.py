"""No address vanishes unnoticed, none is added by accident, and no GET can write."""

from pathlib import Path

import pytest
from flask import Flask

from chengxin.app import create_desk, create_public, installation_of
from chengxin.config import Settings
from chengxin.core.web import writing

KNOWN = Path(__file__).with_name("routes.txt")
WITHOUT_TOKEN: frozenset[str] = frozenset()


@pytest.fixture
def faces(settings: Settings) -> dict[str, Flask]:
    installed = installation_of(settings)
    return {"": create_public(installed), "/desk": create_desk(installed)}


def routes(faces: dict[str, Flask]) -> list[str]:
    return sorted(
        f"{','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {mount}{rule.rule}"
        for mount, app in faces.items()
        for rule in app.url_map.iter_rules()
    )


def test_every_address_is_known(faces: dict[str, Flask]) -> None:
    """An address that goes needs a redirect; a new one is added to routes.txt on purpose."""
    assert routes(faces) == KNOWN.read_text().splitlines()


def test_no_get_can_write(faces: dict[str, Flask]) -> None:
    for method in ("GET", "HEAD"):
        with faces[""].test_request_context("/", method=method), pytest.raises(RuntimeError), writing():
            pass


def test_no_address_takes_both_get_and_post_in_one_view(faces: dict[str, Flask]) -> None:
    """A view either shows or acts, so that what a GET does can be read off its name."""
    both = [each for each in routes(faces) if each.startswith("GET,POST ")]
    assert both == []


def test_no_post_works_without_its_token(faces: dict[str, Flask]) -> None:
    accepted = []
    for mount, app in faces.items():
        client = app.test_client()
        for rule in app.url_map.iter_rules():
            if "POST" not in (rule.methods or set()):
                continue
            values = dict.fromkeys(rule.arguments, "1")
            with app.test_request_context():
                path = app.url_map.bind("localhost").build(rule.endpoint, values, method="POST")
            status = client.post(path, data={"step": "send"}).status_code
            if status < 400 and f"{mount}{rule.rule}" not in WITHOUT_TOKEN:
                accepted.append(f"{mount}{rule.rule} {status}")
    assert accepted == []
