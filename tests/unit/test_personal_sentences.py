"""Sentences as people write them to the office: what tells of a person is hidden, every other number stays.

What has to be hidden stands in 【 】, what has to stay in ｛ ｝. All of it is invented; no number is anybody's.
"""

import re

import pytest

from chengxin.core.personal import find_personal

SENTENCES = (
    # Mobile phones.
    "我的手机【13500000017】，｛2026年3月2日｝交了｛1800｝元培训费，至今没有安排面试。",
    "打【189-0000-0021】找我，合同上写的是每月｛4500｝元。",
    "手机【+86 150 0000 0033】，许可证｛（江）人服证字〔2020〕第0213500000号｝已经过期。",
    "请打【一三七零零零零零零四一】，｛12333｝说要先来登记。",
    "【１３６００００００５２】是我爱人的号码，押金｛600｝元。",
    "招工的人自称姓陈，电话【13300000068】，统一代码｛91990000MA00000012｝。",
    # Landlines.
    "办公室座机【010-62345678】一直没人接，我去了｛3｝次。",
    "家里电话【0999-6123456】，白天有人，｛2026-05-06｝后搬家。",
    "打前台没有用，要打【(0571) 8712 3456】才行。",
    "请回电【025－84567890】，投诉电话｛12315｝打不通。",
    "联系【02087654321】，我是｛8｝月｛15｝日入职的。",
    "她留的是【0991-2345678转801】，一共收了｛2300｝元。",
    "固话：【62345678】，地址在江北路｛128｝号。",
    "电话【8712345】，晚上七点以后打。",
    "我的电话【零一零－六二三四五六七八】，别打手机。",
    # A number in front of a word that begins with a numeral.
    "手机【13500000017】一直关机，押金｛700｝元。",
    "身份证【110101190003076514】一张，被扣了｛2｝个月。",
    "卡号【6217000012345678】一共转了｛3｝次，老板三次都说没收到。",
    # WeChat.
    "微信【wx_linwan88】，发了｛5｝次消息都没回。",
    "加微 【linwan88】，说交｛200｝元就给进群。",
    "联系v：【abc123456】，押金｛500｝元不退。",
    "想要工作就加V【chen_qiang01】，他这样说。",
    "对方让我＋薇【zhaopin2026x】，再转｛380｝元。",
    "他的微信号码是【lanlan-4471】，订单号｛20261103000017｝。",
    "v: 【hr8800linda】，见面时间｛09:30｝。",
    "加我的微：【qiuzhi_0007】，工资｛3200｝元。",
    "绿泡泡【gongtou668】，每人收｛150｝元。",
    "加卫星号【13800000075】，职位写的是｛18｝到｛45｝岁。",
    # QQ.
    "QQ【10000234】，群里有｛138｝人。",
    "扣扣群【7654321】，管理员收了｛99｝元。",
    "Q：【2345678901】，文书｛江人社监罚字〔2025〕第31号｝没有写金额。",
    # E-mail.
    "邮箱【li.na@example.org】，材料共｛12｝页。",
    "写信到【zhoufei_2026＠example．com】，信用代码｛91990000MB11111112｝。",
    # Identity numbers.
    "本人身份证【110101190003076514】，｛2026年1月9日｝签的合同。",
    "身份证号【31010119000101001X】被他们复印了｛2｝份。",
    "老身份证【110101000101123】，编号｛SQ-2026-000134｝。",
    # Bank cards.
    "转到卡号【6222 0000 1234 5678 901】，流水号｛2026110312345678｝。",
    "卡【6217000012345678901】，到账｛0.00｝元。",
    # Nothing to hide.
    "｛江人社罚决字〔2026〕第18号｝下达后，公司于｛2026年11月3日｝退了｛5600｝元。",
    "许可证编号｛990000202600123｝，有效期到｛2029-06-30｝，电话｛12333｝。",
    "拨打｛0999-12333｝或者｛12345｝，说等｛15｝个工作日。",
    "｛400-820-0000｝是他们的客服，合同编号｛HT-0571-88123456｝。",
    "培训｛30｝课时，每课时｛80｝元，合计｛2400｝元，｛2026.11.05｝开课。",
    "劳动合同第｛010｝条、第｛025｝条写明不收押金，附件｛3｝。",
    "加微信以后又让我加V，｛3｝天后拉黑。",
)
MARK = re.compile(r"[【】｛｝]")


def marked(sentence: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the bare text of a sentence with the places to hide and those to keep."""
    text, ends, hide, keep = "", list[int](), list[tuple[int, int]](), list[tuple[int, int]]()
    for part in re.split(r"([【】｛｝])", sentence):
        if part in "【｛" and part:
            ends.append(len(text))
        elif part in "】｝" and part:
            (hide if part == "】" else keep).append((ends.pop(), len(text)))
        else:
            text += part
    return text, hide, keep


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_tells_of_a_person_is_hidden_and_every_other_number_stays(sentence: str) -> None:
    text, hide, keep = marked(sentence)
    found = find_personal(text)
    covered = {place for each in found for place in range(each.start, each.end)}
    assert [text[start:end] for start, end in hide if not set(range(start, end)) <= covered] == []
    assert [text[start:end] for start, end in keep if set(range(start, end)) & covered] == []
    assert len(found) == len(hide)


def test_the_sentences_hold_what_they_are_about() -> None:
    assert len(SENTENCES) > 40
    assert all(MARK.search(sentence) for sentence in SENTENCES)
