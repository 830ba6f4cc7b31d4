"""Pauses after wrong guesses grow for one network, leave every other alone, and end with the right one."""

import os
import secrets
from dataclasses import replace

import pytest
from flask import Flask

from chengxin.app import installation_of
from chengxin.config import Settings
from chengxin.core.frame import build
from chengxin.core.pauses import SIGN_IN, at_sign_in

REDIS = os.environ.get("CHENGXIN_TEST_REDIS", "")
STORES = ["", *([REDIS] if REDIS else [])]
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.1"
FREE = SIGN_IN.free


def frame(settings: Settings) -> Flask:
    return build("pauses", installation_of(settings), cookie="form")


def guess(app: Flask, scope: str, address: str = HOME) -> int:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return at_sign_in(scope).note_or_wait()


@pytest.mark.parametrize("store", STORES)
def test_guesses_pause_one_network_at_one_thing(settings: Settings, store: str) -> None:
    app, scope = frame(replace(settings, redis_url=store)), secrets.token_hex(8)
    assert [guess(app, scope) for _n in range(FREE + 1)] == [0] * (FREE + 1)
    assert guess(app, scope) == 1
    assert guess(app, scope, ELSEWHERE) == 0
    assert guess(app, secrets.token_hex(8)) == 0


@pytest.mark.parametrize("store", STORES)
def test_what_is_right_makes_guesses_free_again(settings: Settings, store: str) -> None:
    app, scope = frame(replace(settings, redis_url=store)), secrets.token_hex(8)
    for _n in range(FREE + 2):
        guess(app, scope)
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": HOME}):
        at_sign_in(scope).forget()
    assert [guess(app, scope) for _n in range(FREE)] == [0] * FREE


def test_a_lost_redis_pauses_in_memory(settings: Settings) -> None:
    app, scope = frame(replace(settings, redis_url="redis://127.0.0.1:1/0")), secrets.token_hex(8)
    assert [guess(app, scope) for _n in range(FREE + 2)] == [0] * (FREE + 1) + [1]


def test_pauses_that_are_off_let_everything_through(settings: Settings) -> None:
    app = frame(replace(settings, rate_limits="off"))
    assert not any(guess(app, "off") for _n in range(FREE + 3))
