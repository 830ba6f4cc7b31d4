"""A finished page: its bytes plain and packed, its headers, and its answers to readers."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Headers = list[tuple[str, str]]

OWN_HEADERS = frozenset({"content-length", "cache-control", "vary", "etag", "content-encoding"})
SMALLEST_PACKED = 400


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two forms a page is sent in: as it is, or packed with gzip."""

    body: bytes
    etag: str
    headers: Headers
    unchanged: Headers


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be sent to anybody."""

    plain: Form
    packed: Form

    @property
    def size(self) -> int:
        """Return the bytes the page takes."""
        return len(self.plain.body) + len(self.packed.body)

    def answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Send the page, or say that the reader's copy is still right."""
        form = self.packed if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else self.plain
        held = environ.get("HTTP_IF_NONE_MATCH")
        if held and holds(held, form.etag):
            start_response("304 Not Modified", form.unchanged.copy())
            return []
        start_response("200 OK", form.headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


def finish(headers: Headers, body: bytes, cache_control: str) -> Page:
    """Return the page made of an app's answer; the tag names the content, not the moment."""
    kept = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    kept += [("Cache-Control", cache_control), ("Vary", "Accept-Encoding")]
    tag = hashlib.sha256(body).hexdigest()[:32]
    plain = _form(kept, body, f'"{tag}"')
    if len(body) < SMALLEST_PACKED:
        return Page(plain, plain)
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    return Page(plain, _form([*kept, ("Content-Encoding", "gzip")], packed, f'"{tag}-gzip"'))


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Return whether a reader's program unpacks gzip."""
    return parse_accept_header(accepted).quality("gzip") > 0


def holds(held: str, etag: str) -> bool:
    """Return whether an If-None-Match header names a tag, strong or weak."""
    if held == etag:
        return True
    return any(each.strip().removeprefix("W/") in {etag, "*"} for each in held.split(","))


def _form(kept: Headers, body: bytes, etag: str) -> Form:
    tagged = [*kept, ("ETag", etag)]
    unchanged = [pair for pair in tagged if pair[0] not in {"Content-Type", "Content-Encoding"}]
    return Form(body, etag, [*tagged, ("Content-Length", str(len(body)))], unchanged)
