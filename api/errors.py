"""Every error of every route becomes a problem document: one place, one shape."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from alerts.service.outage import OUTAGES
from api.problems import FieldError, ProblemError, problem, problem_response

_LOG = logging.getLogger(__name__)

MAX_BODY_BYTES = 16 * 1024  # a registration with every district of a city is below 8 KB
MAX_FORM_BYTES = 256 * 1024  # of the office: every district and place of a large city, and an officer's own words
MAX_TELEGRAM_BYTES = 2 * 1024 * 1024  # of a telegram to be simulated; all but the table of all Japan are far smaller

_KIND_BY_STATUS = {
    400: ("malformed-request", "The body could not be read; send valid JSON in UTF-8."),
    404: ("not-found", "Check the path; all addresses are listed at /docs."),
    405: ("method-not-allowed", "The Allow header names the methods that this address takes."),
    413: ("too-large", f"Send a body of at most {MAX_BODY_BYTES} bytes, a telegram of {MAX_TELEGRAM_BYTES}."),
}


def install_error_handlers(app: FastAPI) -> None:
    """Makes every error that `app` knows a problem document; `answer_defect` is for the others."""
    app.add_exception_handler(ProblemError, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    for outage in OUTAGES:
        app.add_exception_handler(outage, _answer_outage)


def _answer_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101  registered for this class only
    return problem_response(error.problem, error.headers)


def _answer_http(request: Request, error: Exception) -> Response:
    """404, 405 and whatever the framework itself refuses."""
    assert isinstance(error, HTTPException)  # noqa: S101  registered for this class only
    kind, detail = _KIND_BY_STATUS.get(error.status_code, ("malformed-request", str(error.detail)))
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(sorted(_methods(request))) or headers.get("Allow", "")
    return problem_response(problem(kind, detail), headers)


def _methods(request: Request) -> set[str]:
    """What an address takes: the framework names the methods of its first route alone (RFC 9110 §10.2.1)."""
    path = request.url.path
    taken = {
        method.upper()
        for template, operations in request.app.openapi()["paths"].items()
        if compile_path(template)[0].match(path)
        for method in operations
    }
    return taken | {"HEAD"} if "GET" in taken else taken


def _answer_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  registered for this class only
    found: Sequence[dict[str, Any]] = error.errors()
    unread = next((one for one in found if one["type"] == "json_invalid"), None)
    if unread is not None:
        where = f" at position {unread['loc'][-1]}" if unread["loc"][-1] else ""
        detail = f"The body could not be read{where}: {unread['ctx']['error']}. Send valid JSON in UTF-8."
        return problem_response(problem("malformed-request", detail))
    errors = [FieldError(field=".".join(map(str, one["loc"])), message=one["msg"]) for one in found]
    return problem_response(problem("invalid-request", "Correct the fields named in errors.", errors=errors))


def _answer_outage(request: Request, error: Exception) -> Response:
    reason = getattr(error, "orig", error)  # without the statement: its parameters are a resident's
    _LOG.error("%s %s: the database cannot be used: %s", request.method, request.url.path, reason)
    detail = "The database cannot be reached. Ask again in a moment; the situation and the shelters are still served."
    return problem_response(problem("unavailable", detail), {"Retry-After": "5"})


def answer_defect(method: str, path: str, error: Exception) -> Response:
    """A defect of ours: logged with its trace, told without it."""
    _LOG.error("%s %s failed", method, path, exc_info=error)
    return problem_response(problem("internal", "The defect is logged. Try again in a minute."))
