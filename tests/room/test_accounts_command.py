"""`chengxin accounts` adds, lists, changes and closes, and fails with a message and a status."""

import csv

import pytest
from click.testing import CliRunner, Result
from tests import make

from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core.database import Database

PASSWORD = "rain over the old bridge\n"


@pytest.fixture
def run(settings: Settings) -> "Command":
    """Give the command line of one installation."""
    return Command(settings)


class Command:
    """The command line of one installation."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings."""
        self.settings = settings

    def __call__(self, *words: str, typed: str = "") -> Result:
        """Run one command."""
        return CliRunner().invoke(main, ["accounts", *words], input=typed, obj=self.settings)

    def add(
        self, username: str = "limin", roles: str = "moderator,publisher", typed: str = PASSWORD
    ) -> Result:
        """Add an account."""
        return self("add", username, "--name", "李敏", "--roles", roles, "--password-stdin", typed=typed)


def test_an_added_account_is_listed(run: Command) -> None:
    assert run.add().exit_code == 0
    assert run("list").output == "limin\t李敏\tmoderator,publisher\tactive\n"


def test_a_password_is_asked_for_twice(run: Command) -> None:
    done = run("add", "limin", "--name", "李敏", "--roles", "admin", typed=PASSWORD * 2)
    assert done.exit_code == 0, done.output
    assert PASSWORD.strip() not in done.output


def test_a_closed_account_is_listed_as_closed(run: Command) -> None:
    run.add()
    assert run("disable", "limin", "--reason", "retired").exit_code == 0
    assert run("list").output.endswith("closed\n")


def test_a_password_can_be_set_anew(run: Command) -> None:
    run.add()
    assert run("password", "limin", "--password-stdin", typed="another long password\n").exit_code == 0


@pytest.mark.parametrize(
    ("username", "roles", "typed", "message"),
    [
        ("limin", "king", PASSWORD, "There is no role king"),
        ("limin", "moderator", "short\n", "12 to 256 characters"),
        ("Li Min", "moderator", PASSWORD, "small letters"),
    ],
)
def test_a_refused_account_fails_with_its_reason(
    run: Command, username: str, roles: str, typed: str, message: str
) -> None:
    done = run.add(username, roles, typed)
    assert done.exit_code != 0
    assert message in done.output
    assert run("list").output == ""


def test_nobody_cannot_be_changed(run: Command) -> None:
    for words in (["disable", "nobody"], ["password", "nobody", "--password-stdin"]):
        done = run(*words, typed=PASSWORD)
        assert done.exit_code != 0
        assert "There is no account nobody" in done.output


def test_an_agency_gets_an_account_by_its_public_id(run: Command) -> None:
    database = Database(run.settings)
    with database.writing() as session:
        make.agency(session, uid="yuanfan1")
    database.dispose()
    words = (
        "add",
        "yuanfan",
        "--name",
        "远帆",
        "--role",
        "agency",
        "--agency",
        "yuanfan1",
        "--password-stdin",
    )
    assert run(*words, typed=PASSWORD).exit_code == 0
    assert run("list").output == "yuanfan\t远帆\tagency\tactive\n"


def test_an_agency_nobody_knows_gets_no_account(run: Command) -> None:
    words = ("add", "yuanfan", "--name", "远帆", "--role", "agency", "--agency", "none", "--password-stdin")
    done = run(*words, typed=PASSWORD)
    assert done.exit_code != 0
    assert "There is no agency none." in done.output


def region(run: Command) -> None:
    database = Database(run.settings)
    with database.writing() as session:
        make.region(session)
    database.dispose()


def row(run: Command, username: str) -> dict[str, str]:
    rows = csv.DictReader(run("list", "--csv").output.splitlines())
    return next(each for each in rows if each["username"] == username)


def test_the_life_of_an_account_stands_in_the_table(run: Command) -> None:
    region(run)
    run.add("chief", "admin")
    run.add()
    for words in (
        ("roles", "limin", "handling_officer"),
        ("region", "limin", "990000"),
        ("password", "limin", "--must-change", "--password-stdin"),
        ("reset-factors", "limin", "--reason", "telephone lost"),
        ("end-sessions", "limin"),
        ("disable", "limin"),
        ("enable", "limin"),
    ):
        done = run(*words, typed="another long phrase\n")
        assert done.exit_code == 0, done.output
    assert row(run, "limin") == {
        "username": "limin",
        "name": "李敏",
        "roles": "handling_officer",
        "region": "990000",
        "state": "active",
        "second_factor": "no",
        "must_change_password": "yes",
        "last_sign_in": "",
    }
    assert run("region", "limin", "all").exit_code == 0
    assert row(run, "limin")["region"] == "all"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("region", "limin", "110000"), "There is no region 110000"),
        (("roles", "limin", "moderator,publisher"), "these roles already"),
        (("enable", "limin"), "open already"),
        (("disable", "chief"), "last administrator"),
        (("roles", "chief", "moderator"), "last administrator"),
        (("region", "chief", "990000"), "no region"),
    ],
)
def test_a_change_that_may_not_be_fails_with_its_reason(
    run: Command, words: tuple[str, ...], message: str
) -> None:
    region(run)
    run.add("chief", "admin")
    run.add()
    done = run(*words)
    assert done.exit_code != 0
    assert message in done.output
