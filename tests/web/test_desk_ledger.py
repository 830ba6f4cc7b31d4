"""The auditor's view: newest first, filters, export, check, who read what, and never a word of a complaint."""

import ast
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text
from tests import make
from tests.desk import Officer, Workbench

import chengxin
from chengxin.config import Settings
from chengxin.core import clock as clocks
from chengxin.core import i18n
from chengxin.desk.auditing.ledger_words import _OTHERS, KIND, WORDS
from chengxin.desk.history import ACTORS, VERBS
from chengxin.ledger import actions, reads
from chengxin.ledger.rules import Entry, Subject

CATALOGUE = Path(i18n.__file__).parents[1] / "translations/zh_Hans_CN/LC_MESSAGES/messages.po"


@pytest.fixture
def desk(settings: Settings) -> Iterator[Workbench]:
    bench = Workbench(settings)
    yield bench
    bench.installed.database.dispose()


@pytest.fixture
def auditor(desk: Workbench) -> Officer:
    return desk.officer("sunjing", "孙静", roles="auditor")


def write(desk: Workbench, count: int, **values: object) -> None:
    given = {"actor": "command", "verb": "sanction.drafted", "subject": Subject("sanction", 1), **values}
    with desk.installed.database.writing() as session:
        actions.record_many(session, (Entry(**given) for _ in range(count)))  # type: ignore[arg-type]


def read(desk: Workbench, *, actor: str, record: int) -> None:
    with desk.installed.database.writing() as session:
        reads.note(session, actor=actor, subject=Subject("complaint", record), purpose="handling")


def numbers(officer: Officer, path: str) -> list[int]:
    cells = officer.page(path).tree.xpath("//tbody/tr/td[1]")
    return [int(cell.text_content()) for cell in cells]


def test_events_stand_newest_first_and_lead_on_to_the_oldest(desk: Workbench, auditor: Officer) -> None:
    write(desk, 130)
    seen, path = [], "/ledger/"
    while path:
        page = auditor.page(path)
        seen += [int(cell.text_content()) for cell in page.tree.xpath("//tbody/tr/td[1]")]
        path = next(iter(page.tree.xpath("//a[@rel='next']/@href")), "")
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == 1
    assert len(seen) == len(set(seen)) >= 130


def test_filters_narrow_the_list(desk: Workbench, auditor: Officer) -> None:
    write(desk, 3)
    write(desk, 2, verb="article.held", subject=Subject("article", 7), actor="worker")
    assert len(numbers(auditor, "/ledger/?verb=article.held")) == 2
    assert len(numbers(auditor, "/ledger/?kind=article&record=7")) == 2
    assert len(numbers(auditor, "/ledger/?actor=worker")) == 2
    assert len(numbers(auditor, "/ledger/?kind=sanction&actor=command")) == 3
    assert numbers(auditor, "/ledger/?until=2020-01-01") == []
    assert numbers(auditor, "/ledger/?verb=article.held&since=2999-01-01") == []


def test_an_address_with_nonsense_narrows_nothing_or_is_not_found(desk: Workbench, auditor: Officer) -> None:
    write(desk, 1)
    assert numbers(auditor, "/ledger/?verb=%00&kind=x&record=1e9&since=2026-99-99&actor=account:x")
    auditor.page("/ledger/?before=yesterday_1", status=404)
    auditor.page("/ledger/?before=2026-01-01T00:00:00_1", status=404)


def test_reads_alone_can_be_listed_with_their_purpose(desk: Workbench, auditor: Officer) -> None:
    write(desk, 2)
    read(desk, actor="account:1", record=5)
    page = auditor.page("/ledger/?reads=1")
    assert len(page.tree.xpath("//tbody/tr")) == 1
    assert "办理案件" in page.text


