"""The invented city in the database: everything a visitor should find is there, in every state."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from tests.conftest import NOON, settings_in

from chengxin.accounts import actions as account_actions
from chengxin.accounts import passwords
from chengxin.accounts import queries as accounts
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.permits.models import PermitEvent
from chengxin.agencies.rules import PermitKind, PermitStatus
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import State as ArticleState
from chengxin.cli import main
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.intake_keys import intake_keyring
from chengxin.core.personal import find_personal
from chengxin.core.proofs import prove
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.opinions.ratings import queries as ratings
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State as RatingState
from chengxin.sample import complaints as sample_complaints
from chengxin.sample import loading, staff
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.corrections.models import Correction
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.inspections.models import InspectionBatch
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.objections.models import Objection
from chengxin.standing.permits.models import PermitAct
from chengxin.standing.repairs.models import Repair
from chengxin.standing.sanctions import party
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import NoticeKind
from chengxin.standing.sanctions.rules import State as NoticeState
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints import sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import State as CaseState
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import State as SuggestionState
from chengxin.worklists import queries as worklists

SIZE = 40


@pytest.fixture(scope="module")
def sample_settings(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Load the city once; the tests of this file only read it."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copyfile(migrated_file, folder / "chengxin.db")
    settings = settings_in(folder)
    database = Database(settings)
    with clock.frozen(NOON), database.writing() as session:
        fill(session, settings)
    database.dispose()
    return settings


@pytest.fixture
def city(sample_settings: Settings) -> Iterator[Session]:
    opened = Database(sample_settings)
    with clock.frozen(NOON), opened.reading() as session:
        yield session
    opened.dispose()


def fill(session: Session, settings: Settings) -> None:
    city = loading.city_of(settings, agencies=SIZE)
    loading.plan(city)
    loading.load(session, city)


def values(session: Session, column: InstrumentedAttribute[str]) -> set[str]:
    return set(session.scalars(select(column).distinct()))


def test_the_city_loads_into_every_database_and_its_ledger_fits_the_chain(
    database: Database, tmp_path: Path
) -> None:
    with database.writing() as session:
        fill(session, settings_in(tmp_path))
    with database.reading() as session:
        assert list(ledger.faults(session)) == []
        assert session.scalar(select(func.count()).select_from(Agency)) == SIZE


def test_supervision_stands_in_the_states_a_visitor_can_meet(city: Session) -> None:
    assert values(city, AbnormalMark.state) == {"proposed", "in_force", "removed"}
    assert values(city, LineageLink.state) == {"proposed", "in_force"}
    assert values(city, PermitAct.state) == {"proposed", "in_force"}
    assert values(city, InspectionBatch.state) == {"drawn", "published"}
    assert {"granted", "changed", "renewed", "expired"} <= values(city, PermitEvent.change)


def test_an_officer_has_a_view_of_their_own_and_an_act_on_many_cases(city: Session) -> None:
    owner = accounts.by_username(city, "limin")
    assert owner is not None
    assert [each.name for each in worklists.views_of(city, owner.id)] == ["快到期的投诉"]
    (act,) = worklists.of_account(city, owner.id)
    assert {(each.kind, each.outcome) for each in worklists.members(city, act.id)} == {("complaint", "done")}


def test_a_second_load_is_refused(city: Session, sample_settings: Settings) -> None:
    with pytest.raises(DomainError, match="empty installation"):
        fill(city, sample_settings)


def test_the_ledger_tells_the_past_in_order(city: Session) -> None:
    instants = city.scalars(select(Event.at).order_by(Event.id)).all()
    assert list(instants) == sorted(instants)
    assert instants[-1] < NOON


def test_notices_of_every_kind_are_public(city: Session) -> None:
    shown = sanctions.published(city, today=clock.today(), limit=100)
    assert {each.notice_kind for each in shown} == set(NoticeKind)


def test_notices_stand_in_every_state(city: Session) -> None:
    assert values(city, Sanction.state) == set(NoticeState)


def test_the_newest_notices_are_those_of_the_front_page(city: Session) -> None:
    shown = [each.party_name for each in sanctions.latest(city, today=clock.today())]
    assert shown == [
        "江州捷聘人力资源有限公司",
        "江北诚达劳务派遣有限公司",
        "江州鸿途职业介绍所",
        "江南众合人力资源服务部",
    ]


def test_a_revoked_licence_is_revoked_in_the_register_too(city: Session) -> None:
    rows = select(Permit.status).join(Agency).where(Agency.name == "江北诚达劳务派遣有限公司")
    assert set(city.scalars(rows)) == {PermitStatus.REVOKED}


def test_permits_are_of_every_kind_and_ended_in_every_way(city: Session) -> None:
    assert values(city, Permit.kind) == set(PermitKind)
    assert values(city, Permit.status) == set(PermitStatus) - {PermitStatus.UNKNOWN}


def test_exemplary_lists_go_back_three_years(city: Session) -> None:
    assert set(city.scalars(select(Honour.year).distinct())) == {2024, 2025, 2026}


def test_rounds_of_selection_are_open_before_the_public_and_awarded(city: Session) -> None:
    assert values(city, Selection.state) == {"open", "publicity", "awarded"}
    states = {"nominated", "publicity", "awarded", "refused", "dropped", "withdrawn"}
    assert values(city, Honour.state) == states


def test_every_named_worker_of_the_sample_consented(city: Session) -> None:
    workers = city.scalars(select(Honour).where(Honour.kind == "person")).all()
    assert len(workers) >= 2
    assert all(each.consent_on and each.consent_text for each in workers)


def test_articles_stand_in_every_state(city: Session) -> None:
    assert values(city, Article.state) == set(ArticleState)


def test_complaints_stand_in_every_state(city: Session) -> None:
    """A decision closes its case in the same breath, so that none stays merely decided."""
    assert values(city, Complaint.state) == set(CaseState) - {CaseState.DECIDED}


def test_complaints_go_back_eight_quarters(city: Session) -> None:
    oldest = city.scalar(select(func.min(Complaint.received_on)))
    assert oldest is not None
    assert oldest < clock.today() - timedelta(days=640)


def test_a_printed_receipt_opens_its_case(city: Session, sample_settings: Settings) -> None:
    party, receipt = sample_complaints.receipts(loading.city_of(sample_settings, agencies=SIZE))[0]
    found = complaints.by_receipt(city, prove(secret=sample_settings.secret_key, typed=receipt.both))
    assert found is not None
    assert found.respondent == party


def test_the_desk_can_read_what_complainants_wrote(city: Session, sample_settings: Settings) -> None:
    key = intake_keyring(sample_settings)
    texts = [sealed.open_filed(case, key).facts for case in city.scalars(select(Complaint))]
    assert all(len(text) >= 20 and "{" not in text for text in texts)


def test_no_blank_is_left_in_a_published_text(city: Session) -> None:
    notices = [
        f"{each.title}{each.summary}{each.facts}{each.measures}" for each in city.scalars(select(Sanction))
    ]
    news = [f"{each.title}{each.summary}{each.body}" for each in city.scalars(select(Article))]
    assert [text for text in notices + news if "{" in text] == []


def test_ratings_wait_are_shown_and_are_hidden(city: Session) -> None:
    assert values(city, Rating.state) == {RatingState.PENDING, RatingState.PUBLISHED, RatingState.HIDDEN}


def test_the_first_agency_is_rated_as_its_picture_shows(city: Session) -> None:
    agency = city.scalars(select(Agency).where(Agency.name == "江州捷聘人力资源有限公司")).one()
    score = ratings.score_of(city, agency.id)
    assert score is not None
    assert (score.count, score.mean) == (46, 2.8)
    assert [score.steps[step] for step in range(1, 6)] == [12, 10, 7, 9, 8]


def test_every_sample_account_can_sign_in(city: Session) -> None:
    for each in staff.accounts():
        assert passwords.proves(staff.password(), accounts.by_username(city, each["username"]))


def test_the_command_says_that_the_city_is_there_already(sample_settings: Settings) -> None:
    asked = CliRunner().invoke(main, ["sample", "load"], obj=sample_settings)
    again = CliRunner().invoke(main, ["sample", "load", "--if-empty"], obj=sample_settings)
    assert (asked.exit_code, again.exit_code) == (1, 0)
    assert "there already" in asked.stderr
    assert "limin" in again.stdout


def test_the_command_loads_nothing_over_records_of_its_own(settings: Settings) -> None:
    database = Database(settings)
    with database.writing() as session:
        account_actions.add(
            session,
            actor="command",
            username="real",
            name="周立新",
            roles=["admin"],
            password="a long enough one",
        )
    database.dispose()
    asked = CliRunner().invoke(main, ["sample", "load", "--if-empty"], obj=settings)
    assert asked.exit_code == 0
    assert "records of its own" in asked.stderr
    assert "limin" not in asked.stdout


def test_objections_repairs_and_a_correction_stand_in_every_stage(city: Session) -> None:
    assert set(city.scalars(select(Objection.state))) >= {"received", "marked", "decided"}
    assert set(city.scalars(select(Repair.state))) >= {"accepted", "granted", "incomplete"}
    assert set(city.scalars(select(Correction.state))) == {"confirmed"}


def test_the_agency_with_an_account_has_something_to_do(city: Session) -> None:
    account = accounts.by_username(city, staff.guest()["username"])
    assert account is not None
    assert account.agency_id is not None
    known = party.of_party(city, account.agency_id)
    assert {each.state for each in known} >= {NoticeState.PRIOR_NOTICE, NoticeState.PUBLISHED}
    assert passwords.proves(staff.password(), account)


def test_suggestions_are_in_every_state_and_no_person_is_told_of(city: Session) -> None:
    assert values(city, Suggestion.state) == set(SuggestionState) - {SuggestionState.WITHDRAWN}
    shown = " ".join(values(city, Suggestion.public_text) | values(city, Suggestion.reply))
    assert "收费标准" in shown
    assert not find_personal(shown)
    assert "王小川" not in shown
