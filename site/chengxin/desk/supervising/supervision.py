"""What the pages of records of two persons share: their list, their page, their steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.following import in_view, links_from
from chengxin.desk.guard import current_account
from chengxin.desk.reach import mine
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, StepForm, step_form, take_step
from chengxin.standing.confirming import queries
from chengxin.standing.confirming.actions import subject_of
from chengxin.standing.confirming.labels import ACT, HINT, STATE
from chengxin.standing.confirming.rules import MOVES, Act, State, acts_from, first_person
from chengxin.standing.twohands import Proposed

WITH_REASON = frozenset(act for act in Act if MOVES[act].reason)
Described = Callable[[Session, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Records:
    """One kind of record of two persons: its table, its endpoints, its words, and how a row is described."""

    model: type[Any]
    endpoint: str
    one: str
    step_endpoint: str
    parameter: str
    title: str
    new_label: str
    describe: Described

    def url(self, record_id: int) -> str:
        """Return the address of a record."""
        return url_for(self.one, **{self.parameter: record_id})  # type: ignore[arg-type]

    def step_url(self, record_id: int) -> str:
        """Return where the step of a record is sent."""
        return url_for(self.step_endpoint, **{self.parameter: record_id})  # type: ignore[arg-type]


def list_page(kind: Records) -> str:
    """Show the records of the state asked for."""
    state = asked_state(State, State.PROPOSED)
    with reading() as session:
        seen = mine(kind.model)
        counts = queries.counts_by_state(session, kind.model, seen=seen)
        where = state_list(kind.endpoint, STATE, state, counts, size=queries.PAGE)
        found = queries.in_state(session, kind.model, state, seen=seen, offset=where.offset)
        rows = [_row(kind.describe(session, each), kind.url(each.id)) for each in found]
    return render_template(
        "desk/list.html",
        heading=kind.title,
        new_url=url_for(f"{kind.one}_new"),
        new_label=kind.new_label,
        where=where,
        rows=rows,
    )


def _row(told: Mapping[str, Any], url: str) -> ListRow:
    shown = {name: told[name] for name in ("title", "text", "date", "meta")}
    return ListRow(url=url, days=told.get("days"), **shown)


def record_page(kind: Records, record_id: int, form: StepForm | None = None) -> str:
    """Show a record with what can be done to it."""
    with reading() as session:
        record = _existing(session, kind, record_id)
        told = kind.describe(session, record)
        people = [record.proposed_by, record.confirmed_by, getattr(record, "end_proposed_by", None)]
        names = accounts.names(session, [*people, getattr(record, "ended_by", None)])
        happened = history.of_record(session, subject_of(record))
    form = form or _form(record, posted=False)
    return render_template(
        "desk/supervised_record.html",
        kind=kind,
        record=record,
        told=told,
        state=STATE[State(record.state)],
        names=names,
        waits=_waits(record),
        form=form,
        hints=HINT,
        back_url=url_for(kind.endpoint, state=record.state),
        step_url=kind.step_url(record_id),
        history=happened,
        **links_from(subject_of(record).kind, record_id),
    )


def step_record(
    kind: Records, record_id: int, act: Callable[[Session, Act, StepForm], object]
) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        record = _existing(session, kind, record_id)
    return take_step(
        _handled(kind, record),
        _form(record, posted=True),
        lambda session, form: act(session, Act(form.step.data), form),
        lambda form: record_page(kind, record_id, form),
    )


def steps_of(record: Proposed) -> list[Act]:
    """Return what this officer may do to a record now."""
    officer = current_account()
    removal = bool(getattr(record, "end_reason", ""))
    offered = acts_from(record.state, removal_proposed=removal)
    if not hasattr(record, "end_reason"):
        offered = [act for act in offered if act in {Act.CONFIRM, Act.DECLINE}]
    return [
        act
        for act in offered
        if not MOVES[act].second_person
        or (officer.may(Right.CONFIRM_SUPERVISION) and _first(record, act) != officer.id)
    ]


def _first(record: Any, act: Act) -> int | None:
    return first_person(
        act, proposed_by=record.proposed_by, end_proposed_by=getattr(record, "end_proposed_by", None)
    )


def _waits(record: Any) -> bool:
    """Tell whether only somebody other than this officer can take the next step."""
    offered = acts_from(record.state, removal_proposed=bool(getattr(record, "end_reason", "")))
    return any(MOVES[act].second_person for act in offered) and not any(
        MOVES[act].second_person for act in steps_of(record)
    )


def _form(record: Any, *, posted: bool) -> StepForm | None:
    offered = {act: ACT[act] for act in steps_of(record)}
    return step_form(offered, with_reason=WITH_REASON, version=record.version, posted=posted)


def _existing(session: Session, kind: Records, record_id: int) -> Any:
    record = session.get(kind.model, record_id)
    if record is None:
        raise NotFoundError(N_("There is no such record."))
    return record


def _handled(kind: Records, record: Any) -> Handled:
    subject = subject_of(record)
    url, code = in_view(kind.one, **{kind.parameter: record.id}), f"{kind.title} {record.id}"
    return Handled(subject=subject, version=record.version, code=code, url=url, kind=subject.kind)


def form_page(
    form: Any,
    *,
    title: str,
    lead: str,
    action: str,
    back: str,
    button: str,
    fields: Sequence[Mapping[str, Any]],
) -> str:
    """Show a form; each field comes with its hint, whether it is optional, and how large it is."""
    return render_template(
        "desk/supervised_form.html",
        form=form,
        title=title,
        lead=lead,
        action=action,
        back=back,
        button=button,
        fields=[{"field": form[each["name"]], **each} for each in fields],
    )
