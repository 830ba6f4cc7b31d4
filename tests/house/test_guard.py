"""Every route of the workbench is guarded, or open on purpose."""

from chengxin.app import create_desk, installation_of
from chengxin.config import Settings
from chengxin.desk.guard import NEEDS, OPEN_ON_PURPOSE


def test_every_route_says_what_it_needs_or_is_open_on_purpose(settings: Settings) -> None:
    desk = create_desk(installation_of(settings))
    silent = [
        endpoint
        for endpoint, view in desk.view_functions.items()
        if endpoint not in OPEN_ON_PURPOSE and getattr(view, NEEDS, None) is None
    ]
    assert silent == []
    assert set(desk.view_functions) >= OPEN_ON_PURPOSE


def test_no_route_opens_to_a_stranger(settings: Settings) -> None:
    desk = create_desk(installation_of(settings))
    client = desk.test_client()
    for rule in desk.url_map.iter_rules():
        if rule.endpoint in OPEN_ON_PURPOSE:
            continue
        _domain, path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False) or ("", "/")
        for method in rule.methods or ():
            answer = client.open(path, method=method)
            expected = {"GET": 302, "HEAD": 302, "OPTIONS": 200}.get(method, 403)
            assert answer.status_code in {expected, 403}, f"{method} {path}: {answer.status}"
