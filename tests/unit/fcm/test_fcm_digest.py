"""A digest, and a push that says which of many places it is about, are under FCM's limit in every language."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.alert import Change
from alerts.ports import Platform
from alerts.sharing import MOST_FOLLOWED
from alerts.wording.matrix import Case, revision_of, sayable_kinds
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.tables import Wording
from workers.fcm.payload import encode

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MOST_TOLD = 30  # alerts/service/noise.py
WORDING = Wording.load()


@pytest.mark.parametrize("language", WORDING.languages)
@pytest.mark.parametrize("platform", Platform)
def test_the_longest_digest_is_sent_and_its_data_say_what_it_sums_up(language, platform):
    ordinary = [kind for kind in sayable_kinds() if kind.rank == 2]
    kinds = (ordinary * MOST_TOLD)[:MOST_TOLD]
    told = [
        replace(revision_of(kind, Case(Change.ISSUE, None, True)), alert_id=f"{number:025}")
        for number, kind in enumerate(kinds)
    ]
    message = WORDING.digest(told[0], told, language, drill=True, city=SAMPLE_CITY)
    everywhere = replace(message, places=tuple(range(10)), follows=tuple(range(MOST_FOLLOWED)))
    template = encode(everywhere, platform, NOW)  # raises for what is too long
    data = template.sdk["token"].data
    assert data["digest"].split() == [f"{number:025}/1" for number in range(MOST_TOLD)]
    assert (data["places"], data["silent"]) == ("0,1,2,3,4,5,6,7,8,9", "true")
