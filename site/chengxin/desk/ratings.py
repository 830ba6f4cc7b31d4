"""Moderation of ratings: shown, or hidden for a reason of the list; a poor mark is no reason."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError, StaleError
from chengxin.core.forms import ChengxinForm, ChoiceField, KeptField, ListField, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading, writing
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.queue import rows, waiting
from chengxin.desk.queue.queue import asked_view, back_url, linked, next_after
from chengxin.desk.queue.waiting import Place
from chengxin.desk.racing import too_late
from chengxin.ledger.rules import Subject
from chengxin.opinions.ratings import actions, queries
from chengxin.opinions.ratings.labels import DIMENSION_SHORT, MARK, RATER, REASON, STATE
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import MOVES, Dimension, RaterKind, Reason, State

OFFERED = {State.PUBLISHED: _l("Publish the rating"), State.HIDDEN: _l("Hide the rating")}


class RatingForm(ChengxinForm):
    """Show a rating or hide it; hiding takes a reason of the list."""

    to = ChoiceField(_l("What happens now"), {}, message=_l("Choose what happens now."))
    reason = ListField(
        _l("Reason to hide it"), {"": _l("Choose"), **REASON}, message=_l("Choose one of the list.")
    )
    version = VersionField()
    view = KeptField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that hiding has its reason."""
        fine = bool(super().validate(extra_validators))
        if fine and self.to.data == State.HIDDEN and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Choose why it is hidden.")]
            return False
        return fine


@bp.get("/ratings/<int:rating_id>/")
@needs(Right.MODERATE_RATINGS)
def rating(rating_id: int) -> ResponseReturnValue:
    """Show a rating that waits, or one that was decided."""
    return _page(rating_id)


@bp.post("/ratings/<int:rating_id>/decide")
@needs(Right.MODERATE_RATINGS)
def decide_rating(rating_id: int) -> ResponseReturnValue:
    """Publish or hide a rating and go on to the next."""
    form = _filled_form(rating_id)
    if form is None:
        return _too_late(rating_id)
    if not form.validate():
        return _page(rating_id, form), 422
    try:
        with writing() as session:
            here = _here(session, rating_id)
            _decided(session, rating_id, form)
    except StaleError:
        return _too_late(rating_id)
    own_url = url_for("desk.rating", rating_id=rating_id, view=asked_view().in_address)
    flash(linked(_("%(code)s: saved."), code=_code(rating_id), url=own_url), "done")
    return redirect(next_after(here), 303)


def _page(rating_id: int, form: RatingForm | None = None) -> str:
    officer, view, today = current_account(), asked_view(), clock.today()
    with reading() as session:
        shown = _existing(session, rating_id)
        agency = agencies.by_id(session, shown.agency_id)
        here = _here(session, rating_id) or Place(shown.decide_by, "rating", rating_id)
        following = waiting.after(session, here, view=view, officer=officer, today=today)
        happened = history.of_record(session, Subject("rating", rating_id))
    return render_template(
        "desk/rating.html",
        rating=shown,
        agency=agency,
        code=_code(rating_id),
        marks=_marks(shown),
        words={"rater": RATER[RaterKind(shown.rater_kind)], "state": STATE[State(shown.state)]},
        history=happened,
        form=form or _form(shown, fresh=True),
        days_left=here.days_left(today),
        next_url=rows.address(following, view) if following else "",
        back_url=back_url("rating", rating_id),
    )


def _form(shown: Rating, *, fresh: bool) -> RatingForm:
    form = RatingForm(formdata=None) if fresh else RatingForm()
    if fresh:
        form.version.data, form.view.data = shown.version, str(asked_view())
    allowed = MOVES[State(shown.state)]
    form.to.choices = [(str(state), words) for state, words in OFFERED.items() if state in allowed]
    return form


def _filled_form(rating_id: int) -> RatingForm | None:
    """Return the posted form, or None when it was filled for a rating that has moved on."""
    with reading() as session:
        shown = _existing(session, rating_id)
    form = _form(shown, fresh=False)
    return form if form.version.fits(shown.version) else None


def _decided(session: Session, rating_id: int, form: RatingForm) -> None:
    actor, seen = current_account().actor, form.version.data or 0
    if form.to.data == State.PUBLISHED:
        actions.publish(session, actor=actor, rating_id=rating_id, version=seen)
    else:
        reason = Reason(form.reason.data)
        actions.hide(session, actor=actor, rating_id=rating_id, version=seen, reason=reason)


def _existing(session: Session, rating_id: int) -> Rating:
    found = queries.by_id(session, rating_id)
    if found is None:
        raise NotFoundError(N_("There is no such rating."))
    return found


def _marks(shown: Rating) -> list[dict[str, Any]]:
    return [
        {"label": label, "value": MARK[str(getattr(shown, dimension))]}
        for dimension, label in ((each, DIMENSION_SHORT[each]) for each in Dimension)
    ]


def _code(rating_id: int) -> str:
    return _("Rating %(n)s", n=rating_id)


def _here(session: Session, rating_id: int) -> Place | None:
    return waiting.place_of(session, kind="rating", record_id=rating_id, officer=current_account())


def _too_late(rating_id: int) -> ResponseReturnValue:
    record_url = url_for("desk.rating", rating_id=rating_id, view=asked_view().in_address)
    return too_late(Subject("rating", rating_id), code=_code(rating_id), record_url=record_url)
