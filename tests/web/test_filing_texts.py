"""Texts as people really paste them: every length, every padding, every odd character, and none is lost."""

import random
import statistics
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from lxml import html
from tests.filing import DOORS, WRITTEN
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.forms import clean
from chengxin.core.intake_keys import make_intake_keys
from chengxin.core.typed import tidied
from chengxin.voices.complaints.forms import ComplaintForm

LONGEST = 3_707
PADDING = ("\t", "\r\n", "\n\n\n", "  ", "\u3000", "\r\n\t\t\r\n", " \n \n ")
WORDS = "我在江州交了六百元内推费他们说三天上岗没有收据后来电话打不通门店关了微信也拉黑请帮忙查一查"


@pytest.fixture(autouse=True)
def open_office(settings: Settings) -> Iterator[None]:
    make_intake_keys(settings)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def public(settings: Settings) -> Flask:
    return create_public(installation_of(settings))


def lengths(dice: random.Random) -> list[int]:
    """Return 4,000 lengths of the shape of real complaints: many short ones, few very long ones."""
    drawn = [max(20, min(LONGEST, int(dice.lognormvariate(5.333, 1.05)))) for _ in range(3_999)]
    return [*drawn, LONGEST]


def pasted(dice: random.Random, length: int) -> str:
    letters = [dice.choice(WORDS) for _ in range(length)]
    for _ in range(1 + length // 40):
        letters.insert(dice.randrange(1, len(letters)), dice.choice(PADDING))
    return "\t\r\n" * dice.randrange(4) + "".join(letters) + " \t\r\n" * dice.randrange(200)


def test_four_thousand_real_shapes_pass(public: Flask) -> None:
    dice = random.Random(46)
    drawn = lengths(dice)
    assert 180 < statistics.median(drawn) < 235
    assert sorted(drawn)[int(len(drawn) * 0.99)] < 2_795
    refused = []
    with public.test_request_context("/complaints/new", method="POST"):
        for length in drawn:
            form = ComplaintForm(formdata=MultiDict({**WRITTEN, "facts": pasted(dice, length)}))
            form.facts.validate(form)
            refused += [length] if form.facts.errors else []
    assert refused == []


@pytest.mark.parametrize(("length", "passes"), [(19, False), (20, True), (4_200, True), (4_201, False)])
def test_padding_never_counts(public: Flask, length: int, passes: bool) -> None:  # noqa: FBT001 (a row)
    text = "\n \t".join(["长" * 9, "长" * (length - 10)])
    with public.test_request_context("/complaints/new", method="POST"):
        form = ComplaintForm(formdata=MultiDict({"facts": "\r\n\t" * 5_000 + text + " \n" * 5_000}))
        form.facts.validate(form)
    assert len(form.facts.data or "") == length
    assert bool(form.facts.errors) != passes


@given(st.lists(st.sampled_from([*PADDING, "字", "。", "1", "x"]), max_size=60))
def test_tidying_twice_changes_nothing_more(parts: list[str]) -> None:
    text = "".join(parts)
    once = tidied(text)
    assert tidied(once) == once
    assert "".join(once.split()) == "".join(text.split())


@tried(max_examples=10, suppress_health_check=list(HealthCheck))
@given(
    facts=st.text(min_size=20, max_size=300),
    respondent=st.text(max_size=80),
    others=st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            (
                "category",
                "contact",
                "phone",
                "name",
                "happened_from",
                "place",
                "amount",
                "proceedings",
                "agency",
            ),
            st.text(max_size=30),
        ),
    ),
    path=st.sampled_from(DOORS),
)
def test_whatever_is_refused_the_text_comes_back(
    client: Client, facts: str, respondent: str, others: dict[str, str], path: str
) -> None:
    asked = html.fromstring(client.get(path).text)
    hidden = {each.name: each.value for each in asked.xpath("//form//input[@type='hidden']")}
    fields = hidden | WRITTEN | others | {"facts": facts, "respondent": respondent}
    for name in ("csrf_token", "key", "consent"):
        answer = client.post(path, data=fields | {name: "mine"})
        assert answer.status_code in {403, 422}
        kept = html.fromstring(answer.text).xpath("//*[@name='facts']")[0]
        assert (kept.value or "").strip() == clean(tidied(facts))
