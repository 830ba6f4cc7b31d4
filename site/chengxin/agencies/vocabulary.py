"""The words published registers use, and what they mean here; a word not found means unknown."""

import re
from functools import lru_cache

from chengxin.agencies.rules import AgencyStatus, PermitKind, PermitStatus, Service
from chengxin.core.folding import fold_name

NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "无",
        "暂无",
        "空",
        "不详",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "nan",
        "tbd",
    }
)
LONGEST_NOTHING = max(map(len, NOTHING))
NOT_STATED = re.compile(
    r"^n\.?\s?s\.?\s*\(.*not stated\)$|^not stated$|^unknown$|^unspecified$", re.IGNORECASE
)

# "Cancelled" is missing on purpose: it may be a penalty or a quiet closure, and to guess would defame.
STATUS_WORDS: dict[str, PermitStatus] = {
    **dict.fromkeys(
        (
            "valid",
            "valid license",
            "valid licence",
            "valid license - provisional",
            "valid licence - provisional",
        ),
        PermitStatus.VALID,
    ),
    **dict.fromkeys(("active", "in force", "current", "licensed", "renewed"), PermitStatus.VALID),
    **dict.fromkeys(("有效", "正常", "在册", "存续", "有效期内", "已延续", "在有效期内"), PermitStatus.VALID),
    **dict.fromkeys(
        ("suspended", "license suspended", "暂扣", "已暂扣", "中止", "暂停"), PermitStatus.SUSPENDED
    ),
    **dict.fromkeys(("revoked", "license revoked", "licence revoked", "forfeited"), PermitStatus.REVOKED),
    **dict.fromkeys(
        ("吊销", "已吊销", "被吊销", "吊销许可证", "吊销许可", "取缔许可证"), PermitStatus.REVOKED
    ),
    **dict.fromkeys(("rescinded", "撤销", "已撤销", "被撤销", "撤销许可"), PermitStatus.RESCINDED),
    **dict.fromkeys(("withdrawn", "撤回", "已撤回", "被撤回", "撤回许可"), PermitStatus.WITHDRAWN),
    **dict.fromkeys(
        ("deregistered", "delisted", "ceased operations", "closed", "surrendered"), PermitStatus.DEREGISTERED
    ),
    **dict.fromkeys(
        ("注销", "已注销", "注销许可", "终止", "已终止", "停业注销", "歇业注销"), PermitStatus.DEREGISTERED
    ),
    **dict.fromkeys(("expired", "denied renewal", "lapsed", "not renewed"), PermitStatus.EXPIRED),
    **dict.fromkeys(
        ("届满", "到期", "已到期", "过期", "已过期", "有效期届满", "期满", "失效", "已失效"),
        PermitStatus.EXPIRED,
    ),
}
KIND_WORDS: dict[str, PermitKind] = {
    **dict.fromkeys(
        ("licence", "license", "permit", "许可", "许可证", "人力资源服务许可证"), PermitKind.LICENCE
    ),
    **dict.fromkeys(("人力资源服务许可", "职业中介许可证", "行政许可"), PermitKind.LICENCE),
    **dict.fromkeys(
        ("filing", "备案", "备案凭证", "人力资源服务备案", "人力资源服务备案凭证"), PermitKind.FILING
    ),
    **dict.fromkeys(
        ("branch report", "branch_report", "分支机构报告", "书面报告", "分支机构"), PermitKind.BRANCH_REPORT
    ),
    **dict.fromkeys(
        ("dispatch licence", "dispatch_licence", "劳务派遣经营许可证", "劳务派遣许可证"),
        PermitKind.DISPATCH_LICENCE,
    ),
    **dict.fromkeys(("劳务派遣许可", "劳务派遣"), PermitKind.DISPATCH_LICENCE),
}
AGENCY_STATUS_WORDS: dict[str, AgencyStatus] = {
    **dict.fromkeys(("存续", "在营", "开业", "正常", "正常经营", "在业", "active"), AgencyStatus.ACTIVE),
    **dict.fromkeys(("停业", "歇业", "suspended"), AgencyStatus.SUSPENDED),
    **dict.fromkeys(("异常", "经营异常", "失联", "abnormal"), AgencyStatus.ABNORMAL),
    **dict.fromkeys(("注销", "已注销", "吊销", "关闭", "已关闭", "closed"), AgencyStatus.CLOSED),
}
# Exact other names of a service of LM1.
SERVICE_WORDS: dict[Service, tuple[str, ...]] = {
    Service.RECRUITMENT: ("人力资源招聘", "招聘服务", "招聘", "recruitment", "recruiting"),
    Service.DISPATCH: (
        "劳务派遣",
        "劳务派遣服务",
        "派遣",
        "labour dispatch",
        "labor dispatch",
        "temporary staffing",
    ),
    Service.CONSULTING: (
        "人力资源管理咨询",
        "管理咨询",
        "人力资源管理咨询服务",
        "hr consulting",
        "management consulting",
    ),
    Service.PERSONNEL_AGENCY: ("人事代理", "人事代理服务", "personnel agency"),
    Service.OUTSOURCING: (
        "人力资源服务外包",
        "人力资源外包",
        "服务外包",
        "人力资源外包服务",
        "outsourcing",
        "hr outsourcing",
    ),
    Service.TRAINING: ("人力资源培训", "培训", "职业技能培训", "training"),
    Service.EXECUTIVE_SEARCH: (
        "高级人才寻访",
        "高级人才寻访服务",
        "executive search",
    ),
    Service.ASSESSMENT: ("人力资源测评", "人才测评", "测评", "assessment", "talent assessment"),
    Service.SOFTWARE: ("人力资源信息软件服务", "人力资源信息软件", "信息软件", "hr software"),
    Service.OTHER: ("其他", "其它", "other", "others"),
}
SERVICE_BY_WORD = {fold_name(word): service for service, words in SERVICE_WORDS.items() for word in words}
# Narrower than one service of LM1, or a name of its own for it: kept as the source says it, and counted
# with that service.
BROADER: dict[str, Service] = {
    "网络招聘": Service.RECRUITMENT,
    "职业介绍": Service.RECRUITMENT,
    "职业中介": Service.RECRUITMENT,
    "举办人力资源交流会": Service.RECRUITMENT,
    "劳务外包": Service.OUTSOURCING,
    "猎头": Service.EXECUTIVE_SEARCH,
    "猎头服务": Service.EXECUTIVE_SEARCH,
    "headhunting": Service.EXECUTIVE_SEARCH,
    "流动人员人事档案管理": Service.PERSONNEL_AGENCY,
    "人力资源和社会保障事务代理": Service.PERSONNEL_AGENCY,
}
BROADER_BY_WORD = {fold_name(word): service for word, service in BROADER.items()}
YES = frozenset({"true", "yes", "y", "1", "是", "有效"})
NO = frozenset({"false", "no", "n", "0", "否", "无效"})
LIST_MARKS = re.compile(r"[;；、\n|]+")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
FORMERLY = re.compile(
    r"\s*[(（]\s*(?:"
    r"(?:formerly\s+known\s+as|formerly|former\s+name|f\.?k\.?a\.?|for\s*[.:])[\s:.,]*(?P<latin>.+?)"
    r"|(?:曾用名|原名称|原名|前身为|前身)[\s:：为是]*(?P<han>.+?)"
    r"|原[\s:：为]*(?P<short>[^()（）]+?(?:公司|中心|事务所|服务社|服务所|介绍所|工作室|集团))"
    r")\s*[)）]?\s*$",
    re.IGNORECASE,
)


