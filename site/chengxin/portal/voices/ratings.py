"""The page on which people rate an agency; what they write waits for moderation."""

from functools import partial

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from chengxin.agencies import merging
from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core.web import installation, reading, writing
from chengxin.ledger.rules import PUBLIC
from chengxin.opinions.ratings import actions
from chengxin.opinions.ratings.forms import RatingForm
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import gate
from chengxin.portal.voices.gate import Gate

LIMIT = "40/10 minutes"  # a rating has no surge mark: moderation sees all of them before anybody else


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
    return gate.passed(
        Gate(
            scope="rating",
            limit=LIMIT,
            read=RatingForm,
            empty=lambda: RatingForm(formdata=None),
            asked=partial(_asked, agency),
            stored=partial(_stored, agency),
            done=_thanks,
        )
    )


def _stored(agency: Agency, form: RatingForm) -> Agency:
    opinion = form.opinion(agency.id)
    hashed = actions.form_hash(installation().secret, form.key.nonce, opinion)
    with writing() as session:
        actions.rate(session, actor=PUBLIC, form=hashed, opinion=opinion)
    return agency


def _thanks(agency: Agency) -> ResponseReturnValue:
    return render_template("portal/rate_thanks.html", agency=agency)


def _asked(agency: Agency, form: RatingForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    return render_template("portal/rate.html", agency=agency, form=form, trouble=trouble), status


def _agency(uid: str) -> Agency:
    """Return the agency of an address, or the one it became."""
    with reading() as session:
        found = agencies.by_uid(session, uid) or abort(404)
        return merging.successor_of(session, found) or found
