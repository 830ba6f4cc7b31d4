"""One standing for an agency on a day, wherever it is told: page, data, list, filter, interface, table."""

import csv
import io
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import settings_in
from werkzeug.test import Client

from chengxin.agencies.models import Agency
from chengxin.app import create_wsgi
from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.search import indexer
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.queries import verdicts
from chengxin.standing.rules import Standing
from chengxin.standing.sanctions.ends import end_due
from chengxin.standing.sanctions.models import Sanction

BASE = date(2026, 11, 20)
AGENCIES = 6
DAYS = st.integers(-40, 420)


@dataclass(frozen=True)
class Record:
    """A sanction as it is drawn: its kinds, its state, and how many days from now its last day is."""

    kind: tuple[str, str]
    state: str
    ends: int


@dataclass(frozen=True)
class Firm:
    """An agency as it is drawn."""

    sanctions: list[Record]
    title_ends: int | None
    permit: tuple[str, int | None]
    status: str


RECORDS = st.builds(
    Record,
    st.sampled_from(
        [
            ("exposure", "fine"),
            ("yellow_card", "warning"),
            ("licence_action", "licence_revocation"),
            ("licence_action", "licence_suspension"),
            ("serious_listing", "listing"),
        ]
    ),
    st.sampled_from(["published", "published", "published", "draft", "served"]),
    DAYS,
)
FIRMS = st.builds(
    Firm,
    st.lists(RECORDS, max_size=3),
    st.none() | DAYS,
    st.tuples(st.sampled_from(["valid", "valid", "revoked", "deregistered", "unknown"]), st.none() | DAYS),
    st.sampled_from(["active", "active", "active", "closed"]),
)


def enrol(session: Session, firms: list[Firm]) -> None:
    """Make the register as it was drawn."""
    make.region(session)
    round_ = make.selection(session)
    number = 0
    for at, firm in enumerate(firms):
        owner = make.agency(
            session, name=f"江州{at}号人力资源有限公司", region_code="990000", status=firm.status
        )
        status, ends = firm.permit
        until = None if ends is None else BASE + timedelta(ends)
        make.permit(session, owner, status=status, valid_to=until, status_on=BASE - timedelta(900))
        if firm.title_ends is not None:
            session.add(_title(owner, round_.id, BASE + timedelta(firm.title_ends)))
        for record in firm.sanctions:
            number += 1
            session.add(_sanction(owner, record, number))
    session.flush()


def _title(owner: Agency, selection_id: int, until: date) -> Honour:
    return Honour(
        selection_id=selection_id,
        agency_id=owner.id,
        kind="agency",
        level="city",
        year=2026,
        state="awarded",
        awarded_on=BASE - timedelta(60),
        valid_until=until,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )


def _sanction(owner: Agency, record: Record, number: int) -> Sanction:
    kind, legal = record.kind
    words = make.wording(
        agency_id=owner.id, party_name=owner.name, notice_kind=kind, legal_kind=legal, region_code="990000"
    )
    public = record.state == "published"
    values = {**words.columns(), "max_until": BASE + timedelta(record.ends), "min_until": None}
    return Sanction(
        **values,
        state=record.state,
        year=2026 if public else None,
        number=number if public else None,
        published_on=BASE - timedelta(50) if public else None,
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
        source="a published list",
    )


class Surfaces:
    """Everything that tells a standing, read as the public reads it."""

    def __init__(self, client: Client) -> None:
        """Keep the browser."""
        self.client = client

    def page(self, uid: str) -> str:
        """Return the standing of the banner."""
        tree = html.fromstring(self.client.get(f"/agencies/{uid}/").get_data())
        return (
            str(tree.xpath("//section[starts-with(@class,'banner ')]/@class")[0])
            .split("banner-")[1]
            .split()[0]
        )

    def data(self, uid: str) -> dict[str, Any]:
        """Return the agency's JSON."""
        return dict(self.client.get(f"/agencies/{uid}.json").json or {})

    def filtered(self, standing: str) -> set[str]:
        """Return whom the filter of the lookup page finds."""
        tree = html.fromstring(self.client.get(f"/agencies/?standing={standing}").get_data())
        links = tree.xpath("//ul[@class='rows']//p[@class='title']/a/@href")
        return {str(link).split("/")[2] for link in links}

    def interface(self, standing: str = "") -> dict[str, str]:
        """Return the standings the interface tells, of those it finds."""
        query = f"?standing={standing}&limit=100" if standing else "?limit=100"
        told = self.client.get(f"/api/v1/agencies{query}").json or {}
        return {each["uid"]: each["standing"] for each in told["items"]}

    def table(self) -> dict[str, set[str]]:
        """Return the numbers of the notices in the table of the list, by party."""
        text = self.client.get("/notices/notices.csv").get_data().decode("utf-8-sig")
        found: dict[str, set[str]] = defaultdict(set)
        for row in csv.DictReader(io.StringIO(text)):
            found[row["当事人"]].add(row["编号"])
        return found

    def listed(self) -> dict[str, set[str]]:
        """Return the same of the list's JSON."""
        told = self.client.get("/notices/notices.json").json or {}
        found: dict[str, set[str]] = defaultdict(set)
        for each in told["items"]:
            found[each["party"]["name"]].add(f"{each['year']}-{each['number']}")
        return found


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    firms=st.lists(FIRMS, min_size=AGENCIES, max_size=AGENCIES),
    days=st.lists(st.integers(0, 430), min_size=2, max_size=3).map(sorted),
)
def test_every_surface_tells_the_same_standing_on_every_day(
    tmp_path_factory: Any, migrated_file: Path, firms: list[Firm], days: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("standing")
    shutil.copyfile(migrated_file, folder / "chengxin.db")
    place = settings_in(folder)
    database = Database(place)
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        with database.writing() as session:
            enrol(session, firms)
        indexer.rebuild(place, database)
    surfaces = Surfaces(Client(create_wsgi(place)))
    for after in [0, *days]:
        today = BASE + timedelta(after)
        with frozen(datetime(today.year, today.month, today.day, 4, tzinfo=UTC)):
            with database.writing() as session:
                end_due(session, today=today)
            indexer.update(place, database)
            _compare(surfaces, database, today)
    database.dispose()


def _compare(surfaces: Surfaces, database: Database, today: date) -> None:
    with database.reading() as session:
        agencies = session.scalars(select(Agency).order_by(Agency.id)).all()
        judged = verdicts(session, agencies, today=today)
    heaviest = {each.uid: judged[each.id].standing for each in agencies}
    assert surfaces.interface() == heaviest
    table, listed = surfaces.table(), surfaces.listed()
    for each in agencies:
        verdict, told = judged[each.id], surfaces.data(each.uid)
        assert surfaces.page(each.uid) == told["standing"] == verdict.standing
        numbers = {f"{mark.notice.year}-{mark.notice.number}" for mark in verdict.marks if mark.notice}
        assert table[each.name] == listed[each.name] == numbers
    for standing in Standing:
        expected = {uid for uid, told in heaviest.items() if told is standing}
        assert surfaces.filtered(standing) == set(surfaces.interface(standing)) == expected
