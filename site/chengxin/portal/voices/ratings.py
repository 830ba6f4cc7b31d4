"""The page on which people rate an agency; what they write waits for moderation."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.agencies import merging
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.forms import EXPIRED
from chengxin.core.limits import minutes_to_wait
from chengxin.core.web import installation, reading, writing
from chengxin.opinions.ratings import actions
from chengxin.opinions.ratings.forms import RatingForm
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import sending

LIMIT = "40/10 minutes"


@bp.get("/agencies/<uid>/rate")
def rate(uid: str) -> ResponseReturnValue:
    """Ask for a rating of an agency; a merged one leads to the agency it became."""
    agency = _agency(uid)
    if agency.uid != uid:
        return redirect(url_for("portal.rate", uid=agency.uid), 301)
    return _asked(agency, RatingForm(formdata=None))


@bp.post("/agencies/<uid>/rate")
def rate_posted(uid: str) -> ResponseReturnValue:
    """Keep a rating for moderation, or give it back with what to change."""
    agency = _agency(uid)
    sending.allow_long_text()
    try:
        form = RatingForm()
    except RequestEntityTooLarge:
        return _asked(agency, RatingForm(formdata=None), status=413, trouble=sending.too_large())
    if not form.validate():
        only_old = set(form.errors) <= {"csrf_token", "key"}
        return _asked(agency, form, status=form.refused_with, trouble=str(EXPIRED) if only_old else "")
    return _sent(agency, form)


def _sent(agency: Agency, form: RatingForm) -> ResponseReturnValue:
    minutes = minutes_to_wait("rating", LIMIT)
    if minutes:
        return _asked(agency, form, status=429, trouble=sending.wait(minutes))
    opinion = form.opinion(agency.id)
    hashed = actions.form_hash(installation().secret, form.key.nonce, opinion)
    try:
        with writing() as session:
            actions.rate(session, actor="public", form=hashed, opinion=opinion)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return _asked(agency, form, status=sending.status_of(error), trouble=sending.not_sent())
    return render_template("portal/rate_thanks.html", agency=agency)


def _asked(agency: Agency, form: RatingForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    return render_template("portal/rate.html", agency=agency, form=form, trouble=trouble), status


def _agency(uid: str) -> Agency:
    """Return the agency of an address, or the one it became."""
    with reading() as session:
        found = agencies.by_uid(session, uid) or abort(404)
        return merging.successor_of(session, found) or found
