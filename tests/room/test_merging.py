"""Mergers: names and addresses lead on, one step or many, and a merger can be undone whole."""

import json

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.agencies import actions, merging, queries
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import NameKind
from chengxin.core.errors import DomainError
from chengxin.ledger.queries import since

REASON = "吸收合并，江市监〔2026〕12号"


def named(session: Session, name: str) -> Agency:
    return make.agency(session, name=f"江州{name}人力资源有限公司")


def merged(session: Session, old: Agency, new: Agency) -> Agency:
    return merging.merge(session, actor="command", old=old, new=new, reason=REASON)


def merged_names(session: Session, agency: Agency) -> set[str]:
    names = queries.names_of(session, [agency.id])[agency.id]
    return {each.name for each in names if each.kind == NameKind.MERGED}


def test_a_merged_agency_leads_to_its_successor(session: Session) -> None:
    old, new = named(session, "启明"), named(session, "远帆")
    merged(session, old, new)
    assert merging.successor_of(session, old) is new
    assert merging.successor_of(session, new) is None
    assert [each.id for each in merging.merged_into(session, new.id)] == [old.id]


def test_the_successor_keeps_every_name(session: Session) -> None:
    old, new = named(session, "启明"), named(session, "远帆")
    actions.keep_name(session, agency=old, kind=NameKind.TRADE, name="启明招工")
    merged(session, old, new)
    assert merged_names(session, new) == {old.name, "启明招工"}


def test_a_chain_of_mergers_ends_at_the_last(session: Session) -> None:
    first, second, third = (named(session, name) for name in ("启明", "远帆", "百川"))
    merged(session, first, second)
    merged(session, second, third)
    assert merging.successor_of(session, first) is third
    assert merged_names(session, third) == {first.name, second.name}


def test_undoing_a_merger_restores_both(session: Session) -> None:
    first, second, third = (named(session, name) for name in ("启明", "远帆", "百川"))
    merged(session, first, second)
    merged(session, second, third)
    merging.unmerge(session, actor="command", old=first, reason="登记有误")
    assert merging.successor_of(session, first) is None
    assert first.left_on is None
    assert merged_names(session, second) == set()
    assert merged_names(session, third) == {second.name}


def test_both_sides_of_a_merger_are_public_events(session: Session) -> None:
    old, new = named(session, "启明"), named(session, "远帆")
    merged(session, old, new)
    events = [(each.verb, each.subject_id, each.public_version is not None) for each in since(session, 0)]
    assert events == [("agency.merged", old.id, True), ("agency.other_merged", new.id, True)]
    assert json.loads(since(session, 0)[0].new or "{}")["with"] == new.uid


def test_a_merger_in_a_circle_is_refused(session: Session) -> None:
    old, new = named(session, "启明"), named(session, "远帆")
    merged(session, old, new)
    with pytest.raises(DomainError):
        merged(session, new, old)
    assert new.merged_into_id is None


def test_what_is_not_merged_cannot_be_unmerged(session: Session) -> None:
    with pytest.raises(DomainError):
        merging.unmerge(session, actor="command", old=named(session, "启明"), reason="登记有误")
