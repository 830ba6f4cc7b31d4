"""Articles: moves, addresses, and Markdown that can do no harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from chengxin.bulletins.markdown import ATTRIBUTES, TAGS, Picture, to_html, to_text
from chengxin.bulletins.rules import (
    MOVES,
    Act,
    CaseKind,
    Column,
    State,
    check_case,
    check_slug,
    index_no,
    is_valid,
    move,
    usual_slug,
)
from chengxin.core.errors import DomainError

OWN = Picture(7, "/news/pictures/a-1.jpg", "签署承诺书", 40, 30)


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


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/x.png",
        "//elsewhere.example/x.png",
        "/news/pictures/of-another.jpg",
        "picture-8",
        "picture-07",
        "picture-7/../8",
        "data:image/png;base64,AAAA",
    ],
)
def test_a_picture_that_is_not_the_articles_own_leaves_only_its_words(address: str) -> None:
    made = to_html(f"看![承诺现场]({address})图", [OWN])
    assert "<img" not in made
    assert "承诺现场" in made or "![" in made


def test_a_picture_of_the_article_is_shown_with_its_words() -> None:
    made = parser.fragment_fromstring(to_html("![承诺现场](picture-7)", [OWN]), create_parent="div")
    shown = made.xpath(".//img")[0]
    assert (shown.get("src"), shown.get("alt")) == ("/news/pictures/a-1.jpg", "承诺现场")
    assert (shown.get("width"), shown.get("height")) == ("40", "30")


def test_a_picture_named_without_words_keeps_its_own() -> None:
    assert 'alt="签署承诺书"' in to_html("![](picture-7)", [OWN])


@pytest.mark.parametrize(
    ("written", "bold"),
    [
        ("**收费：**公开", ["收费："]),
        ("看**“收费”**公示", ["“收费”"]),
        ("**第一。**第二", ["第一。"]),
        ("做到**三件事**，就是诚信", ["三件事"]),
        ("a **b** c", ["b"]),
        ("价格**（含税）**不变**！**", ["（含税）", "！"]),
    ],
)
def test_words_are_bold_beside_chinese_marks(written: str, bold: list[str]) -> None:
    made = parser.fragment_fromstring(to_html(written), create_parent="div")
    assert made.xpath(".//strong/text()") == bold


@pytest.mark.parametrize("written", ["2 * 3 * 4", "5* 6*", "*", "**", "收 ** 费"])
def test_a_lone_star_stays_a_star(written: str) -> None:
    assert not parser.fragment_fromstring(to_html(written), create_parent="div").xpath(".//em|.//strong")


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize("kind", ["", *CaseKind])
def test_a_case_and_only_a_case_says_what_it_teaches(column: Column, kind: str) -> None:
    if (column is Column.CASES) == bool(kind):
        check_case(column, kind)
    else:
        with pytest.raises(DomainError):
            check_case(column, kind)


def test_a_rule_applies_through_its_last_day() -> None:
    last = date(2026, 12, 31)
    assert is_valid(last, last)
    assert not is_valid(last, date(2027, 1, 1))
    assert is_valid(None, date(2099, 1, 1))


def test_an_index_number_tells_year_column_and_article() -> None:
    assert index_no(2026, "regulations", 42) == "2026-03-00042"


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
