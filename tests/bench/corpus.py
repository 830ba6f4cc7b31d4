"""The corpus of the lookup measurements: a given one, or an invented one of the same shape."""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from chengxin.agencies.provinces import PROVINCES
from chengxin.agencies.vocabulary import broader, services_of
from chengxin.core.folding import compact
from chengxin.sample.codes import credit_code
from chengxin.search import places
from chengxin.search.documents import Dated, SearchDocument
from chengxin.search.orders import rank_of
from chengxin.search.sounds import reading_table
from chengxin.search.vocabulary import RegisterWords

ENVIRONMENT = "CHENGXIN_BENCH_CORPUS"
CODES = {name: code for code, name in PROVINCES.items()}
STANDINGS = {"黄牌警告": "yellow_card", "失信曝光": "exposed", "取缔许可证": "revoked"}
LICENCES = {"注销": "deregistered", "取缔许可证": "revoked"}
SYLLABLES = "安邦宝博昌诚川达德鼎东恩帆飞丰福冠广海航浩和恒弘宏华汇惠佳嘉建江捷金锦景聚君凯康科乐力联良林领龙隆美民明茂宁诺鹏平启千庆仁荣瑞润森尚盛世顺思泰腾天通万旺维文祥新信兴旭轩雅扬阳一易益永优宇远源悦云泽展正志智中众卓"
LINES = ("人力资源", "劳务派遣", "劳务服务", "人才服务", "职业介绍", "企业管理咨询", "家政服务", "信息科技")
FORMS = ("有限公司", "有限公司", "服务有限公司", "有限责任公司", "集团有限公司")
TOWNS = [
    "临江",
    "云岭",
    "东湖",
    "北山",
    "青禾",
    "白鹭",
    "石桥",
    "南浦",
    "长汀",
    "平川",
    "西坪",
    "望河",
    "丰谷",
    "古渡",
    "明溪",
    "金坪",
    "双塔",
    "玉林",
    "桃源",
    "沙洲",
]
SCOPE = (
    "人力资源招聘",
    "劳务派遣",
    "网络招聘",
    "人事代理",
    "猎头",
    "高级人才寻访",
    "劳务外包",
    "灵活用工",
    "职业指导",
    "家政服务",
)
STATES = ("正常",) * 16 + ("黄牌警告", "失信曝光", "取缔许可证", "注销")


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the corpus."""

    id: int
    name: str
    former: list[str]
    alias: list[str]
    uscc: str
    permit: str
    province: str
    city: str
    district: str
    scope: list[str]
    level: str
    status: str

    @property
    def names(self) -> list[str]:
        """Return every name it is or was known by."""
        return [self.name, *self.alias, *self.former]


def given() -> Path | None:
    """Return the corpus that the environment names: a file agencies*.jsonl.gz, or the folder that holds one."""
    named = os.environ.get(ENVIRONMENT, "")
    path = Path(named)
    if named and path.is_dir():
        return next(iter(sorted(path.glob("agencies*.jsonl.gz"))), None)
    return path if named else None


def read(path: Path, count: int) -> Iterator[Agency]:
    """Yield the first agencies of a given corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if number > count:
                break
            row: dict[str, Any] = json.loads(line)
            yield Agency(**{name: row[name] for name in Agency.__slots__})


def invented(count: int, seed: int = 46) -> Iterator[Agency]:
    """Yield invented agencies of the same shape: one province, forty towns, trade names of two or three syllables."""
    dice = Random(seed)
    for number in range(1, count + 1):
        town = dice.choice(TOWNS)
        city = f"{town}市"
        trade = "".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3))))
        name = f"{dice.choice((town, town, city))}{trade}{dice.choice(LINES)}{dice.choice(FORMS)}"
        if dice.random() < 0.03:
            name = f"{trade}（{town}）{dice.choice(LINES)}有限公司"
        former = [f"{town}{''.join(dice.choices(SYLLABLES, k=2))}人才有限公司"] if dice.random() < 0.1 else []
        yield Agency(
            number,
            name,
            former,
            [f"{trade}招聘"] if dice.random() < 0.1 else [],
            credit_code(number, region="990000"),
            f"（江）人服证字〔{dice.randint(2012, 2026)}〕第{number:07d}号",
            "江州省",
            city,
            f"{dice.choice(TOWNS)}区",
            dice.sample(SCOPE, k=dice.randint(1, 5)),
            dice.choice(("", "", "AAA", "AAAA", "AAAAA")),
            dice.choice(STATES),
        )


def agencies(count: int) -> Iterator[Agency]:
    """Yield the given corpus when there is one, else an invented one."""
    path = given()
    return read(path, count) if path else invented(count)


def document(agency: Agency, today: date) -> SearchDocument:
    """Return what the index holds of an agency, as the register would give it."""
    region = CODES.get(agency.province, "990000")
    place = "".join(part for part in (agency.city, agency.district) if part != agency.province)
    named = tuple(services_of(";".join(agency.scope)))
    licence = LICENCES.get(agency.status, "valid")
    standing = STANDINGS.get(agency.status, "registered" if licence == "valid" else "unverified")
    return SearchDocument(
        agency_id=agency.id,
        rank=rank_of(
            agency.id, name=agency.name, grade=agency.level, is_valid=licence == "valid", is_active=True
        ),
        opened=today - timedelta(days=agency.id % 3_000),
        name=compact(agency.name),
        aliases=(*map(compact, agency.alias), *places.said(agency.name)),
        formers=tuple(map(compact, agency.former)),
        region=region,
        places=(region, *(key for key, _ in places.keys(region, place))),
        services=tuple(dict.fromkeys((*named, *filter(None, map(broader, named))))),
        named_services=named,
        codes=(compact(agency.uscc), compact(agency.permit)),
        grade=agency.level,
        standing=Dated(standing),
        licence=Dated(licence),
    )


def words(register: Iterator[Agency]) -> RegisterWords:
    """Return the words of a corpus: provinces, the places its agencies name, and their services."""
    told: dict[tuple[str | None, str], None] = {}
    services: dict[str, None] = {}
    for agency in register:
        region = CODES.get(agency.province, "990000")
        place = "".join(part for part in (agency.city, agency.district) if part != agency.province)
        told[region, place] = None
        services.update(dict.fromkeys(services_of(";".join(agency.scope))))
    return RegisterWords(
        regions=[*PROVINCES.items(), *places.learned(told)],
        services=sorted(services),
        readings=reading_table(),
    )
