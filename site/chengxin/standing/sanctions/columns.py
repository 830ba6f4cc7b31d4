"""The fields of a published list of decisions, the names of its columns, and the words in its cells."""

from chengxin.agencies import persons
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, Severity

NAMES: dict[str, tuple[str, ...]] = {
    "serial": ("序号", "编号", "no", "no.", "#"),
    "name": (
        "名称", "单位名称", "企业名称", "机构名称", "行政相对人名称", "当事人", "被处罚单位", "用人单位名称",
        "name of party", "entity", "employer",
    ),
    "subject": persons.SUBJECT_NAMES,
    "person_number": persons.PERSON_NUMBER_NAMES,
    "uscc": (
        "统一社会信用代码", "统一社会信用代码或证件号码", "社会信用代码", "信用代码",
        "行政相对人代码_1(统一社会信用代码)", "credit code", "unified social credit code",
    ),
    "notice_kind": ("公示类型", "公告类型", "kind", "notice kind"),
    "legal_kind": ("处罚类别", "处罚种类", "处罚类别1", "处罚类别2", "legal kind", "penalty type"),
    "severity": ("失信程度", "严重程度", "失信等级", "severity class"),
    "category": ("违法行为类型", "category", "violation type"),
    "decision_no": ("决定书文号", "行政处罚决定书文号", "处罚决定书文号", "文号", "decision number", "decision no"),
    "decision_date": ("处罚决定日期", "作出处罚决定日期", "决定日期", "列入日期", "认定日期", "decision date"),
    "facts": ("违法事实", "处罚事由", "列入名单事由", "列入事由", "主要违法事实", "事由", "案情", "reason", "violation"),
    "basis": ("处罚依据", "法律依据", "列入依据", "legal basis"),
    "measures": ("处罚内容", "处罚结果", "处理结果", "处理情况", "measures taken", "penalty content"),
    "authority": ("认定部门", "处罚机关", "列入机关", "作出决定机关", "决定机关", "issuing authority"),
    "region": ("地区", "区域", "行政区划", "区划代码", "region code", "city"),
    "amount": ("涉及金额", "涉及金额（元）", "罚款金额（万元）", "罚款金额（元）", "罚款金额", "金额", "fine amount"),
    "confiscated": ("没收违法所得、没收非法财物的金额（万元）", "没收违法所得金额（元）", "没收金额", "confiscated amount"),
    "licence_affected": ("暂扣或吊销证照名称及编号", "licence affected"),
    "starts_on": ("start date", "起始日期", "开始日期"),
    "listed_until": ("公示截止期", "公示截止日期", "公示期限至", "end date", "终止日期"),
    "duration": ("duration", "期限", "公示期限"),
    "title": ("标题", "公告标题", "title of notice"),
}  # fmt: skip
NOTICE_KINDS: dict[str, NoticeKind] = {
    "失信曝光": NoticeKind.EXPOSURE,
    "曝光": NoticeKind.EXPOSURE,
    "黄牌警告": NoticeKind.YELLOW_CARD,
    "黄牌": NoticeKind.YELLOW_CARD,
    "取缔许可证": NoticeKind.LICENCE_ACTION,
    "许可证处置": NoticeKind.LICENCE_ACTION,
    "严重失信名单": NoticeKind.SERIOUS_LISTING,
    "拖欠农民工工资失信名单": NoticeKind.SERIOUS_LISTING,
}
LEGAL_KINDS: dict[str, LegalKind] = {
    "警告": LegalKind.WARNING,
    "通报批评": LegalKind.WARNING,
    "罚款": LegalKind.FINE,
    "没收违法所得": LegalKind.CONFISCATION,
    "没收违法所得、没收非法财物": LegalKind.CONFISCATION,
    "暂扣许可证件": LegalKind.LICENCE_SUSPENSION,
    "降低资质等级": LegalKind.DOWNGRADE,
    "吊销许可证件": LegalKind.LICENCE_REVOCATION,
    "吊销许可证": LegalKind.LICENCE_REVOCATION,
    "吊销": LegalKind.LICENCE_REVOCATION,
    "限制开展生产经营活动": LegalKind.RESTRICTION,
    "责令停产停业": LegalKind.CLOSURE,
    "责令关闭": LegalKind.CLOSURE,
    "限制从业": LegalKind.BARRING,
    "取缔": LegalKind.UNLICENSED_CLOSURE,
    "撤销许可": LegalKind.RESCISSION,
    "注销许可": LegalKind.DEREGISTRATION,
    "约谈": LegalKind.INTERVIEW,
    "责令改正": LegalKind.RECTIFICATION_ORDER,
    "提醒函": LegalKind.REMINDER,
    "列入名单": LegalKind.LISTING,
}
# What a kind of notice is in law when the list does not say; exposure and licence actions may be several things.
LEGAL_KIND_OF: dict[NoticeKind, LegalKind] = {
    NoticeKind.YELLOW_CARD: LegalKind.WARNING,
    NoticeKind.SERIOUS_LISTING: LegalKind.LISTING,
}
SEVERITIES: dict[str, Severity] = {
    "轻微": Severity.MINOR,
    "一般": Severity.GENERAL,
    "严重": Severity.SERIOUS,
}
# Titles are content of the site, in the language of the decisions.
TITLES: dict[NoticeKind, str] = {
    NoticeKind.EXPOSURE: "失信曝光",
    NoticeKind.YELLOW_CARD: "黄牌警告",
    NoticeKind.LICENCE_ACTION: "许可证处置",
    NoticeKind.SERIOUS_LISTING: "列入严重失信主体名单",
}
# Words that say only that the kind is another one: then the user's own word counts.
UNSAID = frozenset({"其他", "其它", "other"})
