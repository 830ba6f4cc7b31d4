"""Filing a case as a browser does, and looking at what was kept."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Opened, open_filed
from tests import make
from tests.pages import Page

Reader = Callable[..., Page]
DOORS = ("/complaints/new", "/reports/new")
FACTS = "面试前收六百元内推费，没有开票，交钱以后就联系不上了。"
EMAIL = "jinsique@example.invalid"
WRITTEN = {
    "respondent": "江州捷聘人力资源有限公司",
    "category": "fees",
    "facts": FACTS,
    "contact": "anonymous",
    "step": "send",
}
MORE = {
    "happened_from": "2026年7月",
    "happened_to": "2026/9/3",
    "amount": "六百元整金丝雀",
    "wish": "退还全部内推费。",
    "place": "990100",
}


def send(page: Reader, path: str, *, status: int = 200, **changes: str) -> Page:
    fields = page(path).form() | WRITTEN | changes
    return page(path, method="POST", data=fields, status=status)


def again(page: Reader, path: str, shown: Page, *, status: int = 200, **changes: str) -> Page:
    return page(path, method="POST", data=shown.form() | {"step": "send"} | changes, status=status)


def the_case(settings: Settings) -> tuple[Complaint, Opened]:
    database = Database(settings)
    with database.reading() as session:
        case = session.scalars(select(Complaint).order_by(Complaint.id.desc())).first()
        assert case is not None
        opened = open_filed(case, intake_keyring(settings))
    database.dispose()
    return case, opened


def registered(settings: Settings, *names: str) -> list[str]:
    database = Database(settings)
    with database.writing() as session:
        make.region(session, code="990100", name="江北区")
        uids = [make.agency(session, name=name, region_code="990100").uid for name in names]
    database.dispose()
    return uids


def cheap_key() -> Callable[..., object]:
    """Return a stand-in for the slow stretching of a phrase."""
    key = X25519PrivateKey.generate()
    return lambda *arguments, **values: key
