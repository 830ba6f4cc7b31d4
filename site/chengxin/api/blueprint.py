"""The blueprint of the JSON interface: errors as problem documents, open to every origin."""

from typing import Any

from flask import Blueprint, Response, jsonify

API_HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Let scripts of every origin read the answer."""
    response.headers.update(API_HEADERS)
    return response


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """Return an error as a problem document (RFC 9457)."""
    response = jsonify(type="about:blank", status=status, title=title, detail=detail, **more)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
