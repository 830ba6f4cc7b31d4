"""Articles: moves, addresses, and Markdown that can do no harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from chengxin.bulletins.markdown import ATTRIBUTES, TAGS, to_html, to_text
from chengxin.bulletins.rules import MOVES, Act, State, check_slug, move, usual_slug
from chengxin.core.errors import DomainError


@pytest.mark.parametrize(("state", "act"), [(state, act) for act in Act for state in State])
def test_every_step_is_taken_or_refused_by_the_table(state: State, act: Act) -> None:
    if state in MOVES[act].sources:
        assert move(state, act, reason="理由") is (MOVES[act].target or state)
    else:
        with pytest.raises(DomainError):
            move(state, act, reason="理由")


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(DomainError, match="reason"):
        move(State.PUBLISHED, Act.WITHDRAW)


@pytest.mark.parametrize("slug", ["1122-7", "chengxin-month", "a"])
def test_a_plain_address_is_taken(slug: str) -> None:
    assert check_slug(slug) == slug


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "A", "诚信", "a/b", "a b", "a" * 61, "a\n"])
def test_an_address_nobody_could_type_is_refused(slug: str) -> None:
    with pytest.raises(DomainError):
        check_slug(slug)


def test_the_usual_address_is_the_day_and_a_short_number() -> None:
    assert usual_slug(date(2026, 3, 5), 12) == "0305-12"


def test_raw_html_is_shown_as_text() -> None:
    assert "<script" not in to_html("<script>alert(1)</script>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_runs_is_no_link(address: str) -> None:
    assert "href" not in to_html(f"[x]({address})")


def test_headings_stand_below_the_title_of_the_page() -> None:
    made = to_html("# 一\n\n## 二\n\n### 三").replace("\n", "")
    assert made == "<h2>一</h2><h2>二</h2><h3>三</h3>"


def test_pictures_of_other_hosts_are_never_loaded() -> None:
    assert "<img" not in to_html("![x](https://elsewhere.example/x.png)")


def test_tables_and_lists_are_kept() -> None:
    made = to_html("|项目|金额|\n|-|-|\n|押金|0|\n\n1. 一\n2. 二\n")
    assert "<table>" in made
    assert "<ol>" in made


def test_plain_words_are_left_for_the_index() -> None:
    assert to_text("# 诚信服务月\n\n签约**之前**，先[查询](/agencies/)。") == "诚信服务月 签约之前，先查询。"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_whatever_is_written_only_listed_tags_come_out(text: str) -> None:
    made = to_html(text)
    if not made.strip():
        return
    for element in parser.fragment_fromstring(made, create_parent="div").iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= {*ATTRIBUTES.get(element.tag, ()), "rel"}
