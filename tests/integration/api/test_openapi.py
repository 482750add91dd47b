"""The document that app developers build on: complete, true, and readable without the internet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def document(unchanged) -> dict[str, Any]:
    return unchanged.get("/openapi.json").json()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_reference_leads_somewhere(document):
    schemas = document["components"]["schemas"]
    assert {reference.removeprefix("#/components/schemas/") for reference in references(document)} <= schemas.keys()


def test_every_operation_has_a_description_and_a_name_of_its_own(document):
    found = list(operations(document))
    names = [operation["operationId"] for _, _, operation in found]
    assert len(set(names)) == len(names)
    assert all(operation["description"] for _, _, operation in found)


def test_every_error_is_documented_as_a_problem(document):
    for path, _, operation in operations(document):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], f"{path} {status}"


def test_the_drill_has_the_same_routes_as_the_live_world_but_the_public_proof(document):
    live = {path for path in document["paths"] if path.startswith("/v1/") and not path.startswith("/v1/drill/")}
    drill = {path.replace("/v1/drill/", "/v1/") for path in document["paths"] if path.startswith("/v1/drill/")}
    assert live - drill == {"/v1/proof"}
    assert drill <= live


def test_a_registration_has_an_example_for_every_field_that_is_needed(document):
    schemas = document["components"]["schemas"]
    assert schemas["AddressIn"]["properties"]["value"]["examples"]
    assert schemas["DeviceIn"]["properties"]["districts"]["examples"]


def test_every_route_of_a_registration_says_that_it_needs_the_secret(document):
    for path, method, operation in operations(document):
        assert ("security" in operation) == ("/devices/me" in path), f"{method} {path}"


@pytest.mark.parametrize("page", ["/", "/docs"])
def test_a_page_and_all_it_loads_come_from_here(unchanged, page):
    loaded = re.findall(r"(?:src|href)=\"([^\"]+)\"", unchanged.get(page).text)
    assert loaded
    for address in loaded:
        assert address.startswith(("/", "#")), address
        if address.startswith("/") and address != "/health/ready":
            assert unchanged.get(address).status_code == 200, address
