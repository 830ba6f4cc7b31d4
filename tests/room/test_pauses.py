"""Pauses after wrong guesses grow for one network, leave every other alone, and end with the right one."""

import os
import secrets
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from chengxin.app import installation_of
from chengxin.config import Settings
from chengxin.core.frame import build
from chengxin.core.pauses import FREE, LONGEST_SECONDS, minutes_to_pause, pause_after, was_right

REDIS = os.environ.get("CHENGXIN_TEST_REDIS", "")
STORES = ["", *([REDIS] if REDIS else [])]
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.1"


def frame(settings: Settings) -> Flask:
    return build("pauses", installation_of(settings), cookie="form")


def guess(app: Flask, scope: str, address: str = HOME) -> int:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        return minutes_to_pause(scope)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_pause_never_shrinks_and_never_grows_over_an_hour(guesses: int) -> None:
    assert 0 <= pause_after(guesses) <= pause_after(guesses + 1) <= LONGEST_SECONDS


def test_pauses_double_after_the_free_guesses() -> None:
    assert [pause_after(n) for n in range(FREE, FREE + 5)] == [0, 30, 60, 120, 240]


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
        was_right(scope)
    assert [guess(app, scope) for _n in range(FREE)] == [0] * FREE


def test_a_lost_redis_pauses_in_memory(settings: Settings) -> None:
    app, scope = frame(replace(settings, redis_url="redis://127.0.0.1:1/0")), secrets.token_hex(8)
    assert [guess(app, scope) for _n in range(FREE + 2)] == [0] * (FREE + 1) + [1]


def test_pauses_that_are_off_let_everything_through(settings: Settings) -> None:
    app = frame(replace(settings, rate_limits="off"))
    assert not any(guess(app, "off") for _n in range(FREE + 3))