def test_who_read_what_is_counted_by_officer_and_by_record(desk: Workbench, auditor: Officer) -> None:
    limin = desk.account()
    for record in (5, 6):
        read(desk, actor=f"account:{limin.id}", record=record)
    read(desk, actor="account:1", record=5)
    page = auditor.page("/ledger/reads/")
    rows = [[cell.text_content() for cell in row] for row in page.tree.xpath("//tbody/tr")]
    assert [row[:4] for row in rows] == [
        ["李敏", "2", "0", "2"],
        ["孙静", "1", "0", "1"],
        ["案件 5", "2", "0", "2"],
        ["案件 6", "1", "0", "1"],
    ]
    assert "李敏" in auditor.page(page.tree.xpath("//tbody/tr/th/a/@href")[2]).text


def test_the_export_holds_every_event_that_fits(desk: Workbench, auditor: Officer) -> None:
    write(desk, 1_200, verb="article.held", reason="=1+1")
    table = auditor.client.get("/ledger.csv?verb=article.held")
    assert len(table.text.splitlines()) == 1_201
    assert ",'=1+1," in table.text
    told = json.loads(auditor.client.get("/ledger.json?verb=article.held").text)
    assert len(told["events"]) == 1_200
    assert told["events"][0]["reason"] == "=1+1"
    assert json.loads(auditor.client.get("/ledger.json?until=2020-01-01").text) == {"events": []}


def test_checking_says_so_and_is_kept(desk: Workbench, auditor: Officer) -> None:
    write(desk, 3)
    assert "还没有人核验" in auditor.page("/ledger/").text
    auditor.post("/ledger/verify", auditor.page("/ledger/").form())
    page = auditor.page("/ledger/")
    assert "孙静" in page.text
    assert "与链和锚点一致" in page.text


def test_a_check_that_finds_a_break_says_which_and_is_kept(desk: Workbench, auditor: Officer) -> None:
    write(desk, 3)
    form = auditor.page("/ledger/").form()
    with desk.installed.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE id = (SELECT max(id) FROM event)"))
    auditor.post("/ledger/verify", form)
    for path in ("/ledger/", "/ledger/?page=again"):
        page = auditor.page(path)
        assert "chengxin log anchor --accept" in page.text
        assert "孙静核验：台账不一致，发现1处。" in page.text
    assert "ledger.verify" in auditor.client.get("/ledger.csv").text


def test_a_case_is_found_by_its_number_and_shown_with_it(desk: Workbench, auditor: Officer) -> None:
    desk.case(), desk.case()
    case = desk.case()
    for path in (
        f"/ledger/?record={case.case_no}",
        f"/ledger/?record={case.case_no.lower()}",
        f"/ledger/?kind=complaint&record={case.case_no}",
        f"/ledger/?kind=complaint&record={case.id}",
    ):
        page = auditor.page(path)
        assert page.tree.xpath("//tbody/tr/td[5]")[0].text_content() == f"案件 {case.case_no}"
        assert len(page.tree.xpath("//tbody/tr")) == 1


def test_a_notice_is_found_by_its_public_number_and_by_that_of_its_decision(
    desk: Workbench, auditor: Officer
) -> None:
    with desk.installed.database.writing() as session:
        held = make.notice(session)
    write(desk, 1, subject=Subject("sanction", held.id + 1))
    wanted = numbers(auditor, f"/ledger/?kind=sanction&record={held.id}")
    public = f"{held.year}/{held.number}"
    for typed in (public, public.replace("/", "-"), held.decision_no):
        assert numbers(auditor, f"/ledger/?{urlencode({'record': typed})}") == wanted != []
    assert f"公告 {public}" in auditor.page(f"/ledger/?record={public}").text


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("record=675", "675"),
        ("record=TS20990101-AAAA-AAAA", "TS20990101-AAAA-AAAA"),
        ("kind=complaint&record=2026/12", "2026/12"),
        ("since=2026-99-99", "2026-99-99"),
        ("verb=no.such", "no.such"),
        ("reads=1&verb=article.held", "article.held"),
    ],
)
def test_a_filter_that_cannot_be_used_is_named_and_no_export_ignores_it(
    desk: Workbench, auditor: Officer, query: str, typed: str
) -> None:
    write(desk, 1)
    alert = auditor.page(f"/ledger/?{query}").tree.xpath("string(//*[@role='alert'])")
    assert f"“{typed}”" in alert
    assert auditor.client.get(f"/ledger.csv?{query}").status_code == 404
    assert auditor.client.get(f"/ledger.json?{query}").status_code == 404


