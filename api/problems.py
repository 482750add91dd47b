"""Errors as RFC 9457 problem documents: what is wrong, where, and what to do about it."""

from dataclasses import dataclass
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its HTTP status and a title that never changes for it."""

    status: int
    title: str


KINDS: dict[str, Kind] = {
    "malformed-request": Kind(400, "The request cannot be read"),
    "unauthenticated": Kind(401, "A valid device secret is needed"),
    "login-needed": Kind(401, "Somebody of the office must log in"),
    "role-needed": Kind(403, "This needs a role that you do not have"),
    "not-our-app": Kind(403, "This does not come from the city's app"),
    "not-yours": Kind(403, "This is not yours to change"),
    "not-found": Kind(404, "There is nothing at this address"),
    "unknown-shelter": Kind(404, "No shelter has this id"),
    "unknown-alert": Kind(404, "No alert has this id"),
    "unknown-feature": Kind(404, "There is no such collection or feature"),
    "unknown-telegram": Kind(404, "There is no such telegram"),
    "unknown-share-code": Kind(404, "No phone shares by this code"),
    "unknown-follow": Kind(404, "No follow has this id"),
    "unknown-proposal": Kind(404, "No proposal has this id"),
    "unknown-subscriber": Kind(404, "Nobody on the list has this id"),
    "method-not-allowed": Kind(405, "This address does not take this method"),
    "conflict": Kind(409, "Somebody else changed it meanwhile"),
    "share-refused": Kind(409, "This phone may not follow that one"),
    "rules-changed": Kind(409, "Somebody changed the rules in between"),
    "key-spent": Kind(409, "The secret was replaced since"),
    "no-replay": Kind(409, "This cannot be said again now"),
    "not-waiting": Kind(409, "There is nothing to decide any more"),
    "too-large": Kind(413, "The request is too large"),
    "unsupported-media-type": Kind(415, "The body is of a kind that is not read here"),
    "invalid-request": Kind(422, "Some fields of the request are not valid"),
    "too-many-attempts": Kind(429, "Too many wrong codes"),
    "too-many-requests": Kind(429, "Too many requests from here"),
    "internal": Kind(500, "Something went wrong on our side"),
    "not-ready": Kind(503, "The service is not ready"),
    "too-many-streams": Kind(503, "All places for event streams are taken"),
    "unavailable": Kind(503, "The data cannot be reached at the moment"),
}


class FieldError(BaseModel):
    """One field that is not valid."""

    field: str = Field(description="Path of the field, `body.address.value`.", examples=["body.districts.1"])
    message: str = Field(examples=["99201-atlantis is not a district of this city; see /v1/districts"])


class Problem(BaseModel):
    """RFC 9457. `type` is a stable name to decide by; `detail` and `errors` are for people."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:bosai:problem:invalid-request"])
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class ProblemError(Exception):
    """Raised by routes and dependencies; answered as the problem document it holds."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        """`kind` is a key of `KINDS`; `detail` says what to do."""
        super().__init__(detail)
        self.problem = problem(kind, detail, errors=list(errors))
        self.headers = headers or {}


def problem(kind: str, detail: str, **members: object) -> Problem:
    """A problem document of a kind, with extension members."""
    stated = {"type": f"urn:bosai:problem:{kind}", "title": KINDS[kind].title, "status": KINDS[kind].status}
    return Problem.model_validate({**stated, "detail": detail, **members})


def problem_response(document: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The answer that carries a problem; never cached."""
    return JSONResponse(
        document.model_dump(mode="json"),
        status_code=document.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def documented(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` entry of a route that may answer with these kinds, for OpenAPI."""
    return {
        KINDS[kind].status: {
            "description": KINDS[kind].title,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": problem(kind, "What is wrong, and what to do.").model_dump(mode="json"),
                }
            },
        }
        for kind in kinds
    }
