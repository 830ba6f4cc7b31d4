"""The accounts of the staff: the list, new ones, and what an administrator does to one."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import actions, keeping, queries
from chengxin.accounts.labels import ROLE
from chengxin.accounts.models import Account
from chengxin.accounts.rules import Right, Role, roles_from
from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.web import reading, writing
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, fresh, needs
from chengxin.desk.racing import gives_back, too_late
from chengxin.desk.staff.account_forms import WHOLE, AccountForm, ActForm, NewAccountForm
from chengxin.desk.stepping import Outcome, attempt

Act = Callable[[Session, int, ActForm], object]
MOST_REGIONS = 400
PRESSED = {
    "disable": _l("The account is closed and its sessions have ended."),
    "enable": _l("The account is open again."),
    "factors": _l("The second factors are taken away. The next sign-in sets up a new one."),
    "sessions": _l("The sessions have ended."),
}


@bp.get("/accounts/")
@needs(Right.KEEP_ACCOUNTS)
def accounts() -> str:
    """List every account."""
    with reading() as session:
        listed = queries.everybody(session)
        secured, last = queries.with_factor(session), queries.sign_ins(session, [each.id for each in listed])
        places = regions.names(session, {each.region_code for each in listed if each.region_code})
    rows = [_row(each, places, secured=each.id in secured, last=last.get(each.id)) for each in listed]
    return render_template("desk/accounts.html", rows=rows)


@bp.get("/accounts/new")
@needs(Right.KEEP_ACCOUNTS)
def account_new() -> str:
    """Ask who gets an account."""
    return _new_page(_new_form(posted=False))


@bp.post("/accounts/new")
@needs(Right.KEEP_ACCOUNTS)
@fresh
@gives_back(NewAccountForm)
def add_account() -> ResponseReturnValue:
    """Add an account and show its one-time password once."""
    form = _new_form(posted=True)
    if not form.validate():
        return _new_page(form), form.refused_with
    password = keeping.one_time_password()
    try:
        with writing() as session:
            made = _added(session, form, password)
    except DomainError as error:
        form.form_errors.append(told(error))
        return _new_page(form), 422
    return render_template("desk/account_password.html", account=made, password=password)


@bp.get("/accounts/<int:account_id>/")
@needs(Right.KEEP_ACCOUNTS)
def account(account_id: int) -> str:
    """Show an account with what can be done to it."""
    return _page(account_id)


@bp.post("/accounts/<int:account_id>/")
@needs(Right.KEEP_ACCOUNTS)
@fresh
@gives_back(AccountForm)
def change_account(account_id: int) -> ResponseReturnValue:
    """Give an account other roles or another region."""
    form = _form(posted=True)
    if not form.validate():
        return _page(account_id, form), form.refused_with
    outcome = attempt(form, lambda session: _change(session, account_id, form))
    if outcome is Outcome.LATE:
        return _too_late(account_id)
    if outcome is Outcome.REFUSED:
        return _page(account_id, form), 422
    flash(_("Saved."), "done")
    return redirect(url_for("desk.account", account_id=account_id), 303)


@bp.post("/accounts/<int:account_id>/password")
@needs(Right.KEEP_ACCOUNTS)
@fresh
@gives_back(ActForm)
def hand_out_password(account_id: int) -> ResponseReturnValue:
    """Show a one-time password once; the old one and every session end."""
    form = ActForm()
    if not form.validate():
        return _page(account_id, refused=form), form.refused_with
    handed: list[str] = []
    actor = current_account().actor
    outcome = attempt(
        form,
        lambda session: handed.append(keeping.hand_out_password(session, actor=actor, account_id=account_id)),
    )
    if outcome is not Outcome.DONE:
        return _too_late(account_id) if outcome is Outcome.LATE else (_page(account_id, refused=form), 422)
    with reading() as session:
        shown = _existing(session, account_id)
    return render_template("desk/account_password.html", account=shown, password=handed[0])


@bp.post("/accounts/<int:account_id>/<act>")
@needs(Right.KEEP_ACCOUNTS)
@fresh
@gives_back(ActForm)
def act_on_account(account_id: int, act: str) -> ResponseReturnValue:
    """Close or open an account, take its second factors, or end its sessions."""
    form, doing = ActForm(), ACTS.get(act)
    if doing is None:
        raise NotFoundError(N_("Nothing of this name can be done to an account."))
    if not form.validate():
        return _page(account_id, refused=form), form.refused_with
    outcome = attempt(form, lambda session: doing(session, account_id, form))
    if outcome is Outcome.LATE:
        return _too_late(account_id)
    if outcome is Outcome.REFUSED:
        return _page(account_id, refused=form), 422
    flash(str(PRESSED[act]), "done")
    return redirect(url_for("desk.account", account_id=account_id), 303)


def _disable(session: Session, account_id: int, form: ActForm) -> None:
    actions.disable(session, **_told(account_id, form))


def _enable(session: Session, account_id: int, form: ActForm) -> None:
    keeping.enable(session, **_told(account_id, form))


def _take_factors(session: Session, account_id: int, form: ActForm) -> None:
    keeping.reset_factors(session, **_told(account_id, form))


def _end_sessions(session: Session, account_id: int, form: ActForm) -> None:  # noqa: ARG001 (one of four)
    actions.end_sessions(session, actor=current_account().actor, account_id=account_id)


ACTS: Mapping[str, Act] = {
    "disable": _disable,
    "enable": _enable,
    "factors": _take_factors,
    "sessions": _end_sessions,
}


def _told(account_id: int, form: ActForm) -> dict[str, Any]:
    return {
        "actor": current_account().actor,
        "account_id": account_id,
        "reason": form.reason.data or "",
        "version": form.version.data,
    }


def _change(session: Session, account_id: int, form: AccountForm) -> None:
    """Change roles and region together; what stays as it was is left alone."""
    shown = actions.found(session, account_id)
    told_now: dict[str, Any] = {
        "actor": current_account().actor,
        "account_id": account_id,
        "reason": form.reason.data or "",
    }
    region, version = form.region.data or None, form.version.data
    roles = roles_from(",".join(form.roles.data or [])) if shown.agency_id is None else None
    if roles is not None and roles != roles_from(shown.roles):
        keeping.change_roles(session, roles=roles, version=version, **told_now)
        version = actions.found(session, account_id).version
    if region != shown.region_code:
        keeping.change_region(session, region_code=region, version=version, **told_now)


def _added(session: Session, form: NewAccountForm, password: str) -> Account:
    uid = form.agency.data or ""
    owner = agencies.by_uid(session, uid) if uid else None
    if uid and owner is None:
        raise NotFoundError(N_("There is no agency of this public id."))
    return actions.add(
        session,
        actor=current_account().actor,
        username=form.username.data or "",
        name=form.name.data or "",
        roles=[Role.AGENCY] if owner else form.roles.data or [],
        password=password,
        agency_id=owner.id if owner else None,
        region_code=form.region.data or None,
        must_change=True,
    )


def _row(each: Account, places: Mapping[str, str], *, secured: bool, last: Any) -> dict[str, Any]:
    return {
        "account": each,
        "roles": [ROLE[role] for role in Role if role in roles_from(each.roles)],
        "region": places.get(each.region_code or "", ""),
        "secured": secured,
        "last": last,
    }


def _regions(session: Session, held: str = WHOLE) -> dict[str, str]:
    """Return the regions that have agencies, and the one an account has now."""
    return regions.names(session, [held]) | regions.with_agencies(session, most=MOST_REGIONS)


def _offer_regions(form: NewAccountForm | AccountForm, held: str = WHOLE) -> None:
    with reading() as session:
        form.region.offer({WHOLE: _("The whole jurisdiction"), **_regions(session, held)})


def _new_form(*, posted: bool) -> NewAccountForm:
    form = NewAccountForm() if posted else NewAccountForm(formdata=None)
    _offer_regions(form)
    return form


def _form(*, posted: bool, shown: Account | None = None) -> AccountForm:
    form = AccountForm() if posted else AccountForm(formdata=None)
    _offer_regions(form, (shown.region_code if shown else None) or WHOLE)
    if shown is not None:
        form.roles.data = sorted(roles_from(shown.roles))
        form.region.data, form.version.data = shown.region_code or WHOLE, shown.version
    return form


def _new_page(form: NewAccountForm) -> str:
    return render_template("desk/account_form.html", form=form)


def _page(account_id: int, form: AccountForm | None = None, *, refused: ActForm | None = None) -> str:
    with reading() as session:
        shown = _existing(session, account_id)
        happened = history.of_record(session, actions.subject_of(shown))
        row = _row(
            shown,
            regions.names(session, [shown.region_code or WHOLE]),
            secured=queries.has_factor(session, shown),
            last=queries.sign_ins(session, [account_id]).get(account_id),
        )
        running = queries.open_sessions(session, account_id)
    act = ActForm(formdata=None, data={"version": shown.version})
    shown_form = form or _form(posted=False, shown=shown)
    own = shown.id == current_account().id
    parts = {"act": act, "refused": refused, "history": happened, "sessions": running, "own": own}
    return render_template("desk/account.html", form=shown_form, **row, **parts)


def _existing(session: Session, account_id: int) -> Account:
    found = queries.by_id(session, account_id)
    if found is None:
        raise NotFoundError(actions.NO_ACCOUNT)
    return found


def _too_late(account_id: int) -> ResponseReturnValue:
    with reading() as session:
        shown = _existing(session, account_id)
    record_url = url_for("desk.account", account_id=account_id)
    return too_late(actions.subject_of(shown), code=shown.username, record_url=record_url)
