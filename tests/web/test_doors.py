"""Each door serves its face and nothing of the other."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from werkzeug.test import Client

from chengxin.config import Settings

WSGI = Path(__file__).resolve().parents[2] / "wsgi.py"


@pytest.fixture
def doors(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.setenv("CHENGXIN_DATA_DIR", str(settings.data_dir))
    module = importlib.import_module("wsgi")
    yield module
    vars(module)["__getattr__"].cache_clear()


@pytest.mark.parametrize(
    ("door", "home", "login"), [("app", 200, 200), ("public", 200, 404), ("desk", 404, 200)]
)
def test_a_door_serves_its_own_face(doors: ModuleType, door: str, home: int, login: int) -> None:
    client = Client(getattr(doors, door))
    assert client.get("/").status_code == home
    assert client.get("/desk/login").status_code == login


def test_there_is_no_other_door(doors: ModuleType) -> None:
    with pytest.raises(AttributeError):
        _ = doors.backdoor
