"""What the public reads of an anonymised party, and of a notice that was published urgently."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake
from werkzeug.test import Client

from chengxin.app import create_wsgi, installation_of
from chengxin.config import Settings
from chengxin.standing.sanctions import actions, urgent
from chengxin.standing.sanctions.models import Sanction

NAME, CODE = "江州飞渡人力资源有限公司", "91990000MA0000001X"
SHOWN = "江州某人力资源有限公司"
SURFACES = (
    "/notices/",
    "/notices/2026/1/",
    "/en/notices/2026/1/",
    "/notices/2026/1.json",
    "/notices/notices.json",
    "/notices/notices.csv",
    "/notices/feed.atom",
    "/",
)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Site:
    """The public face with one agency in the register."""

    def __init__(self, settings: Settings) -> None:
        """Make the app and the agency."""
        self.installed = installation_of(settings)
        self.client = Client(create_wsgi(settings))
        with self.installed.database.writing() as session:
            make.region(session)
            self.uid = make.agency(session, name=NAME, uscc=CODE, uid="t7777777", region_code="990000").uid

    def write(self, act: Callable[[Session], Sanction]) -> Sanction:
        """Do something on the desk."""
        with self.installed.database.writing() as session:
            return act(session)

    def text(self, path: str) -> str:
        """Return what a public address answers."""
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.text


@pytest.fixture
def site(settings: Settings) -> Site:
    return Site(settings)


def anonymised(session: Session) -> Sanction:
    """Publish a notice whose party is anonymised."""
    return make.notice(
        session,
        naming="anonymised",
        party_name=NAME,
        agency_id=1,
        party_uscc=CODE,
        region_code="990000",
        title=f"关于{NAME}收取押金的公告",
        facts=f"{NAME}（以下称飞渡，代码{CODE}）收取押金。",
        summary="飞渡向求职者收取押金",
    )


@pytest.mark.parametrize("path", SURFACES)
def test_no_public_surface_tells_who_an_anonymised_party_is(site: Site, path: str) -> None:
    site.write(anonymised)
    text = site.text(path)
    assert SHOWN in text
    for telling in ("飞渡", CODE, site.uid):
        assert telling not in text


def test_no_agency_is_linked_to_an_anonymised_notice(site: Site) -> None:
    site.write(anonymised)
    for path in (f"/agencies/{site.uid}/", f"/agencies/{site.uid}.json"):
        assert "/notices/2026/1" not in site.text(path)


def test_the_ledger_does_not_name_the_agency_either(site: Site) -> None:
    made = site.write(anonymised)
    assert (made.agency_id, made.withheld_agency_id) == (None, 1)


def urgently(session: Session) -> Sanction:
    """Publish a notice before its review."""
    author, publisher = make.actors(session)
    made = actions.draft(session, actor=author, wording=make.wording(agency_id=1))
    actions.submit(session, actor=author, reason="齐全", sanction_id=made.id, version=made.version)
    return urgent.publish_urgently(
        session, actor=publisher, reason="侵害仍在继续。", sanction_id=made.id, version=made.version
    )


def reviewed(session: Session) -> Sanction:
    """Pass the notice in review."""
    (reviewer,) = make.actors(session, count=1)
    made = session.get_one(Sanction, 1)
    return urgent.confirm_urgent(
        session, actor=reviewer, reason="合法", sanction_id=made.id, version=made.version
    )


def test_an_urgent_notice_says_so_until_it_is_reviewed(site: Site) -> None:
    site.write(urgently)
    assert "侵害仍在继续" in site.text("/notices/2026/1/")
    assert "without it the notice is withdrawn" in site.text("/en/notices/2026/1/")
    assert "Urgent, not reviewed yet" in site.text("/en/notices/")
    told = json.loads(site.text("/notices/2026/1.json"))
    assert (told["urgent"], told["public_until"]) == (True, "2026-11-23")
    site.write(reviewed)
    assert "without it the notice is withdrawn" not in site.text("/en/notices/2026/1/")
    assert "Urgent, not reviewed yet" not in site.text("/en/notices/")
    told = json.loads(site.text("/notices/2026/1.json"))
    assert (told["urgent"], told["public_until"]) == (False, "2027-10-28")


def test_the_basis_is_told_as_rows_of_regulation_and_article(site: Site) -> None:
    site.write(make.notice)
    told = json.loads(site.text("/notices/2026/1.json"))
    assert told["articles"] == [{"regulation": "就业促进法", "article": "第六十六条"}]
    assert told["procedure"] == "ordinary"
