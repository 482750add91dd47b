"""Every endpoint is asked with what its document allows and with what it does not: no 5xx, no undocumented answer."""

from collections.abc import Iterator, Mapping
from itertools import count

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alerts.service.propose import propose
from alerts.telegram.composition import Stated

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 5  # of each kind, for each of nearly a hundred operations; the same in every run
PHONE = {"address": {"kind": "token", "value": "token-of-a-phone"}, "platform": "ios", "districts": []}
STREAM = "/v1/events"  # without end: its own tests read from it
PARTS = ("/v1/devices", "/v1/office", "/")  # an operation belongs to the first that its path begins with


@pytest.fixture
def served(client, live, eventually):
    """A night with an order to propose, a place open, and a city that has all of it in its memory."""
    live.read_feeds()
    live.beat()
    live.show("VPFD51", "VPTW60", "VXSE53", "VPWP50")
    live.send("VPWW56", Stated("49"))
    propose(live.services)
    report = {"facility": "E2721800042", "version": 0, "state": "open", "occupancy": 3}
    client.post("/v1/office/shelters/reports", json={"reports": [report]})
    eventually(lambda: client.get("/v1/situation").json()["level"])
    return client


@pytest.fixture
def known(served) -> Mapping[str, object]:
    """What there is, by the name that paths have for it."""
    return {
        "alert_id": served.get("/v1/situation").json()["in_force"][0]["alert_id"],
        "proposal_id": served.get("/v1/office/proposals").json()["proposals"][0]["id"],
        "shelter_id": "E2721800042201",
        "facility": "E2721800042",
        "collection_id": "shelters",
        "feature_id": "E2721800042201",
        "version": 1,
    }


def operations(served, part: str) -> Iterator:
    """Those of the live world: the drill has the same routes, made by the same functions (test_openapi)."""
    document = schemathesis.openapi.from_url(str(served.base_url.join("/openapi.json")))
    for operation in (result.ok() for result in document.get_all_operations()):
        is_mine = part == next(one for one in PARTS if operation.path.startswith(one))
        if is_mine and not operation.path.startswith("/v1/drill/") and operation.path != STREAM:
            yield operation


def ask_all(served, operation, mode: GenerationMode, known: Mapping[str, object]) -> int:
    """Asks one operation in many ways, mostly as a registered phone; returns how often."""
    turns = count()
    strategy = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def ask(case: Case) -> None:
        turn = next(turns)
        if turn % 2 == 0:
            case.path_parameters.update({name: known[name] for name in case.path_parameters.keys() & known.keys()})
        secret = served.post("/v1/devices", json=PHONE).json()["secret"]  # the one before may have left
        headers = {} if turn % 3 == 2 else {"Authorization": f"Bearer {secret}"}
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:  # it takes nothing that could be wrong
        assert next(turns) == 0
        return 0
    return next(turns)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_a_documented_one(served, known, subtests, mode, part):
    asked = 0
    for operation in operations(served, part):
        with subtests.test(operation.label):
            asked += ask_all(served, operation, mode, known)
    assert asked > EXAMPLES
