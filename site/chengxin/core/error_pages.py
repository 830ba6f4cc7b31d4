"""Every failure as a page in the reader's language, or as JSON for programs."""

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.core.i18n import told

OFFERED = frozenset({400, 403, 404, 405, 409, 410, 413, 414, 429, 500, 503})
STATUS_OF: dict[type, int] = {NotAllowedError: 403, NotFoundError: 404, StaleError: 409}


def install(app: Flask) -> None:
    """Answer every error of an app with a page that says what to do next."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(OperationalError, _database_error)


def error_page(code: int, message: str = "") -> ResponseReturnValue:
    """Return the page of an HTTP error, with a sentence of the case at hand if there is one."""
    shown = code if code in OFFERED else (500 if code >= 500 else 400)  # noqa: PLR2004 (server errors)
    if request.path.startswith("/api/"):
        return jsonify(status=code, title=message or f"HTTP {code}"), code
    return render_template("errors/error.html", code=shown, message=message), code


def domain_error(error: DomainError) -> ResponseReturnValue:
    """Return the page of an expected error."""
    return error_page(status_of(error), told(error))


def status_of(error: DomainError) -> int:
    """Return the status that answers an expected error."""
    return next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 409)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Return the page of an HTTP error."""
    if error.response is not None or (error.code or 500) < 400:  # noqa: PLR2004 (a redirect)
        return error.get_response()
    answer = current_app.make_response(error_page(error.code or 500))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)
    return answer


def _database_error(error: OperationalError) -> ResponseReturnValue:
    current_app.logger.error("the database could not answer: %s", type(error.orig).__name__)
    return error_page(503)
