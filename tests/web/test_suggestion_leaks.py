"""Words of authors reach readers by the text for readers alone: no page, feed, table, index or file holds others."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.desk import Brake
from tests.suggestions import REPLY, suggestion
from tests.surfaces import Surfaces

from chengxin.config import Settings
from chengxin.core.intake_keys import intake_recipients
from chengxin.voices.suggestions.rules import Act

CANARY = "朱雀衔枝"
PHONE = "13900000000"
WRITTEN = f"建议张贴收费标准。我叫王小川，暗号{CANARY}，电话{PHONE}。"
SHOWN = "建议张贴收费标准。"
NEVER = (CANARY, PHONE, "王小川", "李建国", "13911111111", "只说给你听")


@pytest.fixture
def site(settings: Settings, clock: Brake) -> Iterator[Surfaces]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        made = Surfaces(settings)
        key = intake_recipients(settings)
        contact: dict[str, Any] = {"contact_kind": "named", "name": "李建国", "phone": "13911111111"}
        with made.installed.database.writing() as session:
            shown = suggestion(session, key=key, text=WRITTEN, note="只说给你听", act=Act.ADOPT, **contact)
            shown.public_text = SHOWN
            suggestion(session, key=key, text=WRITTEN, publication="refused", act=Act.DECLINE, **contact)
            suggestion(session, key=key, text=WRITTEN, act=Act.ADOPT_PARTLY, **contact)
            suggestion(session, key=key, text=WRITTEN, **contact)
        made.work()
        yield made


def read(site: Surfaces) -> dict[str, str]:
    """Read every address of the site in both languages, and the searches for what must not be found."""
    paths = [f"{language}{path}" for path in site.paths() for language in ("", "/en")]
    asked = [
        f"{path}?q={word}" for path in ("/agencies/", "/notices/", "/news/") for word in (CANARY, "王小川")
    ]
    return {path: site.client.get(path).get_data().decode(errors="replace") for path in paths} | {
        path: site.client.get(path).get_data().decode(errors="replace").replace(path.partition("q=")[2], "")
        for path in asked
    }


def test_no_address_of_the_site_tells_what_is_hidden(site: Surfaces) -> None:
    told = read(site)
    for word in NEVER:
        escaped = word.encode("unicode-escape").decode()
        assert [path for path, text in told.items() if word in text or escaped in text] == []
    assert sum(SHOWN in text for text in told.values()) >= 5
    assert sum(REPLY in text for text in told.values()) >= 5


def test_no_file_of_the_installation_holds_it_in_the_clear(site: Surfaces) -> None:
    files = [each for each in Path(site.settings.data_dir).rglob("*") if each.is_file()]
    assert any(each.name == "chengxin.db" for each in files)
    for word in NEVER:
        shapes = (word.encode(), word.encode("utf-16-le"), word.encode("unicode-escape"))
        assert [each.name for each in files if any(shape in each.read_bytes() for shape in shapes)] == []
