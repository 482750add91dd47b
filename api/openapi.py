"""What the OpenAPI document says beside the routes."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.deprecation import Deprecated
from api.problems import Problem, documented

DESCRIPTION = """\
What is in force in the city, and whom it was told. For the phone app, and for anybody who builds on it.

* `as_of` and `stale` stand on every answer: an old answer says that it is old. **An empty list that is stale does not
  mean that there is no danger.**
* Every read has a strong `ETag`: ask again with `If-None-Match` and get 304 while nothing has changed.
* Texts come in the language of `Accept-Language` (`ja`, `ja-Hira`, `en`, `zh-Hans`, `zh-Hant`, `ko`, `vi`); each says
  its own `language`, and brings the official Japanese where it is another.
* `/v1/events` tells an open app when something that it shows has changed (server-sent events), and where to read it.
* Errors are RFC 9457 problem documents (`application/problem+json`); `type` is stable, `errors[]` names fields.
* A JSON body is UTF-8, names nothing twice and holds no NUL (I-JSON, RFC 7493); anything else is refused with 400.
* Times are RFC 3339 with +09:00. Keys may be added; a key that is there keeps its name and meaning.
* `/v1/drill/…` is a world of its own for rehearsals (訓練), with its own devices and database.
"""

TAGS = [
    {"name": "live", "description": "The real situation, and residents' phones."},
    {"name": "drill", "description": "Rehearsals (訓練). Nothing here is real, and no resident is reached."},
    {"name": "health", "description": "For monitoring."},
]


def operation_id(route: APIRoute) -> str:
    """A name that stays when code moves: get_v1_drill_alerts."""
    method = min(route.methods or {"GET"}).lower()
    path = "_".join(part.strip("{}").replace(".", "_") for part in route.path_format.split("/") if part)
    return f"{method}_{path}"


def install_openapi(app: FastAPI, deprecated: Deprecated) -> None:
    """Makes the document tell of our errors, where the framework would tell of its own, and of what will go."""
    framework = app.openapi

    def told() -> dict[str, Any]:
        """Made at the first question, and kept."""
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(framework())
            deprecated.mark(app.openapi_schema)
        return app.openapi_schema

    app.openapi = told  # type: ignore[method-assign]  # the framework's documented way to change the document


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for framework_own in ("HTTPValidationError", "ValidationError"):
        schemas.pop(framework_own, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    invalid = documented("invalid-request")[422]
    for operation in (one for path in document["paths"].values() for one in path.values()):
        if "422" in operation["responses"]:
            operation["responses"]["422"] = invalid
    return document