def test_a_record_leads_to_who_read_it_in_lists_and_searches_too(desk: Workbench, auditor: Officer) -> None:
    case = desk.case()
    desk.officer().page("/?texts=1&words=anything")
    page = auditor.page(f"/ledger/?record={case.case_no}")
    there = page.tree.xpath("string(//a[contains(@href, 'reads=1')]/@href)")
    assert f"办理案件 · 检索过 (1): 案件 {case.case_no}" in auditor.page(there).text
    counted = auditor.page("/ledger/reads/").tree.xpath("//section[2]//tbody/tr")
    assert [cell.text_content() for cell in counted[0]][:4] == [f"案件 {case.case_no}", "0", "1", "1"]


def test_an_export_of_the_ledger_asks_for_the_password_again(
    desk: Workbench, auditor: Officer, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    with clock(clocks.now() + timedelta(minutes=11)):
        for path in ("/ledger.csv", "/ledger.json"):
            answer = auditor.client.get(path)
            assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/prove")


def test_the_auditor_sees_no_word_of_a_complaint(desk: Workbench, auditor: Officer) -> None:
    desk.case(facts="交了两千元押金，三个月不安排工作，电话也不接。")
    for path in ("/ledger/", "/ledger.csv", "/ledger.json", "/ledger/reads/"):
        answer = auditor.client.get(path)
        assert answer.status_code == 200
        assert "押金" not in answer.text
        assert "13900000000" not in answer.text


@pytest.mark.parametrize("path", ["/ledger/", "/ledger.csv", "/ledger.json", "/ledger/reads/"])
def test_the_ledger_is_shut_to_those_without_its_right(desk: Workbench, path: str) -> None:
    assert desk.officer().client.get(path).status_code == 403


def verbs_in_the_code() -> set[str]:
    """Give the verbs that are written out, by name or as an argument of a room's own recorder."""
    found: set[str] = set()
    for path in Path(chengxin.__file__).parent.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        for call in calls:
            given = [each.value for each in call.keywords if each.arg == "verb"]
            noted = getattr(call.func, "id", "") in {"_note", "_record"} and ast.unparse(call).startswith(
                ("_note(session", "_record(session")
            )
            given += call.args if noted else []
            found |= {str(each.value) for each in given if isinstance(each, ast.Constant)}
    return found


def test_every_verb_that_is_recorded_has_words_in_both_languages() -> None:
    """A verb without its room in front stands for one of `room.verb`, as the room's own recorder makes it."""
    rooms = {verb.partition(".")[2] for verb in WORDS}
    found = verbs_in_the_code() - set(ACTORS)
    assert len(found) > 40
    assert sorted(verb for verb in found if verb not in WORDS and verb not in rooms) == []
    catalogue = CATALOGUE.read_text()
    msgids = {str(label._args[0]) for label in WORDS.values()}  # type: ignore[attr-defined]  # noqa: SLF001
    assert sorted(words for words in msgids if f'msgid "{words}"' not in catalogue) == []


def test_no_verb_has_words_of_its_own_beside_those_of_its_room() -> None:
    assert sorted(set(_OTHERS) & set(VERBS)) == []


def test_every_kind_of_record_has_words() -> None:
    kinds = {
        str(call.args[0].value)
        for path in Path(chengxin.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "Subject"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(kinds) > 15
    assert sorted(kinds - set(KIND)) == []
