"""Which agency of the register a name somebody wrote may mean: by code, by name or alias, by the heart of the name."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.merging import successor_of
from chengxin.agencies.models import Agency
from chengxin.core.folding import fold_name

SHOWN = 6
LEAST = 2
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])")
# What stands in so many names that it tells none from another.
_COMMON = re.compile(
    r"有限责任公司|股份有限公司|有限公司|分公司|公司|集团|人力资源服务|人力资源|劳务派遣|劳务|人才市场|人才服务|人才"
    r"|职业介绍所|职业介绍|职业中介|职介|服务部|服务所|服务|管理咨询|管理|咨询|中介|中心|外包|派遣|信息|科技"
)
_PLACE = re.compile(r"^.{2,3}[省市县区]")


def candidates(session: Session, text: str, *, agency_id: int | None = None) -> Sequence[Agency]:
    """Return the agencies a name may mean, the one the case is matched to first.

    Looser ways are tried only while nothing is found; a record that was merged leads to what it became.
    """
    matched = agencies.by_id(session, agency_id) if agency_id else None
    found = {each.id: each for each in _standing(session, [matched] if matched else [])}
    for way in (_by_code, _by_name, _by_heart, _by_part_of_heart):
        likely = {each.id: each for each in _standing(session, way(session, text))}
        if likely:
            return list((found | likely).values())[:SHOWN]
    return list(found.values())


def heart(text: str) -> str:
    """Return what is left of a name without its place and the words that many names share."""
    return _COMMON.sub("", _PLACE.sub("", fold_name(text)))


def _standing(session: Session, found: Iterable[Agency]) -> Iterator[Agency]:
    for each in found:
        yield successor_of(session, each) or each


def _by_code(session: Session, text: str) -> Iterator[Agency]:
    for code in _CODE.findall(text.upper()):
        if coded := agencies.by_uscc(session, code):
            yield coded
    yield from agencies.by_licence_no(session, text)


def _by_name(session: Session, text: str) -> Iterator[Agency]:
    name = text.strip(" ，,（）()")
    if len(name) >= LEAST:
        yield from agencies.named_like(session, name, limit=SHOWN)


def _by_heart(session: Session, text: str) -> Iterator[Agency]:
    core = heart(text)
    if len(core) >= LEAST:
        yield from agencies.named_like(session, core, limit=SHOWN)


def _by_part_of_heart(session: Session, text: str) -> Iterator[Agency]:
    core = heart(text)
    for part in (core[-LEAST:], core[:LEAST]):
        if len(part) >= LEAST:
            yield from agencies.named_like(session, part, limit=SHOWN)
