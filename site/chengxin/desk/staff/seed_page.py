"""What is shown while an authenticator app is set up: the picture, and the same as text."""

import io
from typing import Any

import segno
from flask import Response

from chengxin.accounts import seeds
from chengxin.accounts.models import Account
from chengxin.core.web import installation
from chengxin.desk.staff import challenges


def pending_seed(account: Account, token: str) -> str:
    """Return the seed that is offered to one session of an account."""
    return seeds.pending_seed(
        installation().secret, account_id=account.id, version=account.version, token=token
    )


def seed_shown(account: Account, token: str) -> dict[str, Any]:
    """Return what the page shows besides the picture."""
    seed = pending_seed(account, token)
    return {"seed": seeds.grouped(seed), "seed_url": _address(account, seed)}


def code_picture(account: Account, token: str) -> Response:
    """Return the picture an authenticator app reads; it is kept nowhere."""
    drawn = io.BytesIO()
    segno.make(_address(account, pending_seed(account, token)), error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _address(account: Account, seed: str) -> str:
    return seeds.address(seed, username=account.username, site=challenges.place().name)
