"""Every command of docs/open-data.md works as it stands, and its tables say what the messages say."""

import re
from pathlib import Path

from documented import blocks, printed_by

from alerts.cap import meaning
from alerts.cap.chain import LASTS, SAID_AGAIN_AFTER
from alerts.cap.outline import MOST_CORNERS
from alerts.telegram.composition import Stated
from api.feeds.ogc.query import MOST

DOCUMENT = (Path(__file__).parents[3] / "docs/open-data.md").read_text(encoding="utf-8")


def test_every_command_gives_what_the_text_promises(client, drill, eventually, tmp_path):
    drill.send("VPWW56", Stated("49"))
    eventually(lambda: client.get("/v1/drill/situation").json()["in_force"])
    commands = blocks(DOCUMENT, "sh open-data")
    assert len(commands) == 4
    printed = printed_by(commands, str(client.base_url), tmp_path)
    for promised in ("<feed ", "<status>Exercise</status>", '"hazards":[{', '"collections":[', '"numberReturned":10'):
        assert promised in printed, promised


def test_every_address_that_the_text_names_is_there(client):
    named = set(re.findall(r"`(/v1/[\w./]+)`", DOCUMENT)) - {"/v1/drill/"}
    assert len(named) > 5
    for address in named - {"/v1/"}:
        assert client.get(address).status_code == 200, address


def test_the_numbers_of_the_text_are_those_of_the_code():
    hours = {round(span.total_seconds() / 3600) for span in (LASTS, SAID_AGAIN_AFTER)}
    assert hours == {36, 24}
    assert "holds for 36 hours" in DOCUMENT
    assert "each 24 hours" in DOCUMENT
    assert f"at most {MOST_CORNERS} corners" in DOCUMENT
    assert f"`limit` is at most {MOST}" in DOCUMENT
    assert all(f"`{status}` is always `{scope}`" in DOCUMENT for status, scope in meaning.SCOPES.items())
