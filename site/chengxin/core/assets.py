"""Static files under addresses that change with their content, so that they may be kept for ever."""

import hashlib
from functools import cache

from chengxin.paths import asset_folder


@cache
def static_url(name: str) -> str:
    """Return the address of a static file with a short hash of its content."""
    content = (asset_folder("static") / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
