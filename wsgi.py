"""The doors: `app` serves both faces, `public` and `desk` serve one each."""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import chengxin  # noqa: F401 (only to see whether it is installed)
except ModuleNotFoundError:
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from chengxin.app import FACES, open_door

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@cache
def __getattr__(name: str) -> "WSGIApplication":
    """Build the door that is asked for, and only that one."""
    if name not in FACES:
        raise AttributeError(name)
    return open_door(name)
