"""An agency's own pages: its notices, objections and requests, and nobody else's."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests import make
from tests.desk import PASSWORD, Brake, Officer, Workbench
from tests.disputes import objection, repair
from tests.pages import Page
from werkzeug.routing import Rule

from chengxin.accounts import actions as accounts
from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.guard import NEEDS, OPEN_ON_PURPOSE, OPEN_TO_GUESTS
from chengxin.desk.reach import OF_ONE_PERSON, beginning
from chengxin.standing.objections.models import Objection
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions import actions as sanctions
from chengxin.standing.sanctions import proceedings
from chengxin.standing.sanctions.models import Sanction

TEXT = "公告写的金额不对，决定书上是四百二十元，不是四千二百元。"
FULFILLED = {"text": "押金已于2026年11月5日全部退还，制度已修改。", "fulfilled": "y", "undertaking": "y"}


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


class Two:
    """Two agencies with an account each, and one public notice, objection and request of the first."""

    def __init__(self, settings: Settings) -> None:
        self.desk = Workbench(settings)
        with self.desk.installed.database.writing() as session:
            self.first = make.agency(session, uid="yuanfan1")
            self.second = make.agency(session, uid="jiepin01", name="江州捷聘人力资源有限公司")
            old = date(2026, 6, 1)
            self.notice = make.notice(session, agency_id=self.first.id, decision_date=old)
            self.objection = objection(
                session,
                agency_id=self.first.id,
                target_id=self.notice.id,
                applicant="agency",
                key=intake_keyring(settings),
            )
            self.repair = repair(session, self.notice)
            for username, owner in (("yuanfan", self.first), ("jiepin", self.second)):
                accounts.add(
                    session,
                    actor="command",
                    username=username,
                    name=owner.name,
                    roles=["agency"],
                    password=PASSWORD,
                    agency_id=owner.id,
                )
        self.owner = self.desk.signed_in("yuanfan")
        self.stranger = self.desk.signed_in("jiepin")

    def told(self, owner: Agency, **values: Any) -> Sanction:
        """Bring a draft against an agency to its prior notice."""
        with self.desk.installed.database.writing() as session:
            author, reviewer = make.actors(session)
            words = make.wording(
                agency_id=owner.id,
                party_name=owner.name,
                **{"decided": False, "decision_no": "", "served_on": None, "told_on": None, **values},
            )
            made = sanctions.draft(session, actor=author, wording=words)
            held: Any = {"sanction_id": made.id, "reason": "依法办理"}
            sanctions.submit(session, actor=author, version=made.version, **held)
            sanctions.approve(session, actor=reviewer, version=made.version, **held)
            proceedings.tell(session, actor=author, version=made.version, day=date(2026, 11, 18), **held)
            return made

    def stored(self, record: Any) -> Any:
        return self.desk.stored(record)


@pytest.fixture
def two(settings: Settings) -> Two:
    return Two(settings)


def test_signing_in_leads_an_agency_to_its_own_file(two: Two) -> None:
    assert two.owner.client.get("/").location == "/agency/"
    page = two.owner.page("/agency/")
    assert two.first.name in page.text
    assert two.notice.title in page.text


def test_an_agency_sees_nothing_of_another(two: Two) -> None:
    page = two.stranger.page("/agency/")
    assert two.notice.title not in page.text
    assert "/agency/objections/1/" not in page.answer.text
    assert "/agency/repairs/1/" not in page.answer.text


def test_a_stranger_gets_404_wherever_the_owner_gets_an_answer(two: Two) -> None:
    """Every agency route that names a record, with the owner's id and the stranger's session."""
    ids = {"notice_id": two.notice.id, "objection_id": two.objection.id, "repair_id": two.repair.id}
    named = [each for each in routes_with_an_id(two) if each.endpoint.startswith("desk.agency_")]
    assert len(named) >= 9
    for rule in named:
        _, path = rule.build({name: ids[name] for name in rule.arguments}, append_unknown=False) or ("", "")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            own = two.owner.client.open(path, method=method)
            foreign = two.stranger.client.open(path, method=method)
            assert own.status_code in {200, 403, 422}, f"{method} {path}: {own.status}"
            assert foreign.status_code == 404, f"{method} {path}: {foreign.status}"
            assert two.notice.title not in foreign.text


def test_every_other_route_with_an_id_is_shut_to_agencies_or_belongs_to_one_person(two: Two) -> None:
    """What is neither the agency's own nor a person's own answers 403, whatever the id."""
    others = [each for each in routes_with_an_id(two) if not each.endpoint.startswith("desk.agency_")]
    assert len(others) > 60
    for rule in others:
        if rule.endpoint in OPEN_TO_GUESTS:
            assert beginning(rule.rule) in OF_ONE_PERSON
            continue
        for number in (1, 2, 987654):
            _, path = rule.build(dict.fromkeys(rule.arguments, number), append_unknown=False) or ("", "")
            for method in (rule.methods or set()) & {"GET", "POST"}:
                assert two.stranger.client.open(path, method=method).status_code == 403, path


def routes_with_an_id(two: Two) -> list[Rule]:
    return [
        each for each in two.desk.app.url_map.iter_rules() if each.arguments and each.endpoint != "static"
    ]


def test_an_agency_opens_no_page_of_the_staff(two: Two) -> None:
    app = two.desk.app
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("desk.agency_") or rule.endpoint in OPEN_ON_PURPOSE | OPEN_TO_GUESTS:
            continue
        assert getattr(app.view_functions[rule.endpoint], NEEDS, None) is not None
        _, path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False) or ("", "/")
        for method in (rule.methods or set()) & {"GET", "POST"}:
            answer = two.owner.client.open(path, method=method)
            assert answer.status_code == 403, f"{method} {path}: {answer.status}"


def test_an_officer_opens_no_page_of_an_agency(two: Two) -> None:
    officer = two.desk.officer("wangjh", "王建华", "moderator,publisher,auditor,admin")
    assert officer.client.get("/agency/").status_code == 403
    assert officer.client.get("/agency/notices/1/").status_code == 403


def test_an_agency_objects_to_its_own_notice(two: Two) -> None:
    path = "/agency/objections/new?record=notices/2026/1"
    form = two.owner.page(path).form() | {"ground": "wrong", "text": TEXT}
    where = two.owner.post("/agency/objections/new", form)
    page = two.owner.page(str(where))
    assert TEXT in page.text
    made = two.stored(Objection(id=2))
    assert (made.applicant, made.target_id, made.agency_id) == ("agency", two.notice.id, two.first.id)


def test_without_an_address_the_objection_is_to_the_integrity_file(two: Two) -> None:
    form = two.owner.page("/agency/objections/new").form() | {"ground": "missing", "text": TEXT}
    two.owner.post("/agency/objections/new", form)
    assert two.stored(Objection(id=2)).target_kind == "agency"


def test_an_agency_cannot_object_to_the_record_of_another(two: Two) -> None:
    path = "/agency/objections/new"
    assert two.stranger.client.get(f"{path}?record=notices/2026/1").status_code == 404
    form = two.stranger.page(path).form() | {"ground": "wrong", "text": TEXT, "record": "notices/2026/1"}
    assert two.stranger.client.post(path, data=form).status_code == 404


def test_an_objection_that_says_nothing_comes_back(two: Two) -> None:
    form = two.owner.page("/agency/objections/new").form() | {"ground": "wrong", "text": "不对"}
    page = two.owner.post("/agency/objections/new", form, status=422)
    assert isinstance(page, Page)
    assert page.form()["text"] == "不对"


def test_an_agency_takes_its_objection_back(two: Two) -> None:
    path = "/agency/objections/1/"
    two.owner.post(f"{path}withdraw", two.owner.page(path).form())
    assert two.stored(two.objection).state == "withdrawn"


def test_an_agency_takes_its_request_back_and_asks_again(two: Two) -> None:
    path = "/agency/repairs/1/"
    two.owner.post(f"{path}withdraw", two.owner.page(path).form())
    assert two.stored(two.repair).state == "withdrawn"
    form = two.owner.page("/agency/notices/1/repair").form() | FULFILLED
    assert two.owner.post("/agency/notices/1/repair", form) == "/agency/repairs/2/"
    assert two.stored(Repair(id=2)).applicant == "agency"


def test_a_request_too_early_says_from_when(two: Two) -> None:
    with two.desk.installed.database.writing() as session:
        young = make.notice(session, agency_id=two.first.id)
    page = two.owner.page(f"/agency/notices/{young.id}/")
    assert "2027年1月28日" in page.text
    form = two.owner.page(f"/agency/notices/{young.id}/repair").form() | FULFILLED
    sent = two.owner.post(f"/agency/notices/{young.id}/repair", form, status=422)
    assert isinstance(sent, Page)
    assert sent.form()["text"] == FULFILLED["text"]


def test_a_draft_is_hidden_from_its_party(two: Two) -> None:
    with two.desk.installed.database.writing() as session:
        (author,) = make.actors(session, count=1)
        words = make.wording(agency_id=two.first.id, title="尚未告知的草稿")
        made = sanctions.draft(session, actor=author, wording=words)
    assert two.owner.client.get(f"/agency/notices/{made.id}/").status_code == 404
    assert "尚未告知的草稿" not in two.owner.page("/agency/").text


def test_an_agency_replies_to_a_prior_notice(two: Two) -> None:
    told = two.told(two.first)
    path = f"/agency/notices/{told.id}/"
    form = two.owner.page(path).form(1) | {"statement": "押金是对方自愿交的，已经退还。"}
    two.owner.post(f"{path}reply", form)
    kept = two.stored(told)
    assert (kept.agency_statement, kept.replied_on) == ("押金是对方自愿交的，已经退还。", date(2026, 11, 20))


def test_an_empty_reply_comes_back(two: Two) -> None:
    told = two.told(two.first)
    path = f"/agency/notices/{told.id}/"
    form = two.owner.page(path).form(1) | {"statement": ""}
    assert isinstance(two.owner.post(f"{path}reply", form, status=422), Page)


def test_an_agency_asks_for_a_hearing_in_time(two: Two) -> None:
    told = two.told(two.first, legal_kind="licence_revocation", severity="serious")
    path = f"/agency/notices/{told.id}/"
    form = two.owner.page(path).form(2) | {"reason": "事实不清，要求听证。"}
    two.owner.post(f"{path}hearing", form)
    assert two.stored(told).state == "hearing"


def test_another_agency_cannot_speak_for_the_party(two: Two) -> None:
    told = two.told(two.first)
    path = f"/agency/notices/{told.id}/"
    form = two.owner.page(path).form(1) | {"statement": "我们承认。"}
    token = two.stranger.page("/agency/objections/new").form()["csrf_token"]
    answer = two.stranger.client.post(f"{path}reply", data=form | {"csrf_token": token})
    assert answer.status_code == 404
    assert two.stored(told).replied_on is None


def test_an_ended_notice_is_a_number_and_no_page(two: Two, clock: Brake) -> None:
    with clock(datetime(2027, 6, 2, 4, 0, tzinfo=UTC)):
        owner: Officer = two.desk.signed_in("yuanfan")
        assert two.notice.title not in owner.page("/agency/").text


def test_the_pages_exist_in_english(two: Two) -> None:
    told = two.told(two.first, legal_kind="licence_revocation", severity="serious")
    told_path = f"/agency/notices/{told.id}/"
    written = ["/agency/objections/new", "/agency/notices/1/repair", "/agency/repairs/1/"]
    english = two.desk.in_english("yuanfan")
    for path in ["/agency/", "/agency/notices/1/", told_path, *written]:
        assert english.page(f"/en{path}").unmarked_chinese == [], path
