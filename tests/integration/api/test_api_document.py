"""Every command of docs/api.md works as it stands, in its order, and what the text shows is what comes."""

import json
import re
from pathlib import Path

import pytest
from documented import blocks, documents, printed_by

from alerts.service.once import KEPT
from alerts.service.queries import RECENT_ALERTS
from alerts.telegram.composition import Stated
from api.errors import MAX_BODY_BYTES
from api.guard.budget import CHANGES, REGISTRATIONS, UNPROVEN
from api.problems import KINDS
from api.residents.prepared import LONG, SHORT
from api.residents.schemas.receipts import MOST

DOCUMENT = (Path(__file__).parents[3] / "docs/api.md").read_text(encoding="utf-8")
SHOWN = [json.loads(block) for block in blocks(DOCUMENT, "json session")]
DIFFERS = "…"


@pytest.fixture
def printed(client, drill, eventually, tmp_path):
    """What the session prints, as a list of JSON values; the storm of the drill has come to a landslide warning."""
    drill.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/drill/situation").json()["in_force"])
    return list(documents(printed_by(blocks(DOCUMENT, "sh session"), str(client.base_url), tmp_path)))


def test_a_session_goes_as_the_text_shows_it(printed, drill):
    assert len(printed) == len(SHOWN) == 14
    for at, (shown, said) in enumerate(zip(SHOWN, printed, strict=True)):
        assert list(differences(shown, said, f"answer {at}")) == []
    assert drill.devices() == 0, "the phone left, and nothing is left of it"


def differences(shown, said, where):
    """Where an answer lacks what is shown: members may be added, and an entry stands for those after it."""
    if shown == DIFFERS:
        return
    if isinstance(shown, dict) and isinstance(said, dict):
        for name, value in shown.items():
            if name in said:
                yield from differences(value, said[name], f"{where}.{name}")
            else:
                yield f"{where}.{name} is not there"
    elif isinstance(shown, list) and isinstance(said, list) and shown and len(said) >= len(shown):
        for at, value in enumerate(shown):
            yield from differences(value, said[at], f"{where}.{at}")
    elif shown != said or type(shown) is not type(said):
        yield f"{where} is {said!r}, not {shown!r}"


def test_the_comparison_finds_what_is_missing_or_other():
    assert list(differences({"a": 1, "b": [], "c": DIFFERS}, {"a": 1, "b": [], "c": 5, "d": 2}, "")) == []
    assert len(list(differences({"a": 1, "b": [], "c": DIFFERS}, {"a": True, "b": [1]}, ""))) == 3


def test_every_address_that_the_text_names_is_in_the_openapi_document(client):
    paths = set(client.get("/openapi.json").json()["paths"])
    named = set(re.findall(r"(/v1/[\w{][\w/{}.-]*)", DOCUMENT.partition("## Addresses")[2])) - {"/v1/drill/"}
    assert len(named) > 20
    assert named <= paths


def test_every_address_of_a_resident_is_in_the_text_or_in_that_of_the_open_outputs(client):
    elsewhere = (Path(__file__).parents[3] / "docs/open-data.md").read_text(encoding="utf-8")
    own = {path for path in client.get("/openapi.json").json()["paths"] if re.match(r"/v1/(?!drill/|office/)", path)}
    told = {
        path
        for path in own
        if path in DOCUMENT or path in elsewhere or path.startswith("/v1/ogc") or path.endswith(".cap")
    }
    assert own - told == {"/v1/outbox"}, "what would have been sent: for who tries the service (README.md)"


def test_the_errors_of_the_text_are_those_of_the_code():
    rows = re.findall(r"^\| ([\d, ]+) \| (.+?) \|", DOCUMENT.partition("## Errors")[2], re.MULTILINE)
    named = {(kind, int(status)) for codes, kinds in rows for kind in re.findall(r"`([a-z-]+)`", kinds)
             for status in codes.split(", ") if KINDS[kind].status == int(status)}  # fmt: skip
    assert {kind for kind, _ in named} == {kind for _, kinds in rows for kind in re.findall(r"`([a-z-]+)`", kinds)}
    assert len(rows) == 8


def test_the_numbers_of_the_text_are_those_of_the_code():
    a_phone, an_address, unproven = CHANGES, REGISTRATIONS, UNPROVEN
    for said in (
        f"{an_address.burst} at once and {an_address.per_second:.0f} a second from one public address",
        f"{unproven.burst} and {unproven.per_second:.0f} while",
        f"{a_phone.burst} at once and one each {1 / a_phone.per_second:.0f} seconds from one phone",
        f"pages of at most {RECENT_ALERTS} ",
        f"at most {MOST} at a time",
        f"within {KEPT.total_seconds() / 3600:.0f} hours",
        f"`{SHORT.header}`",
        f"`max-age={LONG.max_age_seconds}`",
        f"`too-large` ({MAX_BODY_BYTES // 1024} KB)",
    ):
        assert said in DOCUMENT, said
