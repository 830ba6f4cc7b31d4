"""A filed case and its receipt, and its page as a reader uses it: look up, fill in one of the forms, send."""

from collections.abc import Callable
from typing import Any

from chengxin.cli.work import make_copies
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.core.receipts import Receipt, words
from chengxin.voices.complaints import actions, pauses, queries, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding
from chengxin.voices.complaints.sealed import Opened, open_as_desk
from tests import make
from tests.pages import Page

Reader = Callable[..., Page]
OFFICER, LEADER = "account:1", "account:2"
WRONG = "编号或口令不对"
WRONG_PHRASE = "-".join(list(words())[:4])


class Case:
    """A filed case of one installation, and its receipt."""

    def __init__(self, settings: Settings, **answers: Any) -> None:
        """File it."""
        make_intake_keys(settings)
        self.settings, self.key = settings, intake_recipients(settings)
        self.database = Database(settings)
        made = make.filing(self.key, **answers)
        self.receipt: Receipt = made.receipt
        with self.database.writing() as session:
            self.id = actions.file(session, actor="public", filing=made).id

    @property
    def stored(self) -> Complaint:
        """Return the row as it is now."""
        with self.database.reading() as session:
            found = queries.by_id(session, self.id)
        assert found is not None
        return found

    def act(self, action: Callable[..., object], **given: object) -> None:
        """Let an officer do something with it; words are sealed to the desk."""
        sealing = {"intake_key": self.key} if {"note", "reply", "text"} & given.keys() else {}
        seen = {"actor": OFFICER, "case_id": self.id, "version": self.stored.version}
        with self.database.writing() as session:
            action(session, **(seen | sealing | given))

    def ask(self) -> None:
        """Ask for more."""
        self.act(pauses.ask, note="请补充付款日期。")

    def accept(self, note: str = "") -> None:
        """Take it on."""
        self.act(actions.accept, note=note)

    def decide(self, finding: Finding = Finding.UPHELD, reply: str = "已责令退还六百元。") -> None:
        """Take it on and answer it."""
        self.accept()
        self.act(actions.decide, finding=finding, reply=reply)

    def work(self) -> None:
        """Let the desk's worker make the copies that were asked for."""
        make_copies(self.settings, self.database)

    def read(self) -> str:
        """Return the newest letter as the desk opens it."""
        with self.database.reading() as session:
            message = queries.messages_of(session, self.id)[-1]
        return open_as_desk(self.stored, message, intake_keyring(self.settings))

    def letters(self) -> int:
        """Return how many letters there are."""
        with self.database.reading() as session:
            return len(queries.messages_of(session, self.id))

    def opened(self) -> Opened:
        """Return what was filed, as the desk opens it."""
        return sealed.open_filed(self.stored, intake_keyring(self.settings))


def looked_up(page: Reader, case: Case, *, at: str = "") -> Page:
    """Return the page of a case."""
    asked = page(f"{at}/track").form() | {"code": case.receipt.both}
    return page(f"{at}/track", method="POST", data=asked)


def form(page: Reader, case: Case, action: str, at: str = "") -> dict[str, str]:
    """Look a case up and return the fields of one of its forms."""
    shown = looked_up(page, case, at=at)
    (found,) = [each for each in shown.tree.forms if each.action == f"{at}/track/{action}"]
    return {str(name): str(found.fields[name] or "") for name in found.fields if name}


def sent(page: Reader, case: Case, action: str, *, status: int = 200, at: str = "", **changes: str) -> Page:
    """Fill in one of a case's forms and send it; the receipt is typed where the form asks for it."""
    data = form(page, case, action, at)
    typed = {"receipt": case.receipt.both} if "receipt" in data else {}
    return page(f"{at}/track/{action}", method="POST", data=data | typed | changes, status=status)


def offered(shown: Page) -> set[str]:
    """Return the acts that a case's page offers."""
    return {each.action.rpartition("/")[2] for each in shown.tree.forms if "/track/" in each.action}
