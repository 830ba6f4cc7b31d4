"""A small invented register for tests of the lookup, and ways to ask it."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency, AgencyName, AgencyService
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.search.engine import Narrowing
from chengxin.search.queries import LookupRequest, LookupResult, lookup
from chengxin.search.sources import source_of
from tests import make

TODAY = date(2026, 11, 20)
OTHERS = ("江州启程劳务派遣有限公司", "临江佳禾家政服务有限公司", "东湖众合人才服务有限公司")


def fill(database: Database) -> None:
    """Enrol one agency with everything and three with little."""
    with database.writing() as session:
        make.region(session)
        make.region(session, code="990101", name="东湖区", parent="990000")
        yuanfan = make.agency(session, name="江州远帆人力资源有限公司", region_code="990101", grade="AAA")
        session.add(AgencyService(agency_id=yuanfan.id, service="dispatch"))
        former = {"name": "江州白鹭人才有限公司", "folded_name": "江州白鹭人才有限公司"}
        session.add(AgencyName(agency_id=yuanfan.id, kind="former", **former))
        make.permit(session, yuanfan)
        for name in OTHERS:
            enrolled(session, name)


def enrolled(session: Session, name: str, **values: object) -> Agency:
    """Enrol a licensed agency and tell the ledger."""
    made = make.agency(session, name=name, region_code="990000", **values)
    make.permit(session, made)
    told(session, made)
    return made


def told(session: Session, agency: Agency) -> None:
    """Tell the ledger that an agency changed."""
    subject = Subject("agency", agency.id)
    record(session, actor="command", verb="agency.changed", subject=subject, public=True)


def asked(place: Settings, database: Database, q: str, **filters: str) -> LookupResult:
    """Return the answer to words and filters."""
    request = LookupRequest(q=q, narrowing=Narrowing(**filters))
    with database.reading() as session:
        return lookup(session, source_of(place), request, today=TODAY)


def names(database: Database, result: LookupResult) -> list[str]:
    """Return the names of the agencies found."""
    with database.reading() as session:
        found = (session.get(Agency, hit.agency_id) for hit in result.hits)
        return [agency.name for agency in found if agency]


def postings(place: Settings) -> Path:
    """Return the file of postings of an index with one segment."""
    (path,) = place.search_index.glob("segments/*/*.pst")
    return path
