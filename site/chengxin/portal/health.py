"""Health for machines: the process answers, and the database answers it."""

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.portal.formats import absolute


@bp.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> Response:
    """Say whether the database answers; 503 while it does not."""
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@bp.get("/robots.txt")
def robots() -> Response:
    """Keep search engines off forms and off every combination of filters."""
    lines = (
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /track",
        "Disallow: /*/rate$",
        "Disallow: /*?*q=",
        f"Sitemap: {absolute('portal.sitemap')}",
        "",
    )
    return Response("\n".join(lines), mimetype="text/plain")
