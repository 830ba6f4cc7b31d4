"""The doors: `app` serves both faces, `public` and `desk` serve one each."""

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import chengxin  # noqa: F401 (only to see whether it is installed)
except ModuleNotFoundError:
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from chengxin.app import create_wsgi
from chengxin.config import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

FACES = {
    "app": {"public": True, "desk": True},
    "public": {"public": True, "desk": False},
    "desk": {"public": False, "desk": True},
}


@cache
def __getattr__(name: str) -> "WSGIApplication":
    """Build the door that is asked for, and only that one."""
    if name not in FACES:
        raise AttributeError(name)
    return create_wsgi(Settings.from_environment(os.environ), **FACES[name])
