"""What is known of each agency of the sample, before it is entered into the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from chengxin.agencies.rules import NameKind, PermitKind, PermitStatus, Service
from chengxin.agencies.uids import ALPHABET, LENGTH
from chengxin.sample import codes
from chengxin.sample.dice import chance, dice, pick
from chengxin.sample.names import Named, drawn, person
from chengxin.sample.reading import table

TERM_DAYS = 1825
OPENED_DAYS = 1_380
LICENSED = frozenset({Service.RECRUITMENT, Service.EXECUTIVE_SEARCH})
SOLE_FORMS = ("部", "所", "市场", "合作社")
ENDINGS = {
    "": 93,
    PermitStatus.DEREGISTERED: 3,
    PermitStatus.EXPIRED: 2.4,
    PermitStatus.WITHDRAWN: 0.6,
    PermitStatus.RESCINDED: 0.4,
    PermitStatus.SUSPENDED: 0.6,
}
# One agency of each ending stands in every sample, however small.
FIRST_ENDINGS = tuple(ending for ending in ENDINGS if ending)


@dataclass(frozen=True)
class Held:
    """A permit of a profile."""

    kind: PermitKind
    number: str
    scope: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An agency of the sample."""

    number: int
    uid: str
    name: str
    uscc: str
    region: str
    opened: int
    names: list[tuple[NameKind, str]] = field(default_factory=list)
    services: list[str]
    permits: list[Held]
    facts: dict[str, Any]
    ending: str = ""
    ended: int = 0
    later_name: str = ""
    left: int = 0
    merged_into: str = ""

    @property
    def is_branch(self) -> bool:
        """Tell whether it is a branch, for which its parent answers."""
        return any(held.kind is PermitKind.BRANCH_REPORT for held in self.permits)


def profiles(count: int, today: date) -> list[Profile]:
    """Return the agencies of a sample of this size: those of the texts first, then drawn ones."""
    fixed = table("agencies")["agency"]
    made = [_profile(at, today, given) for at, given in enumerate(fixed, 1)]
    taken = {each.name for each in made}
    parents: list[Named] = []
    for named in drawn(count - len(made), taken=frozenset(taken)):
        given = _varied(len(made) + 1, named, parents, taken)
        made.append(_profile(len(made) + 1, today, given))
        taken.add(given["name"])
        if given["name"] == named.name and named.name.endswith("有限公司"):
            parents.append(named)
    return made


def _varied(number: int, named: Named, parents: list[Named], taken: set[str]) -> dict[str, Any]:
    """Return the facts a drawn name stands for; some are branches, some look like another agency."""
    lots = dice("kind", number)
    given: dict[str, Any] = {
        "name": named.name,
        "region": named.region,
        "trade": [named.trade] if chance(lots, 0.4) else [],
        "services": named.line["services"][: lots.randint(1, len(named.line["services"]))],
    }
    if parents and number % 33 == 0:
        parent, short = lots.choice(parents).name, _short_of(named.region)
        branch = f"{parent}{'第二' if short in parent else short}分公司"
        return {**given, "name": branch, "branch_of": parent, "trade": []}
    if number % 41 == 0:
        return {**given, "name": _similar(parents, taken) or named.name, "trade": []}
    if chance(lots, 0.05):
        given["former"] = [named.name.replace(named.line["word"], "劳务信息咨询")]
    if chance(lots, 0.08):
        given["alias"] = [f"{named.trade}{lots.choice(['招工', '职介', '人才', '用工'])}"]
    given["rename"] = number % 97 == 0
    return given


def _similar(parents: list[Named], taken: set[str]) -> str:
    """Return a look-alike, which nobody holds yet, of the newest name that has one."""
    similar: dict[str, str] = table("agencies")["choices"]["similar"]
    for named in reversed(parents):
        twin_trade = "".join(similar.get(each, each) for each in named.trade)
        twin = named.name.replace(named.trade, twin_trade)
        if twin not in taken:
            return twin
    return ""


