"""After its end a notice's words stand nowhere in public: every surface, both languages, worker running or not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests import make
from tests.desk import Brake
from tests.disputes import repair
from tests.surfaces import CORRECTED, EXPIRING, LASTING, REPAIRED, WITHDRAWN, Surfaces, Walk

from chengxin.config import Settings
from chengxin.standing.corrections import actions as corrections
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.sanctions import ends
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.wording import wording_of

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
AFTER_THE_MINOR = datetime(2027, 1, 28, 16, 0, tzinfo=UTC)  # midnight in Shanghai
AFTER_THE_GENERAL = datetime(2027, 6, 1, 16, 0, tzinfo=UTC)
OLDER = re.compile(r"(/en)?/notices/2026/4/rev/[0-9]+")
# Where the words of a notice in force are known to stand: a walk that misses these has seen nothing.
SHOWN = {
    "/",
    "/notices/",
    "/notices/notices.json",
    "/notices/notices.csv",
    "/notices/feed.atom",
    "/notices/2026/5/",
    "/notices/2026/5.json",
    "/notices/2026/5/rev/1",
    "/agencies/walk0004/",
    "/agencies/walk0004.json",
    "/agencies/walk0004/feed.atom",
    "/corrections/new?record=notices/2026/5",
    "/notices/?q=%E4%BA%91%E9%98%99",
}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


@pytest.fixture
def site(settings: Settings) -> Surfaces:
    return Surfaces(settings)


def end(site: Surfaces, which: int, how: State) -> None:
    with site.installed.database.writing() as session:
        first, second = make.actors(session)
        held: Any = {"sanction_id": site.notices[which].id}
        notice = session.get(Sanction, site.notices[which].id)
        assert notice is not None
        ends.propose_end(session, actor=first, version=notice.version, end=how, reason="依法处理", **held)
        ends.confirm_end(session, actor=second, version=notice.version, **held)


def grant(site: Surfaces, which: int) -> None:
    """End a notice as an agency asks for it."""
    with site.installed.database.writing() as session:
        first, second = make.actors(session)
        notice = session.get(Sanction, site.notices[which].id)
        assert notice is not None
        made = repair(session, notice, accepted=True)
        held: Any = {"repair_id": made.id}
        repairs.propose_grant(session, actor=first, version=made.version, reason="已整改", **held)
        repairs.confirm_grant(session, actor=second, version=made.version, **held)


def correct(site: Surfaces, which: int) -> None:
    with site.installed.database.writing() as session:
        first, second = make.actors(session)
        notice = session.get(Sanction, site.notices[which].id)
        assert notice is not None
        made = corrections.propose(
            session,
            actor=first,
            sanction_id=notice.id,
            version=notice.version,
            wording=replace(wording_of(notice), facts="更正后的事实，没有旧词。"),
            note="事实写错，已更正。",
        )
        corrections.confirm(session, actor=second, correction_id=made.id, version=made.version)


def gone(site: Surfaces, walk: Walk, which: int) -> None:
    """Check that a notice's words are nowhere, and that its addresses say so with 410."""
    assert walk.where(which) == set()
    number = site.notices[which].number
    for path in (f"/notices/2026/{number}/", f"/notices/2026/{number}.json", f"/notices/2026/{number}/rev/1"):
        assert walk.statuses[path] == 410, path
        assert walk.statuses[f"/en{path}"] == 410, path


def test_a_walk_finds_a_notice_in_force_wherever_it_is_known_to_stand(site: Surfaces) -> None:
    walk = site.walk()
    assert walk.where(EXPIRING) >= SHOWN
    assert {f"/en{path}" for path in SHOWN} <= walk.where(EXPIRING)


def test_what_two_persons_end_is_gone_at_once_from_every_surface(site: Surfaces) -> None:
    """The pages were kept and the index was full; the worker stands still in between."""
    assert site.walk().where(REPAIRED)
    grant(site, REPAIRED)
    end(site, WITHDRAWN, State.WITHDRAWN)
    correct(site, CORRECTED)
    for worked in (False, True):
        if worked:
            site.work()
        walk = site.walk()
        gone(site, walk, REPAIRED)
        gone(site, walk, WITHDRAWN)
        assert walk.where(CORRECTED)
        assert {path for path in walk.where(CORRECTED) if not OLDER.fullmatch(path)} == set()
        assert walk.where(LASTING)
        assert walk.where(EXPIRING) >= SHOWN


def test_what_the_calendar_ends_is_gone_at_midnight_without_the_worker(site: Surfaces, clock: Brake) -> None:
    correct(site, CORRECTED)
    assert site.walk().where(EXPIRING)
    with clock(AFTER_THE_MINOR):
        for worked in (False, True):
            if worked:
                site.work()
            walk = site.walk()
            gone(site, walk, EXPIRING)
            assert walk.where(LASTING)


def test_older_wordings_end_with_their_notice(site: Surfaces, clock: Brake) -> None:
    correct(site, CORRECTED)
    with clock(AFTER_THE_GENERAL):
        for worked in (False, True):
            if worked:
                site.work()
            walk = site.walk()
            gone(site, walk, CORRECTED)
            gone(site, walk, LASTING)
            assert walk.statuses["/notices/2026/4/rev/2"] == 410


def test_an_ended_notice_no_longer_marks_its_agency(site: Surfaces, clock: Brake) -> None:
    def standings() -> set[str]:
        told = site.client.get("/agencies/walk0004.json").get_json()
        listed = site.client.get("/api/v1/agencies?q=91990000MA0000005R").get_json()["items"]
        return {str(told["standing"]), *(str(each["standing"]) for each in listed)}

    def exposed() -> str:
        path = "/agencies/?standing=exposed&q=91990000MA0000005R"
        return site.client.get(path, follow_redirects=True).text

    assert "exposed" in str(standings())
    assert site.agencies[EXPIRING].name in exposed()
    with clock(AFTER_THE_MINOR):
        assert "exposed" not in str(standings())
        assert site.agencies[EXPIRING].name not in exposed()
