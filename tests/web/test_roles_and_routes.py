"""Every route of the workbench asked by every role, by an agency and by nobody; the answers stand in a table."""

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import settings_in
from werkzeug.routing import Rule
from werkzeug.test import Client

from chengxin.accounts import actions, queries
from chengxin.accounts.rules import RIGHTS, Right, Role
from chengxin.app import create_desk, installation_of
from chengxin.core import clock
from chengxin.core.intake_keys import make_intake_keys
from chengxin.core.migrating import upgrade_database
from chengxin.desk.guard import NEEDS, OPEN_ON_PURPOSE, OPEN_TO_GUESTS, SEEN

TABLE = Path(__file__).parents[1] / "house" / "doors.txt"
REWRITE = "CHENGXIN_WRITE_DOORS"
OPEN, ALL, STAFF, NOBODY = "anybody", "everybody signed in", "all staff", "nobody"
STAFF_ROLES = frozenset(Role) - {Role.AGENCY}


class House:
    """The workbench with one signed-in browser a role, and forms that need no token."""

    def __init__(self, folder: Path) -> None:
        """Make the app, the people and their browsers."""
        settings = settings_in(folder)
        upgrade_database(settings)
        make_intake_keys(settings)
        installed = installation_of(settings)
        self.app: Flask = create_desk(installed)
        self.app.config["WTF_CSRF_ENABLED"] = False
        with installed.database.writing() as session:
            owner = make.agency(session)
            for role in Role:
                account = make.account(session, username=f"is-{role}".replace("_", "-"), roles="auditor")
                account.roles = role
                account.agency_id = owner.id if role is Role.AGENCY else None
            session.flush()
        with installed.database.writing() as session:
            held = {role: f"is-{role}".replace("_", "-") for role in Role}
            tokens = {role: _token(session, name) for role, name in held.items()}
        self.browsers = {role: self._browser(token) for role, token in tokens.items()}
        self.stranger = Client(self.app)

    def _browser(self, token: str) -> Client:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session[SEEN] = token, int(clock.now().timestamp())
        return client

    def asked(self, rule: Rule, method: str) -> str:
        """Return who may use a route, found by asking it."""
        path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)
        where = path[1] if path else "/"
        if self.stranger.open(where, method=method).status_code not in {302, 403}:
            return OPEN
        if rule.endpoint in OPEN_ON_PURPOSE:
            return OPEN
        allowed = {
            role for role, each in self.browsers.items() if each.open(where, method=method).status_code != 403
        }
        if allowed == set(Role):
            return ALL
        if allowed == STAFF_ROLES:
            return STAFF
        return ", ".join(role for role in Role if role in allowed) or NOBODY


def _token(session: Session, username: str) -> str:
    account = queries.by_username(session, username)
    assert account is not None
    return actions.sign_in(session, account=account)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def table(house: House) -> dict[str, str]:
    """Ask every route but the two that would sign the asker out."""
    ending = {"desk.logout", "desk.end_my_other_sessions"}
    return {
        f"{method} /desk{rule.rule}": house.asked(rule, method)
        for rule in house.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint not in ending
    }


def test_every_route_opens_to_the_roles_of_the_table(table: dict[str, str]) -> None:
    """Set CHENGXIN_WRITE_DOORS=1 to write the table anew, and read what changed before you keep it."""
    lines = [f"{route} = {who}" for route, who in sorted(table.items())]
    if os.environ.get(REWRITE):
        TABLE.write_text("\n".join(lines) + "\n")
    assert lines == TABLE.read_text().splitlines()


def test_the_answers_are_what_the_rights_of_each_role_promise(house: House, table: dict[str, str]) -> None:
    wrong = []
    for rule in house.app.url_map.iter_rules():
        rights = getattr(house.app.view_functions[rule.endpoint], NEEDS, None)
        if rule.endpoint in OPEN_ON_PURPOSE or rights is None:
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            route = f"{method} /desk{rule.rule}"
            if route in table and table[route] != promised(rights, rule.endpoint):
                wrong.append((route, table[route], promised(rights, rule.endpoint)))
    assert wrong == []


def promised(rights: tuple[Right, ...], endpoint: str) -> str:
    """Return whom the rights of a view let in."""
    if not rights:
        return ALL if endpoint in OPEN_TO_GUESTS else STAFF
    allowed = {role for role in Role if not RIGHTS[role].isdisjoint(rights)}
    return ", ".join(role for role in Role if role in allowed)


@pytest.mark.parametrize(
    ("part", "who"),
    [("/desk/accounts/", {"admin"}), ("/desk/agency/", {"agency"}), ("/desk/ratings/", {"moderator"})],
)
def test_some_rooms_have_one_key(table: dict[str, str], part: str, who: set[str]) -> None:
    inside = {named for route, named in table.items() if f" {part}" in route}
    assert inside == who


def test_no_agency_and_no_expert_comes_near_a_case(table: dict[str, str]) -> None:
    inside = [named for route, named in table.items() if " /desk/complaints/" in route]
    assert inside
    for named in inside:
        assert not {"agency", "expert", "association", "auditor", "admin", OPEN, ALL, STAFF} & set(
            named.split(", ")
        )