def text_of(cell: str) -> str:
    """Return a cell's text on one line, or nothing when it only says that there is nothing."""
    if not cell:
        return ""
    text = " ".join(cell.split())
    # A dash, two dashes, a stroke: marks without a letter say that there is nothing.
    if len(text) <= LONGEST_NOTHING:
        return "" if text.casefold() in NOTHING or not any(map(str.isalnum, text)) else text
    return "" if text[0] in "nNuU" and NOT_STATED.match(text) else text


def list_of(cell: str) -> list[str]:
    """Return the parts of a cell that lists several things, in order and once each."""
    return list(dict.fromkeys(part for part in map(text_of, LIST_MARKS.split(cell)) if part))


@lru_cache(maxsize=1_000)
def status_of(text: str) -> PermitStatus:
    """Return what a register's word for a permit's status means; what it does not say is unknown."""
    folded = fold_name(text)
    found = STATUS_WORDS.get(folded) or STATUS_WORDS.get(fold_name(BRACKETED.sub("", folded)))
    return found or PermitStatus.UNKNOWN


def kind_of(text: str, number: str = "") -> PermitKind:
    """Return the kind of a permit by the register's word or by what its number says; a licence otherwise."""
    found = KIND_WORDS.get(fold_name(text)) if text else None
    if found:
        return found
    if "派遣" in text or ("派" in number and "许可" in number):
        return PermitKind.DISPATCH_LICENCE
    return PermitKind.FILING if "备" in number or "备案" in text else PermitKind.LICENCE


def services_of(cell: str) -> list[str]:
    """Return the services of a cell: a code of LM1 where the word means just that, else the word."""
    return list(
        dict.fromkeys(service for word in LIST_MARKS.split(cell) for service in _services_named(word))
    )


@lru_cache(maxsize=10_000)
def _services_named(words: str) -> tuple[str, ...]:
    word = text_of(words)
    if not word:
        return ()
    exact = SERVICE_BY_WORD.get(fold_name(word))
    if exact:
        return (exact.value,)
    return (word,)


@lru_cache(maxsize=10_000)
def broader(service: str) -> str:
    """Return the code of the service of LM1 that a source's word is part of, or nothing."""
    found = BROADER_BY_WORD.get(fold_name(service))
    return found.value if found else ""


def narrower(service: str) -> list[str]:
    """Return the words that are counted with a service of LM1."""
    return [word for word, code in BROADER.items() if code == service]


def split_formerly(name: str) -> tuple[str, str]:
    """Return a name and the former name that the register wrote behind it in brackets."""
    match = FORMERLY.search(name)
    if not match or not match.start():
        return name, ""
    former = match["latin"] or match["han"] or match["short"]
    return name[: match.start()].rstrip(), former.strip()
