"""Every error is an RFC 9457 problem document that says what is wrong and what to do."""

import httpx
import pytest

from api.app import create_app
from api.errors import MAX_BODY_BYTES

JSON = {"Content-Type": "application/json"}
MEMBERS = {"type", "title", "status", "detail", "errors"}


def problem_of(answer: httpx.Response) -> dict:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert problem.keys() >= MEMBERS
    assert problem["status"] == answer.status_code
    assert problem["type"].startswith("urn:bosai:problem:")
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.parametrize("path", ["/nowhere", "/v1", "/v2/situation", "/static/nothing.css", "/docs/ui/nothing.js"])
def test_an_address_without_anything_is_a_problem(unchanged, path):
    answer = unchanged.get(path)
    assert answer.status_code == 404
    assert problem_of(answer)["type"] == "urn:bosai:problem:not-found"


def test_nobody_climbs_out_of_the_static_files(unchanged):
    answer = unchanged.get("/static/..%2f..%2fapp.py")
    assert answer.status_code == 404
    problem_of(answer)


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/v1/situation"), ("PUT", "/v1/devices/me"), ("POST", "/")])
def test_a_wrong_method_is_a_problem_that_names_the_right_ones(unchanged, method, path):
    answer = unchanged.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"]
    assert problem_of(answer)["type"] == "urn:bosai:problem:method-not-allowed"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe\x00", b"nonsense"])
def test_a_body_that_is_no_json_is_a_problem(unchanged, body):
    answer = unchanged.post("/v1/devices", content=body, headers=JSON)
    assert answer.status_code == 400
    assert problem_of(answer)["type"] == "urn:bosai:problem:malformed-request"


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'"text"'])
def test_a_body_that_is_no_object_is_a_problem_that_names_the_body(unchanged, body):
    answer = unchanged.post("/v1/devices", content=body, headers=JSON)
    assert answer.status_code == 422
    assert problem_of(answer)["errors"][0]["field"].startswith("body")


def test_a_body_that_is_declared_as_something_else_is_refused(unchanged):
    answer = unchanged.post("/v1/devices", content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
    problem_of(answer)


def test_a_body_over_the_limit_is_refused(unchanged):
    answer = unchanged.post("/v1/devices", content=b'"' + b"x" * MAX_BODY_BYTES + b'"', headers=JSON)
    assert answer.status_code == 413
    assert problem_of(answer)["type"] == "urn:bosai:problem:too-large"


def test_a_body_that_declares_no_length_is_counted_as_it_comes(unchanged):
    answer = unchanged.post("/v1/devices", content=(b"x" * 1024 for _ in range(1024)), headers=JSON)
    assert answer.status_code == 413
    problem_of(answer)


def test_a_defect_of_ours_is_a_problem_without_its_trace(live, drill, serve):
    app = create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("internal detail")

    answer = serve(app).get("/broken")
    assert answer.status_code == 500
    assert problem_of(answer)["type"] == "urn:bosai:problem:internal"
    assert "internal detail" not in answer.text


@pytest.mark.parametrize("path", ["/", "/docs", "/v1/situation", "/nowhere", "/v1/devices/me", "/static/start.css"])
def test_every_answer_has_the_security_headers(unchanged, path):
    headers = unchanged.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy


def test_even_a_defect_has_the_security_headers(live, drill, serve):
    app = create_app({"live": live.services, "drill": drill.services}, look_every_seconds=0.02)
    app.add_api_route("/broken", lambda: 1 / 0)
    assert serve(app).get("/broken").headers["x-content-type-options"] == "nosniff"


def test_browsers_are_told_to_stay_on_https_in_production_only(unchanged, production):
    assert "strict-transport-security" not in unchanged.get("/").headers
    assert "max-age" in production.get("/").headers["strict-transport-security"]
