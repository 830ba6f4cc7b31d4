"""What belongs to one person: no colleague and no agency sees it, changes it or ends it by its number."""

from typing import Any

import pytest
from sqlalchemy import select
from tests import make
from tests.desk import PASSWORD, Officer, Workbench
from werkzeug.routing import Rule

from chengxin.accounts import actions as accounts
from chengxin.accounts.models import Passkey, StaffSession
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.models import Base
from chengxin.desk.reach import OF_ONE_PERSON, beginning
from chengxin.worklists.models import BulkAct, SavedView

HELD: dict[str, type[Base]] = {
    "/bulk/<int:act_id>": BulkAct,
    "/me/passkeys/<int:passkey_id>": Passkey,
    "/me/sessions/<int:session_id>": StaffSession,
    "/views/<int:view_id>": SavedView,
}


class Colleagues(Workbench):
    """An officer with one of everything that is theirs alone, a colleague, and an agency."""

    def __init__(self, settings: Settings) -> None:
        """Make the people and what the first has."""
        super().__init__(settings)
        self.owner = self.officer()
        with self.installed.database.writing() as session:
            mine: Any = {"account_id": 1}
            now = clock.now()
            session.add(SavedView(**mine, name="我的", part="overdue", created_at=now))
            session.add(BulkAct(**mine, act="take", state="done", asked_at=now))
            key = {"credential_id": b"1", "public_key": b"1", "sign_count": 0, "name": "手机"}
            session.add(Passkey(**mine, **key, added_on=clock.today()))
            accounts.add(
                session,
                actor="command",
                username="yuanfan",
                name="江州远帆",
                roles=["agency"],
                password=PASSWORD,
                agency_id=make.agency(session).id,
            )
        self.colleague = self.officer("zhaoyun", "赵云")
        self.agency = self.signed_in("yuanfan")

    def rows(self) -> list[Any]:
        """Read what belongs to the first officer, as it stands."""
        with self.installed.database.reading() as session:
            found = [session.execute(select(*model.__table__.c).limit(1)).one() for model in HELD.values()]
            return [tuple(each) for each in found]

    def routes(self) -> list[Rule]:
        """Return the routes that name what belongs to one person."""
        return [each for each in self.app.url_map.iter_rules() if beginning(each.rule) in OF_ONE_PERSON]


@pytest.fixture
def bench(settings: Settings) -> Colleagues:
    return Colleagues(settings)


def asked(officer: Officer, rule: Rule, method: str, token: str) -> int:
    path = str((rule.build(dict.fromkeys(rule.arguments, 1)) or ("", ""))[1])
    data = {"csrf_token": token, "name": "别的名字"} if method == "POST" else None
    return officer.client.open(path, method=method, data=data).status_code


def test_there_is_one_of_each(bench: Colleagues) -> None:
    assert set(HELD) == OF_ONE_PERSON
    assert len(bench.routes()) >= len(HELD)


@pytest.mark.parametrize("who", ["colleague", "agency"])
def test_nobody_else_reads_or_changes_it(bench: Colleagues, who: str) -> None:
    stranger, before = getattr(bench, who), bench.rows()
    token = stranger.page("/me/").form()["csrf_token"]
    for rule in bench.routes():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            assert asked(stranger, rule, method, token) in {303, 403, 404}, rule.rule
            assert bench.rows() == before, rule.rule


def test_its_owner_does(bench: Colleagues) -> None:
    token = bench.owner.page("/me/").form()["csrf_token"]
    for rule in sorted(bench.routes(), key=lambda each: "session_id" in each.arguments):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            assert asked(bench.owner, rule, method, token) in {200, 303}, rule.rule
    with bench.installed.database.reading() as session:
        assert session.get(SavedView, 1) is None
        assert session.get(Passkey, 1) is None
        assert session.get_one(StaffSession, 1).ended_at is not None
