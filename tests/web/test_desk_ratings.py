"""Moderation of ratings: shown, or hidden for a reason; never for being negative."""

from tests.desk import Officer, Workbench
from tests.pages import Page

from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Reason


def decide(officer: Officer, rating: Rating, *, status: int = 303, **chosen: str) -> Page | str:
    form = officer.page(f"/ratings/{rating.id}/").form() | chosen
    return officer.post(f"/ratings/{rating.id}/decide", form, status=status)


def test_a_rating_is_published(desk: Workbench) -> None:
    rating = desk.rating()
    assert decide(desk.officer(), rating, to="published") == "/"
    assert (desk.stored(rating).state, desk.stored(rating).decided_by) == ("published", 1)


def test_a_rating_is_hidden_for_a_reason(desk: Workbench) -> None:
    rating, officer = desk.rating(), desk.officer()
    decide(officer, rating, to="hidden", reason="insult")
    assert desk.stored(rating).state == "hidden"
    assert "侮辱" in officer.page(f"/ratings/{rating.id}/").text


def test_hiding_without_a_reason_is_refused(desk: Workbench) -> None:
    rating = desk.rating()
    page = decide(desk.officer(), rating, status=422, to="hidden")
    assert isinstance(page, Page)
    assert page.tree.xpath("//*[@role='alert']//a/@href") == ["#reason"]
    assert desk.stored(rating).state == "pending"


def test_being_negative_is_no_reason() -> None:
    assert not {"negative", "too_negative", "low_score"} & set(Reason)


def test_the_page_says_that_negative_is_no_reason(desk: Workbench) -> None:
    rating = desk.rating(openness=1, honesty=1, text="收了钱不办事。")
    text = desk.officer().page(f"/ratings/{rating.id}/").text
    assert "不能因为评价是负面的就不公开" in text
    assert "收了钱不办事。" in text


def test_a_hidden_rating_can_only_be_published(desk: Workbench) -> None:
    rating = desk.rating(state="hidden")
    tree = desk.officer().page(f"/ratings/{rating.id}/").tree
    assert tree.xpath("//input[@name='to']/@value") == ["published"]


def test_a_rating_that_somebody_decided_first_says_who(desk: Workbench) -> None:
    rating, limin = desk.rating(), desk.officer()
    form = limin.page(f"/ratings/{rating.id}/").form() | {"to": "published"}
    decide(desk.officer("wangqiang", "王强"), rating, to="hidden", reason="advertising")
    page = limin.post(f"/ratings/{rating.id}/decide", form, status=409)
    assert isinstance(page, Page)
    assert "王强" in page.text
    assert desk.stored(rating).state == "hidden"


def test_ratings_and_cases_follow_each_other(desk: Workbench) -> None:
    rating = desk.rating()
    case = desk.case()
    assert decide(desk.officer(), rating, to="published") == f"/complaints/{case.id}/"


def test_a_rating_that_is_not_there_is_a_404(desk: Workbench) -> None:
    desk.officer().page("/ratings/99/", status=404)


def test_a_publisher_does_not_moderate(desk: Workbench) -> None:
    rating = desk.rating()
    desk.officer("chenjie", "陈洁", "publisher").page(f"/ratings/{rating.id}/", status=403)
