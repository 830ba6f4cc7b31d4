"""The monthly report in public: sums that hold, hidden cells, wordings side by side, and every format."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests import make
from tests.pages import read_page
from werkzeug.test import Client

from chengxin.app import create_public, installation_of
from chengxin.cli import counting
from chengxin.config import Settings
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.i18n import LanguageInAddress
from chengxin.core.sealing import Keyring
from chengxin.figures import actions, following
from chengxin.voices.complaints.moving import move_case
from chengxin.voices.complaints.rules import Move

DESK = Keyring.generate()
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def site(settings: Settings) -> Iterator[Client]:
    installed = installation_of(settings)
    with frozen(datetime(2026, 10, 2, 4, tzinfo=UTC)):
        yield Client(LanguageInAddress(create_public(installed)))
    installed.database.dispose()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings)
    yield opened
    opened.dispose()


def happen(database: Database, *, fees: int = 9, wages: int = 2, privacy: int = 0, first: int = 0) -> None:
    """Let cases come in during September and refuse the first."""
    with frozen(datetime(2026, 9, 7, 2, tzinfo=UTC)), database.writing() as session:
        for number, category in enumerate(["fees"] * fees + ["wages"] * wages + ["privacy"] * privacy):
            filing = make.filing(DESK.recipients, nonce=f"form {first + number}", category=category)
            case = make.complaint(session, filing)
            if number == 0:
                changes: dict[str, object] = {"refusal": "too_old"}
                move_case(
                    session,
                    Move.REFUSE,
                    changes=changes,
                    actor="account:1",
                    case_id=case.id,
                    version=case.version,
                )
    following.follow(database)


def publish(settings: Settings, database: Database, *, privacy: int = 0) -> None:
    happen(database, privacy=privacy)
    assert counting.publish_month_reports(settings, database) == 1
    assert counting.publish_month_reports(settings, database) == 0


def test_before_the_first_report_the_page_says_when_it_comes(site: Client) -> None:
    assert "还没有月报" in read_page(site, "/figures/").text


def test_the_list_leads_to_a_month_whose_sum_holds(
    site: Client, settings: Settings, database: Database
) -> None:
    publish(settings, database)
    listed = read_page(site, "/figures/")
    assert "2026年9月底有10件待办" in listed.text
    month = read_page(site, str(listed.tree.xpath("//tbody//th/a/@href")[0]))
    assert "收到11件，办结1件，月底待办10件" in month.text
    assert "0件，加收到11件、重新办理0件，减办结1件，等于月底待办10件" in month.text


def test_a_small_cell_is_not_shown_in_any_format(
    site: Client, settings: Settings, database: Database
) -> None:
    publish(settings, database, privacy=12)
    page = read_page(site, "/figures/2026-09/")
    lines = page.tree.xpath("//section[@aria-labelledby='received_by_category']//tbody/tr")
    told = {str(line.xpath("string(th)")): str(line.xpath("string(td[@class='number'])")) for line in lines}
    assert (told["收取费用"], told["拖欠工资"], told["泄露信息"]) == ("9", "不公布", "不公布")
    rows = list(csv.reader(io.StringIO(site.get("/figures/2026-09.csv").text.removeprefix("\ufeff"))))
    counts = {row[3]: row[4] for row in rows if row[2] == "received_by_category"}
    assert counts["wages"] == "hidden"
    cells = json.loads(site.get("/figures/2026-09.json").text)["received_by_category"]["cells"]
    assert cells["wages"] is None
    assert sum(cell is None for cell in cells.values()) >= 2


def test_a_table_of_small_cells_alone_is_one_sentence(
    site: Client, settings: Settings, database: Database
) -> None:
    publish(settings, database)
    page = read_page(site, "/figures/2026-09/")
    assert "共1件；各项数目太小，不单独公布。" in page.text
    assert page.tree.xpath("//section[@aria-labelledby='refused_by_ground']//table") == []


def test_a_correction_is_shown_beside_what_it_corrects(
    site: Client, settings: Settings, database: Database
) -> None:
    publish(settings, database)
    happen(database, fees=7, wages=0, first=50)
    with database.writing() as session:
        actions.correct(session, SEPTEMBER, actor="command", reason="补录七件")
    page = read_page(site, "/figures/2026-09/")
    assert "收到18件" in page.text
    assert "补录七件" in page.text
    earlier = read_page(site, "/figures/2026-09/1/")
    assert "收到11件" in earlier.text
    assert "后来作了更正" in earlier.text
    told = json.loads(site.get("/figures/2026-09.json").text)
    assert (told["wording"], [each["wording"] for each in told["earlier"]]) == (2, [1])


def test_the_list_of_months_is_data_too(site: Client, settings: Settings, database: Database) -> None:
    publish(settings, database)
    (row,) = list(csv.DictReader(io.StringIO(site.get("/figures.csv").text.removeprefix("\ufeff"))))
    assert (row["month"], row["received"], row["ended"], row["waiting"]) == ("2026-09", "11", "1", "10")
    (item,) = json.loads(site.get("/figures.json").text)["items"]
    assert item["url"].endswith("/figures/2026-09.json")


@pytest.mark.parametrize(
    "path", ["/figures/2026-08/", "/figures/2026-09/9/", "/figures/2026-08.csv", "/figures/2026-13/"]
)
def test_a_month_or_wording_without_a_report_is_not_found(
    site: Client, settings: Settings, database: Database, path: str
) -> None:
    publish(settings, database)
    assert site.get(path).status_code == 404


def test_the_report_reads_in_english_and_the_map_of_the_site_names_it(
    site: Client, settings: Settings, database: Database
) -> None:
    publish(settings, database)
    assert "Service report, September 2026" in read_page(site, "/en/figures/2026-09/").text
    assert "/figures/2026-09/" in site.get("/sitemap-pages.xml").text
    assert site.get("/more/").text.count("/figures/") == 1
