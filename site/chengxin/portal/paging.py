"""The pages of a list, as the address asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request

from chengxin.core.publishing import address, spelled
from chengxin.portal.addresses import whole
from chengxin.portal.formats import absolute_url


@dataclass(frozen=True)
class Paging:
    """Where in a list the reader is."""

    page: int
    pages: int
    total: int
    size: int
    endpoint: str
    asked: dict[str, str]
    values: dict[str, object]

    @property
    def offset(self) -> int:
        """Return how many rows stand on the pages before."""
        return (self.page - 1) * self.size

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, if there is one."""
        return self._url(self.page - 1)

    @property
    def next_url(self) -> str:
        """Return the address of the page after, if there is one."""
        return self._url(self.page + 1)

    def envelope(self, items: Sequence[object]) -> dict[str, object]:
        """Return a page of the list as JSON tells it."""
        following = self.next_url and absolute_url(self.next_url)
        return {
            "total": self.total,
            "page": self.page,
            "pages": self.pages,
            "next": following or None,
            "items": items,
        }

    def _url(self, page: int) -> str:
        if not 1 <= page <= self.pages:
            return ""
        return address(self.endpoint, spelled({**self.asked, "page": page}), **self.values)


def paging(total: int, *, size: int) -> Paging:
    """Return the page the address asks for; a page that is not there is a 404."""
    pages = max(1, -(-total // size))
    page = whole(request.args.get("page", "1")) or 0
    if not 1 <= page <= pages:
        abort(404)
    asked = {key: value for key, value in request.args.items() if key != "page"}
    return Paging(page, pages, total, size, str(request.endpoint), asked, dict(request.view_args or {}))
