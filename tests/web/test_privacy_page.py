"""The privacy page tells the terms the schedule keeps, how requests are logged here, and what one can do oneself."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.pages import Page, read_page
from werkzeug.test import Client

from chengxin.app import create_wsgi
from chengxin.config import Settings
from chengxin.retention.rules import SCHEDULE, What


def words(settings: Settings, path: str = "/privacy/") -> str:
    return read_page(Client(create_wsgi(settings)), path).text


@pytest.mark.parametrize(
    ("days", "told"), [(180, "保存180天后删除"), (30, "保存30天后删除"), (0, "本站不保存访问日志。")]
)
def test_it_says_how_long_requests_are_logged(settings: Settings, days: int, told: str) -> None:
    assert told in words(replace(settings, access_log_days=days))


def test_it_promises_the_terms_the_schedule_keeps(settings: Settings) -> None:
    terms = {rule.what: rule.term for rule in SCHEDULE}
    told = words(settings)
    assert f"办结后{terms[What.CONTACT].months}个月" in told.replace("案件、建议或异议", "")
    assert f"办结后{terms[What.WORDS].months // 12}年" in told
    assert f"撤回的案件{terms[What.UNHANDLED].months}个月" in told
    assert f"办结后{terms[What.ASKED].days}天" in told
    assert f"再过{terms[What.RECEIPT].days}天失效" in told
    assert f"{terms[What.COPY].days}天" in told
    assert f"发出后{terms[What.MAIL].days}天" in told
    assert terms[What.CONTACT] == terms[What.SUGGESTION_CONTACT] == terms[What.OBJECTION_CONTACT]
    assert terms[What.WORDS] == terms[What.SUGGESTION_WORDS] == terms[What.OBJECTION_WORDS]


def test_it_leads_to_where_one_sees_corrects_and_erases_ones_data(page: Callable[..., Page]) -> None:
    for language in ("", "/en"):
        shown = page(f"{language}/privacy/")
        assert shown.tree.xpath(f"//main//a[@href='{language}/track']")
    assert "Who reports a violation" in shown.text
    assert not shown.unmarked_chinese
