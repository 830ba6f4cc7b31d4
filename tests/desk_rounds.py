"""Rounds of selection on the desk, walked by browsers of the staff."""

from tests.desk import Officer
from tests.pages import Page

NAME = "江州远帆人力资源有限公司"
ROUND = {
    "title": "2026年度江州市诚信服务示范机构",
    "level": "city",
    "year": "2026",
    "counted_by": "number",
    "agency_places": "2",
    "window_places": "1",
    "person_places": "1",
    "deadline": "2026-11-09",
}
WRITTEN = {"agency": NAME, "kind": "agency", "via": "officer", "merit": "三年无有效投诉"}
PLACE = "/exemplars/rounds/1/"


def opened(officer: Officer, **changes: str) -> str:
    """Open a round and return the address of its page."""
    fields = officer.page("/exemplars/rounds/new").form() | ROUND | changes
    return str(officer.post("/exemplars/rounds/new", fields))


def nominated(officer: Officer, place: str = PLACE, **changes: str) -> str:
    """Nominate and return the address of the title's page."""
    fields = officer.page(f"{place}nominate").form() | WRITTEN | changes
    return str(officer.post(f"{place}nominate", fields))


def step(officer: Officer, address: str, chosen: str, *, status: int = 303, **more: str) -> Page | str:
    """Take a step on the page of a title or a round."""
    fields = form_to(officer.page(address), "step") | {"step": chosen} | more
    return officer.post(f"{address}step", fields, status=status)


def form_to(page: Page, end: str) -> dict[str, str]:
    """Return the fields of the form that is sent to an address with this end."""
    forms = [each for each in page.tree.forms if (each.action or "").endswith(f"/{end}")]
    return {str(name): str(forms[0].fields[name] or "") for name in forms[0].fields if name}


def offered(page: Page) -> list[str]:
    """Return the steps a page offers."""
    return [str(value) for value in page.tree.xpath("//input[@name='step']/@value")]


def errors(page: Page | str) -> int:
    """Return how many errors a page lists."""
    assert isinstance(page, Page)
    return len(page.tree.xpath("//div[@class='errors']//li"))


def shown(first: Officer, *, entries: int = 1) -> str:
    """Bring the first round before the public and return its address."""
    place = opened(first)
    for number in range(entries):
        other = {} if number == 0 else {"agency": f"江州第{number}人力资源有限公司"}
        nominated(first, place, **other)
    step(first, place, "close", reason="材料已齐")
    for number in range(1, entries + 1):
        step(first, f"/exemplars/{number}/", "check")
        step(first, f"/exemplars/{number}/", "shortlist")
    step(first, place, "announce")
    return place
