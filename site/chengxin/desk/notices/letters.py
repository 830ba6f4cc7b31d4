"""The letters the office serves on paper: the prior notice (事先告知书) and the notice on credit repair.

They are documents of a Chinese authority, so their words are Chinese in every language of the desk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.web import installation, reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import needs
from chengxin.desk.notices.drafting import existing
from chengxin.standing.sanctions.basis import readable, rows_of
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.stages import HEARING_DAYS, REPLY_DAYS, may_be_heard
from chengxin.standing.sanctions.wording import Wording, wording_of

HAN_NUMERALS = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Letter:
    """A letter: its name, to whom, its paragraphs, and who signs."""

    title: str
    number: str
    to: str
    paragraphs: tuple[str, ...]
    authority: str
    day: date


@bp.get("/notices/<int:notice_id>/letters/<name>")
@needs(Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES)
def notice_letter(notice_id: int, name: str) -> ResponseReturnValue:
    """Show a letter ready for print."""
    write = {"prior-notice": prior_notice, "repair": repair_notice}.get(name) or abort(404)
    with reading() as session:
        sanction = existing(session, notice_id)
    return render_template("desk/letter.html", sanction=sanction, letter=write(sanction))


def prior_notice(sanction: Sanction) -> Letter:
    """Return the prior notice: facts, grounds, basis, what is intended, and the right to be heard."""
    words = wording_of(sanction)
    return Letter(
        title="行政处理事先告知书",
        number=f"案卷编号：{sanction.id}",
        to=words.party_name,
        paragraphs=tuple(_told(sanction, words)),
        authority=words.authority,
        day=sanction.told_on or clock.today(),
    )


def repair_notice(sanction: Sanction) -> Letter:
    """Return the notice on credit repair that goes with the decision (两书同达)."""
    words = wording_of(sanction)
    return Letter(
        title="信用修复告知书",
        number=words.decision_no,
        to=words.party_name,
        paragraphs=tuple(_repaired(words)),
        authority=words.authority,
        day=sanction.served_on or clock.today(),
    )


def _told(sanction: Sanction, words: Wording) -> Iterator[str]:
    yield f"经查，你单位涉嫌存在下列事实：{words.facts}"
    if words.evidence.strip():
        yield f"以上事实有下列证据证明：{'、'.join(words.evidence.split())}。"
    basis = readable(rows_of(sanction.basis_articles)) or words.basis.rstrip("。")
    intended = f"：{words.measures}" if words.measures.strip() else "决定。"
    yield f"依据{basis}，本机关拟对你单位作出下列处理{intended}"
    yield (
        "根据《中华人民共和国行政处罚法》第四十四条、第四十五条，你单位有权进行陈述和申辩。"
        f"请在收到本告知书之日起{_han(REPLY_DAYS)}个工作日内，以书面或者口头方式向本机关提出，逾期视为放弃。"
        "本机关不会因为你单位陈述、申辩而给予更重的处理。"
    )
    if may_be_heard(words.legal_kind, words.severity):
        yield (
            "根据《中华人民共和国行政处罚法》第六十三条、第六十四条，你单位有权要求听证。要求听证的，"
            f"请在收到本告知书之日起{_han(HEARING_DAYS)}个工作日内向本机关提出。听证不收取费用。"
        )
    yield _contact()


def _repaired(words: Wording) -> Iterator[str]:
    span = words.term
    yield (
        f"本机关于{_day(words.decision_date)}对你单位作出处理决定（{words.decision_no}）。"
        "现将信用信息公示期限和信用修复的有关事项告知如下："
    )
    least = f"最短至{_day(span.min_until)}，" if span.min_until > words.decision_date else ""
    yield (
        f"一、公示期限从决定书日期起算，{least}最长至{_day(span.max_until)}。"
        "最长期限届满，公示自动停止，不需要申请。"
    )
    since = "最短期限届满后，" if least else ""
    yield f"二、{since}已经履行决定所定义务、纠正违法行为的，可以申请提前停止公示。"
    yield "三、申请时请提交：（一）已经履行义务、纠正违法行为的材料；（二）信用承诺书。可以在本平台提出，也可以提交纸质材料。"
    yield "四、信用修复由作出决定的机关办理，不收取任何费用。修复完成后，公示、共享和使用同时停止。"
    yield "五、对公示内容有异议的，可以随时提出；异议处理期间，公示页面会作出标注。"
    yield _contact()


def _contact() -> str:
    return f"联系电话：{installation().settings.hotline}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _han(number: int) -> str:
    return HAN_NUMERALS[number]
