"""A stolen disk: nothing a frightened person told lies in the clear in any file, log or backup of the site."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml import html
from tests import evidence_files, make
from tests.conftest import settings_in
from tests.faults.test_killed import until_it_answers
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from chengxin.cli.db import prepare
from chengxin.cli.work import do_all
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_recipients
from chengxin.voices.complaints import letters
from chengxin.voices.complaints.models import Complaint

ROOT = Path(__file__).resolve().parents[2]
GRANIAN = str(Path(sys.executable).parent / "granian")
ADDRESS, BROWSER = "127.66.77.88", "CanaryAgent-7f3a91c2"
PUBLIC = "江州渡口招工店"
SECRETS = {
    "narrative": "金丝雀在渡口街交了六百元内推费没有发票后来联系不上",
    "report": "白鹭看见这家店每天早上在门口收人的介绍费没有证件",
    "suggestion": "云雀建议把收费表贴在窗口外面让排队的人先看到",
    "wish": "鹧鸪希望退回六百元并且得到道歉",
    "letter": "画眉补充收款人写的是他们公司的名字",
    "note": "杜鹃先去核对账簿再约谈经办人",
    "name": "林晚舟",
    "phone": "13912345678",
    "mail": "canary-lin@example.org",
    "place of a picture": evidence_files.SECRET,
    "camera of a picture": evidence_files.LATIN.decode(),
    "file name": "鸬鹚拍的收据",
    "address": ADDRESS,
    "browser": BROWSER,
}


@dataclass
class Person:
    """A browser with one cookie, an address and a name of its own."""

    port: int
    cookie: str = ""
    receipts: list[str] = field(default_factory=list)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Any:
        """Ask for a page and return it parsed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(ADDRESS, 0))
        headers = {"User-Agent": BROWSER, "Cookie": self.cookie, "Referer": "http://canary.example/"}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
        connection.close()
        assert answer.status < 400, text
        return html.fromstring(text)

    def fill_in(self, form: Any, typed: dict[str, str], file: bytes = b"") -> Any:
        """Send a form with some fields changed."""
        fields = {name: str(form.fields[name] or "") for name in form.fields if name} | typed
        if not file:
            body = urlencode(fields).encode()
            return self.ask("POST", form.action, body, "application/x-www-form-urlencoded")
        (chooser,) = form.xpath(".//input[@type='file']")
        sent = {
            **fields,
            chooser.name: FileStorage(
                BytesIO(file), f"{SECRETS['file name']}.jpg", content_type="image/jpeg"
            ),
        }
        boundary, body = encode_multipart(sent)
        return self.ask("POST", form.action, body, f"multipart/form-data; boundary={boundary}")

    def tell(self, path: str, typed: dict[str, str]) -> str:
        """Send the form of a track and return its receipt."""
        form = [each for each in self.ask("GET", path).forms if each.method == "POST"][-1]
        page = self.fill_in(form, typed | {"step": "send"})
        receipt = str(page.get_element_by_id("receipt-both").text_content()).strip()
        self.receipts.append(receipt)
        return receipt


def everything_told(person: Person) -> None:
    """Tell everything in every way there is."""
    facts = {"respondent": PUBLIC, "category": "fees", "contact": "named", "name": SECRETS["name"]}
    facts |= {"phone": SECRETS["phone"], "email": SECRETS["mail"], "wish": SECRETS["wish"]}
    first = person.tell("/complaints/new", facts | {"facts": SECRETS["narrative"]})
    reported = {"respondent": PUBLIC, "category": "unlicensed", "contact": "anonymous"}
    person.tell("/reports/new", reported | {"facts": SECRETS["report"]})
    said = {"topic": "service", "about": "authority", "publication": "agreed", "contact": "anonymous"}
    person.tell("/suggestions/new", said | {"text": SECRETS["suggestion"]})
    page = person.fill_in(person.ask("GET", "/track").forms[-1], {"code": first})
    (form,) = page.xpath("//section[@aria-labelledby='write']//form")
    person.fill_in(form, {area.name: SECRETS["letter"] for area in form.xpath(".//textarea")})
    (form,) = [
        each for each in person.ask("GET", "/track/evidence").forms if each.xpath(".//input[@type='file']")
    ]
    receipt = next(name for name in form.fields if name in {"receipt", "code"})
    person.fill_in(form, {receipt: first}, file=evidence_files.jpeg())


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Serve the site with everything it says going to a log in its folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "CHENGXIN_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    command = [GRANIAN, "--interface", "wsgi", "--port", str(port), "--blocking-threads", "64", "wsgi:app"]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(
            command, env=environment, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
        )
        try:
            until_it_answers(port)
            yield port
        finally:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait(10)


def files_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((file, file.read_bytes()) for file in folder.rglob("*") if file.is_file())


def written(secret: str) -> list[bytes]:
    """Return the ways a text could lie in a file."""
    return [secret.encode(), secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode()]


def test_nothing_that_was_told_lies_in_the_clear(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, secret_key="")
    prepare(settings)
    with serving(tmp_path) as port:
        person = Person(port)
        everything_told(person)
    database = Database(settings)
    with database.writing() as session:
        case = session.query(Complaint).order_by(Complaint.id).first()
        assert case is not None
        (actor,) = make.actors(session, count=1)
        to = intake_recipients(settings)
        letters.note(
            session, actor=actor, case_id=case.id, version=case.version, text=SECRETS["note"], intake_key=to
        )
    do_all(settings, database)
    with sqlite3.connect(settings.data_dir / "chengxin.db") as connection:
        connection.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
    database.dispose()
    phrases = {f"phrase {n}": each.split()[1] for n, each in enumerate(person.receipts)}
    codes = {f"code {n}": each.split()[0] for n, each in enumerate(person.receipts)}
    kept = dict(files_of(tmp_path))
    hits = [
        f"{what} in {file.name}"
        for file, content in kept.items()
        for what, secret in (SECRETS | phrases | codes).items()
        if any(way in content for way in written(secret))
    ]
    assert hits == []
    assert any("evidence" in str(file) for file in kept)
    assert any(PUBLIC.encode() in content for content in kept.values()), "the search would find what is there"


@pytest.mark.parametrize("secret", SECRETS.values())
def test_the_search_itself_sees_a_secret(tmp_path: Path, secret: str) -> None:
    (tmp_path / "leak.log").write_text(f"{{'text': '{secret}'}}", encoding="utf-8")
    assert any(way in content for _, content in files_of(tmp_path) for way in written(secret))
