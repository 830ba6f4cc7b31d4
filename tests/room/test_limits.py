"""Limits count networks softly, in memory and in Redis, and go on when Redis is gone."""

import os
import secrets
from dataclasses import replace

import pytest
from flask import Flask

from chengxin.app import installation_of
from chengxin.config import Settings
from chengxin.core.frame import build
from chengxin.core.limits import minutes_to_wait, network_key

REDIS = os.environ.get("CHENGXIN_TEST_REDIS", "")
STORES = ["", *([REDIS] if REDIS else [])]


def frame(settings: Settings) -> Flask:
    return build("limits", installation_of(settings), cookie="form")


def ask(app: Flask, address: str, scope: str, limit: str) -> int:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return minutes_to_wait(scope, limit)


@pytest.mark.parametrize("store", STORES)
def test_the_fourth_of_three_waits(settings: Settings, store: str) -> None:
    app = frame(replace(settings, redis_url=store))
    scope = secrets.token_hex(8)
    assert [ask(app, "192.0.2.1", scope, "3/hour") for _ in range(3)] == [0, 0, 0]
    assert 1 <= ask(app, "192.0.2.1", scope, "3/hour") <= 60
    assert ask(app, "198.51.100.1", scope, "3/hour") == 0


def test_limits_that_are_off_let_everything_through(settings: Settings) -> None:
    app = frame(replace(settings, rate_limits="off"))
    assert [ask(app, "192.0.2.1", "off", "1/hour") for _ in range(3)] == [0, 0, 0]


def test_a_lost_redis_counts_in_memory(settings: Settings) -> None:
    app = frame(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    assert [ask(app, "192.0.2.1", "lost", "2/hour") for _ in range(2)] == [0, 0]
    assert ask(app, "192.0.2.1", "lost", "2/hour") > 0


def test_the_key_names_a_network_and_not_an_address(settings: Settings) -> None:
    app = frame(settings)
    keys = []
    for address in (
        "192.0.2.1",
        "192.0.2.200",
        "192.0.3.1",
        "2001:db8::1",
        "2001:db8::ffff",
        "2001:db8:0:1::1",
    ):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            keys.append(network_key())
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] == keys[4] != keys[5]
    assert "192" not in keys[0]
