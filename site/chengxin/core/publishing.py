"""Published pages: answers that are the same for every reader until something is published.

A view marks itself with `@published`. Its address is then canonical: keys it does not know, empty values,
doubles and another order lead to the one address that stands for them, so that each page is kept once.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import parse_qsl, urlencode

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.core.forms import clean_line

Arguments = ParamSpec("Arguments")

KEPT = "chengxin.kept"
CACHE_CONTROL = "public, no-cache"
MOST_FIELDS = 40
LONGEST_VALUE = 100

_published: set[Callable[..., Any]] = set()


def published(
    *, query: Iterable[str] = ()
) -> Callable[[Callable[Arguments, ResponseReturnValue]], Callable[Arguments, ResponseReturnValue]]:
    """Mark a view whose answer may be kept and shown to everybody; `query` names its keys in their order."""
    known = tuple(query)

    def decorate(view: Callable[Arguments, ResponseReturnValue]) -> Callable[Arguments, ResponseReturnValue]:
        @wraps(view)
        def answer(*args: Arguments.args, **values: Arguments.kwargs) -> ResponseReturnValue:
            raw = request.query_string.decode(errors="replace")
            wanted = canonical_query(raw, known)
            if raw != wanted:
                return redirect(address(str(request.endpoint), wanted, **(request.view_args or {})))
            request.environ[KEPT] = True
            response = current_app.make_response(view(*args, **values))
            if response.status_code == 200:  # noqa: PLR2004 (an ordinary answer)
                response.headers["Cache-Control"] = CACHE_CONTROL
            return response

        _published.add(answer)
        return answer

    return decorate


def is_published(view: Callable[..., Any]) -> bool:
    """Return whether a view marked itself as published."""
    return view in _published


def do_not_keep() -> None:
    """Say that this answer is one of too many to be kept, for example a search for free words."""
    request.environ[KEPT] = False


def canonical_query(raw: str, known: Iterable[str]) -> str:
    """Return the one spelling of a query: known keys in order, once each, without empty values."""
    if not raw:
        return ""
    try:
        pairs = parse_qsl(raw, keep_blank_values=False, max_num_fields=MOST_FIELDS)
    except ValueError:
        return ""
    given: dict[str, str] = {}
    for key, value in pairs:
        given.setdefault(key, str(clean_line(value))[:LONGEST_VALUE].rstrip())
    return spelled({key: given.get(key, "") for key in known})


def spelled(values: Mapping[str, object]) -> str:
    """Return keys and values as a query, without empty values and without the first page."""
    kept = [(key, str(value)) for key, value in values.items() if value not in {None, ""}]
    return urlencode([pair for pair in kept if pair != ("page", "1")])


def address(endpoint: str, query: str = "", **values: Any) -> str:
    """Return the address of a page with a query already spelled."""
    path = url_for(endpoint, **values)
    return f"{path}?{query}" if query else path
