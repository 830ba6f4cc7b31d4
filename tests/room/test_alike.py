"""Alike texts are linked, different ones are not, and a sketch tells nothing without the key."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.sealing import Keyring
from chengxin.voices.complaints import alike
from chengxin.voices.complaints.alike import alike_cases, link, sketch_of
from chengxin.voices.complaints.models import Complaint, ComplaintBand, ComplaintSketch

SECRET = "a secret of the tests"
DAY = date(2026, 11, 23)
TOLD = (
    "七月十二日在江州站前街的门店面试，前台说先交六百元内推费，三天以内一定上岗，不上岗全额退还。"
    "我用手机付了钱，没有收据，也没有签合同。等了两个星期，打电话没人接，门店也关了，微信把我拉黑。"
    "后来听同去的人说，他们每天都这样收钱，换一个名字再开一家。"
)
OTHER = (
    "我是今年三月经这家公司派到电子厂的，说好每月工资五千二，发到手只有三千八。问为什么，说扣了住宿、"
    "管理和工衣，合同里一项都没有写。五月我要走，他们不让结工资，身份证也还押在办公室，说满半年才给。"
)
OPENINGS = ("你好，", "领导好，", "我要反映一件事：", "求助！")
ENDINGS = ("请帮帮我。", "希望尽快处理。", "谢谢。", "我们一共有五个人。")


def sketch(text: str) -> alike.Sketch:
    found = sketch_of(text, secret=SECRET)
    assert found is not None
    return found


def case_with(session: Session, text: str, *, nonce: str, respondent: str = "江州捷聘") -> Complaint:
    case = make.complaint(
        session,
        make.filing(Keyring.generate().recipients, nonce=nonce, facts=text, respondent=respondent),
    )
    link(session, case, sketch(text), today=DAY)
    session.flush()
    return case


def reworded(text: str, dice: random.Random, *, edits: int) -> str:
    letters = list(text)
    for _ in range(edits):
        place = dice.randrange(len(letters))
        letters[place] = dice.choice("的了一在人有我他这中")
    return dice.choice(OPENINGS) + "".join(letters) + dice.choice(ENDINGS)


def invented(dice: random.Random, *, length: int) -> str:
    words = [chr(dice.randrange(0x4E00, 0x4F80)) for _ in range(400)]
    return "".join(dice.choice(words) for _ in range(length))


def test_the_same_text_in_another_spelling_has_the_same_sketch() -> None:
    spelled = TOLD.replace("，", "\n\t ").replace("六百", "六百 ")
    assert sketch(spelled).percent(sketch(TOLD)) == 100


def test_a_text_with_a_few_changed_words_is_nearly_the_same() -> None:
    dice = random.Random(5)
    shares = [sketch(reworded(TOLD, dice, edits=3)).percent(sketch(TOLD)) for _ in range(50)]
    assert min(shares) >= alike.LEAST_PERCENT


def test_different_texts_are_far_apart() -> None:
    assert sketch(TOLD).percent(sketch(OTHER)) < 20
    dice = random.Random(6)
    texts = [sketch(invented(dice, length=200)) for _ in range(40)]
    assert max(a.percent(b) for a in texts for b in texts if a is not b) < alike.LEAST_PERCENT


def test_another_key_gives_another_sketch() -> None:
    foreign = sketch_of(TOLD, secret="another secret")
    assert foreign is not None
    assert foreign.percent(sketch(TOLD)) < 20
    assert not set(foreign.bands) & set(sketch(TOLD).bands)


@given(st.text(max_size=300))
def test_every_text_has_a_sketch_of_one_size_or_none(text: str) -> None:
    found = sketch_of(text, secret=SECRET)
    assert found is None or (len(found.stored) == 128 and len(found.bands) == 16)


@given(st.text(min_size=40, max_size=300))
def test_a_sketch_holds_no_piece_of_its_text(text: str) -> None:
    found = sketch_of(text, secret=SECRET)
    assert found is None or not any(
        text[start : start + 3].encode("utf-8", "ignore") in found.stored
        for start in range(len(text) - 2)
        if len(text[start : start + 3].encode("utf-8", "ignore")) > 5
    )


def test_a_new_case_is_linked_to_the_older_one_it_is_like(session: Session) -> None:
    first = case_with(session, TOLD, nonce="1")
    apart = case_with(session, OTHER, nonce="2")
    second = case_with(session, "你好。" + TOLD, nonce="3", respondent="另一家")
    assert [each.case.id for each in alike_cases(session, second.id)] == [first.id]
    assert [each.case.id for each in alike_cases(session, first.id)] == [second.id]
    assert alike_cases(session, apart.id) == []
    assert alike_cases(session, first.id)[0].percent >= 80


def test_of_a_hundred_reworded_texts_nearly_all_are_found_and_no_other(session: Session) -> None:
    dice = random.Random(7)
    originals = [invented(dice, length=120) for _ in range(30)]
    known = {case_with(session, text, nonce=f"o{place}").id: text for place, text in enumerate(originals)}
    found = wrong = 0
    for _ in range(100):
        number, text = dice.choice(list(known.items()))
        copy = sketch(reworded(text, dice, edits=4))
        hits = alike._likest(session, copy)  # noqa: SLF001 (the measure is of the search alone)
        found += any(other == number for _, other in hits)
        wrong += sum(known[other] != text for _, other in hits)
    assert found >= 95
    assert wrong == 0


def test_a_flood_of_one_text_links_a_bounded_number(session: Session) -> None:
    cases = [case_with(session, TOLD, nonce=f"n{place}") for place in range(30)]
    assert len(alike_cases(session, cases[-1].id)) <= alike.MOST_LINKED
    assert len(alike_cases(session, cases[0].id)) <= alike.MOST_SHOWN


def test_an_erased_sketch_finds_nothing_more(session: Session) -> None:
    case = case_with(session, TOLD, nonce="1")
    alike.forget(session, [case.id])
    for table in (ComplaintSketch, ComplaintBand):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert alike_cases(session, case_with(session, TOLD, nonce="2").id) == []
