"""Look-alikes from the records: mutual, current with the ledger, bounded, and never a branch or a merged agency."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event
from sqlalchemy.orm import Session
from tests import lookups, make

from chengxin.agencies import actions, merging, regions
from chengxin.agencies.gazetteer import Place
from chengxin.agencies.models import Agency
from chengxin.core.database import Database
from chengxin.search import following
from chengxin.search.likeness import Likeness
from chengxin.search.lookalikes import MOST, look_alikes
from chengxin.search.models import Likeness as Likening

CHARACTERS = "众合和诚城达未末启"


def enrolled(
    session: Session, core: str, *, region: str = "990000", tail: str = "人力资源有限公司"
) -> Agency:
    make.region(session)
    make.region(session, code="990101", name="东湖区", parent="990000")
    make.region(session, code="980000", name="海州市")
    made = make.agency(session, name=f"江州{core}{tail}", region_code=region)
    lookups.told(session, made)
    return made


def named_by(database: Database, agency: Agency) -> dict[str, Likeness]:
    with database.reading() as session:
        return {each.agency.name: each.why for each in look_alikes(session, agency).found}


def test_a_homophone_is_named_from_both_sides(database: Database) -> None:
    with database.writing() as session:
        one, other = enrolled(session, "众合"), enrolled(session, "众和")
        enrolled(session, "启程")
    following.follow(database)
    assert named_by(database, one) == {other.name: Likeness.HOMOPHONE}
    assert named_by(database, other) == {one.name: Likeness.HOMOPHONE}


def test_a_traditional_name_is_told_apart_from_the_same_one(database: Database) -> None:
    with database.writing() as session:
        one = enrolled(session, "众合")
        enrolled(session, "衆合", tail="人才有限公司")
        enrolled(session, "众合", region="980000", tail="劳务有限公司")
    following.follow(database)
    assert set(named_by(database, one).values()) == {Likeness.TRADITIONAL, Likeness.SAME}
    with database.reading() as session:
        found = {each.why: each for each in look_alikes(session, one).found}
    assert (found[Likeness.TRADITIONAL].own, found[Likeness.TRADITIONAL].other) == ("众合", "衆合")
    assert found[Likeness.SAME].elsewhere


def test_nothing_is_named_before_the_ledger_was_followed(database: Database) -> None:
    with database.writing() as session:
        one = enrolled(session, "众合")
        enrolled(session, "众和")
    with database.reading() as session:
        assert not following.is_current(session)
        assert look_alikes(session, one).found == ()
    following.follow(database)
    with database.reading() as session:
        assert following.is_current(session)


def test_a_new_name_brings_new_look_alikes(database: Database) -> None:
    with database.writing() as session:
        one, other = enrolled(session, "众合"), enrolled(session, "启程")
    following.follow(database)
    assert named_by(database, one) == {}
    with database.writing() as session:
        held = session.get(Agency, other.id)
        assert held is not None
        actions.rename(session, actor="command", agency=held, name="江州众和人力资源有限公司")
    assert following.follow(database) > 0
    assert set(named_by(database, one)) == {"江州众和人力资源有限公司"}
    assert following.follow(database) == 0


def test_a_new_division_reads_every_name_again(database: Database) -> None:
    with database.writing() as session:
        one = enrolled(session, "众合")
        other = make.agency(session, name="云溪众和人力资源有限公司")
        lookups.told(session, other)
    following.follow(database)
    assert named_by(database, one) == {}
    with database.writing() as session:
        regions.put(session, actor="command", places=[Place("970000", "云溪市", "city", None)])
    following.follow(database)
    assert set(named_by(database, one)) == {other.name}


def test_a_branch_and_a_merged_agency_are_not_named(database: Database) -> None:
    with database.writing() as session:
        one, other = enrolled(session, "众合"), enrolled(session, "众和")
        enrolled(session, "众合", tail="人力资源有限公司江北分公司")
        third = enrolled(session, "启程")
        merging.merge(session, actor="command", old=other, new=third, reason="吸收合并")
    following.follow(database)
    assert named_by(database, one) == {}


def test_a_name_too_many_share_counts_only_in_the_city(database: Database) -> None:
    with database.writing() as session:
        one = enrolled(session, "众合")
        near = enrolled(session, "众合", tail="劳务有限公司")
        for number in range(MOST + 1):
            enrolled(session, "众合", region="980000", tail=f"人力资源第{number}有限公司")
    following.follow(database)
    assert set(named_by(database, one)) == {near.name}
    with database.reading() as session:
        assert look_alikes(session, one).crowded


def test_the_queries_do_not_grow_with_the_answers(database: Database) -> None:
    with database.writing() as session:
        one = enrolled(session, "众合")
        for number in range(12):
            enrolled(session, "众合", tail=f"人力资源第{number}有限公司")
    following.follow(database)
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert len(named_by(database, one)) == 12
    assert len(asked) <= 6


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.text(CHARACTERS, min_size=2, max_size=4), st.booleans()), min_size=2, max_size=14)
)
def test_whom_one_names_names_it_too(database: Database, drawn: list[tuple[str, bool]]) -> None:
    with database.writing() as session:
        for model in (Likening, Agency):
            session.execute(delete(model))
        made = [enrolled(session, core, region="980000" if far else "990000") for core, far in drawn]
    following.follow(database)
    with database.reading() as session:
        named = {
            one.id: {each.agency.id: each.why for each in look_alikes(session, one).found} for one in made
        }
    for one, others in named.items():
        for other, why in others.items():
            assert named[other].get(one) is why
