"""Which agency of the register a name somebody wrote may mean: by code, by name or alias, by the heart of the name."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
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
    """Return the agencies a name may mean, the likeliest first; looser ways are tried only while nothing is found."""
    for way in (_filed_against, _by_code, _by_name, _by_heart, _by_part_of_heart):
        found = {each.id: each for each in way(session, text, agency_id) if each.merged_into_id is None}
        if found:
            return list(found.values())[:SHOWN]
    return []


def heart(text: str) -> str:
    """Return what is left of a name without its place and the words that many names share."""
    return _COMMON.sub("", _PLACE.sub("", fold_name(text)))


def _filed_against(session: Session, _text: str, agency_id: int | None) -> Iterator[Agency]:
    if agency_id and (chosen := agencies.by_id(session, agency_id)):
        yield chosen


def _by_code(session: Session, text: str, _agency_id: int | None) -> Iterator[Agency]:
    for code in _CODE.findall(text.upper()):
        if coded := agencies.by_uscc(session, code):
            yield coded
    yield from agencies.by_licence_no(session, text)


def _by_name(session: Session, text: str, _agency_id: int | None) -> Iterator[Agency]:
    name = text.strip(" ，,（）()")
    if len(name) >= LEAST:
        yield from agencies.named_like(session, name, limit=SHOWN)


def _by_heart(session: Session, text: str, _agency_id: int | None) -> Iterator[Agency]:
    core = heart(text)
    if len(core) >= LEAST:
        yield from agencies.named_like(session, core, limit=SHOWN)


def _by_part_of_heart(session: Session, text: str, _agency_id: int | None) -> Iterator[Agency]:
    core = heart(text)
    for part in (core[-LEAST:], core[:LEAST]):
        if len(part) >= LEAST:
            yield from agencies.named_like(session, part, limit=SHOWN)
