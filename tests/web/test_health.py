"""Machines can ask whether the site lives."""

from pathlib import Path

from tests.conftest import settings_in
from werkzeug.test import Client

from chengxin.app import create_wsgi


def test_a_living_site_is_ready(client: Client) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").status_code == 200
    assert "Disallow: /track" in client.get("/robots.txt").text


def test_a_site_without_database_lives_but_is_not_ready(tmp_path: Path) -> None:
    nowhere = settings_in(tmp_path, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none")
    client = Client(create_wsgi(nowhere))
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