def _profile(number: int, today: date, given: Mapping[str, Any]) -> Profile:
    lots = dice("profile", number)
    granted = given.get("granted") or lots.randint(40, 1760)
    opened = min(granted // 30 * 30, OPENED_DAYS)
    ending, ended = _ending(number, given, lots, opened)
    held = _permits(number, given, today, granted, ended if ending == PermitStatus.EXPIRED else 0)
    return Profile(
        number=number,
        uid="".join(lots.choices(ALPHABET, k=LENGTH)),
        name=given["name"],
        uscc=codes.credit_code(number, region=given["region"], holder=_holder(given)),
        region=given["region"],
        opened=opened,
        names=_names(given),
        services=list(given["services"]),
        permits=held,
        facts=_facts(number, given, today - timedelta(days=granted), lots),
        ending=ending,
        ended=ended,
        later_name=_later_name(given),
        left=given.get("left", 0),
        merged_into=given.get("merged_into", ""),
    )


def _later_name(given: Mapping[str, Any]) -> str:
    if not given.get("rename") or "集团" in given["name"]:
        return ""
    return str(given["name"]).replace("有限公司", "集团有限公司")


def _ending(number: int, given: Mapping[str, Any], lots: Random, opened: int) -> tuple[str, int]:
    if "granted" in given or given.get("public"):
        return given.get("ending", ""), given.get("days", 0)
    at = number - len(table("agencies")["agency"]) - 1
    first = FIRST_ENDINGS[at] if 0 <= at < len(FIRST_ENDINGS) else ""
    ending = first or pick(lots, ENDINGS)
    return ending, lots.randint(20, max(21, min(opened - 5, 700))) if ending else 0


def _names(given: Mapping[str, Any]) -> list[tuple[NameKind, str]]:
    kinds = {"alias": NameKind.ALIAS, "trade": NameKind.TRADE, "former": NameKind.FORMER}
    return [(kind, name) for key, kind in kinds.items() for name in given.get(key, [])]


def _permits(number: int, given: Mapping[str, Any], today: date, granted: int, expired: int) -> list[Held]:
    services = set(given["services"])
    if given.get("branch_of"):
        kinds = [PermitKind.BRANCH_REPORT]
    elif given.get("public") or not services & {*LICENSED, Service.DISPATCH}:
        kinds = [PermitKind.FILING]
    else:
        needs = services & LICENSED or "licence" in given
        kinds = [PermitKind.LICENCE] if needs else []
        kinds += [PermitKind.DISPATCH_LICENCE] if Service.DISPATCH in services else []
    ends = -expired if expired else given.get("ends", TERM_DAYS - granted)
    start = today - timedelta(days=granted if not expired else max(granted, expired + 365))
    serial = given.get("licence") or 1_000 + number
    return [
        Held(
            kind=kind,
            number=codes.permit_number(kind, year=start.year, serial=serial),
            scope=_scope(kind, number),
            valid_from=start,
            valid_to=today + timedelta(days=ends),
        )
        for kind in kinds
    ]


def _scope(kind: PermitKind, number: int) -> str:
    scopes: dict[str, str] = table("agencies")["choices"]["scopes"]
    if kind == PermitKind.DISPATCH_LICENCE:
        return scopes["dispatch"]
    if kind == PermitKind.LICENCE:
        return scopes["online" if number % 3 == 0 else "recruitment"]
    return scopes["other"]


def _facts(number: int, given: Mapping[str, Any], founded: date, lots: Random) -> dict[str, Any]:
    choices = table("agencies")["choices"]
    place = next(each for each in table("places")["region"] if each["code"] == given["region"])
    drawn_address = f"江州市{place['name']}{lots.choice(place['streets'])}{lots.randint(1, 300)}号"
    drawn_fees = lots.choice(choices["fees"]) if chance(lots, 0.86) else ""
    public = bool(given.get("public"))
    return {
        "address": given.get("address", drawn_address),
        "legal_representative": person(number) if chance(lots, 0.5) and not public else "",
        "established": f"{founded - timedelta(days=lots.randint(30, 900)):%Y-%m}",
        "ownership": "公共就业服务机构" if public else pick(lots, choices["ownerships"]),
        "business_phone": codes.phone(number),
        "supervision_phone": "12333" if chance(lots, 0.8) else "",
        "website": f"https://hr{number:04d}.example/" if chance(lots, 0.15) else "",
        "fee_notice": given.get("fees", drawn_fees),
        "grade": given.get("grade", pick(lots, choices["grades"])),
        "staff_total": given.get("staff", lots.choice([3, 4, 5, 6, 8, 9, 12, 15, 18, 24, 31, 46, 80])),
        "public_body": public,
        "status": "active",
    }


def _holder(given: Mapping[str, Any]) -> str:
    if given.get("public"):
        return codes.PUBLIC_BODY
    return codes.SOLE_TRADER if given["name"].endswith(SOLE_FORMS) else codes.ENTERPRISE


def _short_of(region: str) -> str:
    name: str = next(each["name"] for each in table("places")["region"] if each["code"] == region)
    return name.rstrip("区县市")
