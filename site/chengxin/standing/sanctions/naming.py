"""How a notice names its party: in full, or anonymised with 某 so that nobody outside can tell who it was."""

import re
from collections.abc import Sequence
from enum import StrEnum


class Naming(StrEnum):
    """Whether the public reads the name of the party."""

    FULL = "full"
    ANONYMISED = "anonymised"


SOME = "某"
ANONYMOUS = "某机构"
# What a name ends with, after the part that tells one firm from another; longer endings first.
ENDINGS = re.compile(
    r"(?:(?:人力资源服务|人力资源管理|人力资源|人才服务|人才|劳务派遣|劳务服务|劳务|企业管理咨询|企业管理|信息咨询|信息科技|职业介绍|职业中介|网络科技|科技|服务外包|咨询服务|咨询|家政服务|教育科技)?"
    r"(?:（集团）|集团)?(?:股份有限公司|有限责任公司|有限公司|合伙企业|职业介绍所|介绍所|服务部|服务中心|服务所|服务社|事务所|工作室|经营部|分公司|中心|公司))$"
)
PLACE = re.compile(r"^[\u3400-\u9fff]{2,6}?[省市区县州]")
LEADING = 2


def anonymised(name: str, places: Sequence[str] = ()) -> str:
    """Return a name whose telling part is 某: 江州某人力资源有限公司."""
    ending = ENDINGS.search(name)
    if ending is None or ending.start() == 0:
        return ANONYMOUS
    return _place_in(name[: ending.start()], places) + SOME + ending[0]


def telling_part(name: str, places: Sequence[str] = ()) -> str:
    """Return the part of a name that tells one firm from another (字号), or the whole name."""
    ending = ENDINGS.search(name)
    if ending is None:
        return name
    front = name[: ending.start()]
    return front.removeprefix(_place_in(front, places)) or name


def hidden_in(text: str, *, name: str, uscc: str, places: Sequence[str] = ()) -> str:
    """Return a text in which neither the name of a party nor its code can be read any more."""
    hidden = text.replace(name, anonymised(name, places)) if name else text
    if uscc:
        hidden = hidden.replace(uscc, SOME)
    part = telling_part(name, places)
    return hidden.replace(part, SOME) if len(part) >= LEADING else hidden


def _place_in(front: str, places: Sequence[str]) -> str:
    """Return the place a name begins with: a known one in full or short, else what ends like one."""
    for place in places:
        short = place[:-1] if len(place) > LEADING else place
        for known in (place, short):
            if front.startswith(known) and front != known:
                return known
    found = PLACE.match(front)
    return found[0] if found and found[0] != front else ""
