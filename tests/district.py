"""A workbench with one record of every kind that lies in a place, all of them in one district, and three officers."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from chengxin.accounts.models import Account
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.folding import fold_number
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.desk.reach import READ, READS, ROUTES, beginning
from chengxin.evidence.models import Evidence
from chengxin.ledger.rules import canonical
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.corrections.models import Correction
from chengxin.standing.inspections.models import Inspection, InspectionBatch
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.permits.models import PermitAct
from chengxin.standing.sanctions.wording import wording_of
from tests import disputes, make, suggestions
from tests.desk import Officer, Workbench

HERE, THERE = "990103", "990102"
NAME = "江州和光人力资源有限公司"
LICENCE = "(江)人服证字〔2024〕第7号"
DAY = date(2026, 11, 18)
# Everything a member of staff may do, so that a 403 never stands where a 404 must.
EVERYTHING = "moderator,publisher,legal_reviewer"


class District(Workbench):
    """Records of one district, and officers of it, of another one and of the whole jurisdiction."""

    def __init__(self, settings: Settings) -> None:
        """Make the records and the people."""
        super().__init__(settings)
        with self.installed.database.writing() as session:
            make.region(session)
            for code, name in ((HERE, "江东区"), (THERE, "江西区")):
                make.region(session, code=code, name=name, parent="990000")
        self.held: Mapping[Any, int] = self._filled()
        self.own = self.of_region("own", HERE)
        self.other = self.of_region("other", THERE)
        self.whole = self.of_region("whole", None)

    def of_region(self, username: str, code: str | None, *, roles: str = EVERYTHING) -> Officer:
        """Add an officer of a region and sign in."""
        account = self.account(username, username, roles)
        with self.installed.database.writing() as session:
            session.get_one(Account, account.id).region_code = code
        return self.signed_in(username)

    def _filled(self) -> Mapping[Any, int]:
        case = self.case(region_code=HERE, respondent=NAME)
        with self.installed.database.writing() as session:
            owner = make.agency(session, name=NAME, uid="hegua01", region_code=HERE)
            made = [case, make.rating(session, owner), *self._suggested(session, owner.id)]
            made += self._published(session, owner.id)
            made += supervised(session, owner)
            selection = make.selection(session, region_code=HERE, title=f"{NAME}所在区评选")
            title = make.honour(session, owner)
            title.selection_id = selection.id
            file = Evidence(
                name="one", subject_kind="complaint", subject_id=case.id, media="pdf", size=1, scan="clean"
            )
            file.added_on = clock.today()
            session.add(file)
            session.flush()
            return {type(each): each.id for each in [*made, selection, title, file]}

    def _suggested(self, session: Session, agency_id: int) -> list[Any]:
        key = intake_recipients(self.settings)
        held = suggestions.suggestion(session, key=key, about="agency", respondent=NAME)
        held.agency_id, held.region_code = agency_id, HERE
        return [held]

    def _published(self, session: Session, agency_id: int) -> list[Any]:
        about: Any = {
            "agency_id": agency_id,
            "region_code": HERE,
            "party_name": NAME,
            "title": f"关于{NAME}的公告",
        }
        notice = make.notice(session, decision_date=date(2026, 6, 1), **about)
        objection = disputes.objection(
            session, target_id=notice.id, agency_id=agency_id, key=intake_keyring(self.settings)
        )
        words = canonical(asdict(wording_of(notice))) or ""
        correction = Correction(
            sanction_id=notice.id,
            note="更正",
            before=words,
            content=words,
            state="proposed",
            created_at=clock.now(),
        )
        batch = NoticeBatch(
            label="2026Q4",
            authority=f"{NAME}主管局",
            region_code=HERE,
            state="assembling",
            created_at=clock.now(),
        )
        session.add_all([correction, batch])
        return [notice, objection, disputes.repair(session, notice), correction, batch]


def supervised(session: Session, owner: Any) -> list[Any]:
    """Make what supervision keeps of an agency, each waiting for a second person."""
    known: Any = {"state": "proposed", "created_at": clock.now()}
    permit = make.permit(session, owner, number=LICENCE, folded_number=fold_number(LICENCE))
    mark = AbnormalMark(agency_id=owner.id, cause="unreachable", set_on=DAY, **known)
    earlier = make.agency(session, name="江州旧时人力资源有限公司", uid="jiushi1", region_code=THERE)
    link = LineageLink(
        earlier_id=earlier.id,
        later_id=owner.id,
        kind="merger",
        on_day=DAY,
        document="登记",
        issuer="局",
        **known,
    )
    act = PermitAct(
        permit_id=permit.id,
        agency_id=owner.id,
        change="revoked",
        on_day=DAY,
        decided_on=DAY,
        decision_no="1",
        publish_by=DAY,
        **known,
    )
    drawn = {
        "year": 2026,
        "number": 1,
        "title": f"{NAME}等抽查",
        "scope": "全部",
        "basis": "条例",
        "wanted": 1,
    }
    numbers = {"seed": "1", "pool_size": 1, "pool_hash": "1", "inspectors": "甲、乙", "drawn_on": DAY}
    batch = InspectionBatch(**drawn, **numbers, region_code=HERE, state="drawn", created_at=clock.now())
    session.add_all([mark, link, act, batch])
    session.flush()
    inspected = Inspection(batch_id=batch.id, agency_id=owner.id, position=1, inspectors="甲、乙")
    session.add(inspected)
    session.flush()
    return [mark, link, act, batch, inspected]


def paths(bench: District, rule: Rule) -> list[str]:
    """Return the addresses by which a route names the records of the district."""
    begin = beginning(rule.rule)
    named = [{"kind": kind, "record_id": bench.held[model]} for kind, model in READS.items()]
    if begin != READ:
        first, *others = sorted(rule.arguments, key=rule.rule.index)
        named = [{first: bench.held[ROUTES[begin]], **dict.fromkeys(others, "1")}]
    return [str((rule.build(each, append_unknown=False) or ("", ""))[1]) for each in named]
