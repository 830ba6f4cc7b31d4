"""Wrong phrases are counted by code and network, in memory and in Redis, and still when Redis is gone."""

import os
import secrets
from dataclasses import replace

import pytest
from flask import Flask
from tests.room.test_limits import frame

from chengxin.config import Settings
from chengxin.core.pauses import PHRASE_EVERYWHERE, PHRASE_HERE, at_phrase

REDIS = os.environ.get("CHENGXIN_TEST_REDIS", "")
STORES = ["", *([REDIS] if REDIS else [])]
HERE = "192.0.2.1"
FREE_HERE, FREE_EVERYWHERE = PHRASE_HERE.free + 1, PHRASE_EVERYWHERE.free + 1


@pytest.fixture
def code() -> str:
    return secrets.token_hex(16)


def wrong(app: Flask, code: str, *, times: int = 1, address: str = HERE) -> None:
    for _ in range(times):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            at_phrase(code).note()


def pause(app: Flask, code: str, *, address: str = HERE) -> int:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return at_phrase(code).minutes_left()


@pytest.mark.parametrize("store", STORES)
def test_a_guesser_waits_and_the_holder_elsewhere_does_not(settings: Settings, store: str, code: str) -> None:
    app = frame(replace(settings, redis_url=store))
    wrong(app, code, times=FREE_HERE - 1)
    assert pause(app, code) == 0
    wrong(app, code)
    assert pause(app, code) == 1
    assert pause(app, code, address="198.51.100.1") == 0


@pytest.mark.parametrize("store", STORES)
def test_guessers_in_many_places_wait_together(settings: Settings, store: str, code: str) -> None:
    app = frame(replace(settings, redis_url=store))
    for place in range(FREE_EVERYWHERE):
        wrong(app, code, address=f"198.51.{place}.1")
    assert pause(app, code, address="203.0.113.1") == 1


@pytest.mark.parametrize("store", STORES)
def test_the_right_phrase_forgets_the_wrong_ones_of_its_network(
    settings: Settings, store: str, code: str
) -> None:
    app = frame(replace(settings, redis_url=store))
    wrong(app, code, times=FREE_HERE - 1)
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": HERE}):
        at_phrase(code).forget()
    wrong(app, code, times=FREE_HERE - 1)
    assert pause(app, code) == 0


def test_a_lost_redis_counts_in_memory_and_is_told_to_the_operator(
    settings: Settings, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = frame(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    wrong(app, code, times=FREE_HERE)
    assert pause(app, code) == 1
    assert "the shared limits do not answer" in caplog.text
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": HERE}):
        at_phrase(code).forget()
    assert pause(app, code) == 0


def test_where_limits_are_off_nothing_is_counted(settings: Settings, code: str) -> None:
    app = frame(replace(settings, rate_limits="off"))
    wrong(app, code, times=2 * FREE_HERE)
    assert pause(app, code) == 0
