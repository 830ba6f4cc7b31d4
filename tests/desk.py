"""A workbench with staff and cases, and browsers that are signed in."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import event
from werkzeug.test import Client

from chengxin.accounts.models import Account
from chengxin.app import create_desk, installation_of
from chengxin.config import Settings
from chengxin.core.i18n import LanguageInAddress
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.opinions.ratings.models import Rating
from chengxin.voices.complaints.models import Complaint
from tests import make
from tests.pages import Page, read_page

PASSWORD = "rain over the old bridge"
Brake = Callable[[datetime], AbstractContextManager[None]]


class Officer:
    """A signed-in browser of one member of staff."""

    def __init__(self, client: Client) -> None:
        """Keep the browser."""
        self.client = client

    def page(self, path: str, *, status: int = 200) -> Page:
        """Read a page."""
        return read_page(self.client, path, status=status)

    def post(self, path: str, form: dict[str, str], *, status: int = 303) -> Page | str:
        """Send a form; return the page that came back, or the address it leads to."""
        if status in {302, 303}:
            answer = self.client.post(path, data=form)
            assert answer.status_code == status, answer.text
            return answer.location
        return read_page(self.client, path, status=status, method="POST", data=form)


class Workbench:
    """The desk app of one installation."""

    def __init__(self, settings: Settings) -> None:
        """Make the keys and the app."""
        make_intake_keys(settings)
        self.settings = settings
        self.installed = installation_of(settings)
        self.app = create_desk(self.installed)
        self._filed = 0

    def account(self, username: str = "limin", name: str = "李敏", roles: str = "moderator") -> Account:
        """Add a member of staff."""
        with self.installed.database.writing() as session:
            return make.account(session, username=username, name=name, roles=roles, password=PASSWORD)

    def officer(self, username: str = "limin", name: str = "李敏", roles: str = "moderator") -> Officer:
        """Add a member of staff and sign in."""
        self.account(username, name, roles)
        return self.signed_in(username)

    def signed_in(self, username: str) -> Officer:
        """Sign in from a browser of its own."""
        client = Client(self.app)
        form = read_page(client, "/login").form() | {"username": username, "password": PASSWORD}
        assert client.post("/login", data=form).status_code == 303
        return Officer(client)

    def in_english(self, username: str) -> Officer:
        """Sign in from a browser that reads the workbench in English, below /en/."""
        client = Client(LanguageInAddress(self.app))
        form = read_page(client, "/en/login").form() | {"username": username, "password": PASSWORD}
        assert client.post("/en/login", data=form).status_code == 303
        return Officer(client)

    def case(self, *, facts: str = "", **values: Any) -> Complaint:
        """File a complaint."""
        self._filed += 1
        key = intake_recipients(self.settings)
        written = {"facts": facts} if facts else {}
        made = make.filing(key, nonce=f"form {self._filed}", secret=self.installed.secret, **written)
        with self.installed.database.writing() as session:
            return make.complaint(session, made, **values)

    def rating(self, **values: Any) -> Rating:
        """Leave a rating of a new agency."""
        with self.installed.database.writing() as session:
            return make.rating(session, make.agency(session), **values)

    def stored(self, record: Any) -> Any:
        """Read a record again."""
        with self.installed.database.reading() as session:
            return session.get(type(record), record.id)

    def private_key(self) -> Any:
        """Return the key that opens complaints."""
        return intake_keyring(self.settings)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect the SELECTs that run meanwhile."""
        seen: list[str] = []

        def listen(*arguments: Any) -> None:
            if re.match(r"\s*SELECT", arguments[2]):
                seen.append(arguments[2])

        event.listen(self.installed.database.engine, "before_cursor_execute", listen)
        yield seen
        event.remove(self.installed.database.engine, "before_cursor_execute", listen)
