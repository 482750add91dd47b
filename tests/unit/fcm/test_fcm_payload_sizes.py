"""The longest thing any warning can say fits into what FCM takes."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from alerts.alert import Change
from alerts.city.codes import CityCodes
from alerts.ports import Address, Platform
from alerts.wording.matrix import Case, revision_of, sayable_kinds
from alerts.wording.office_matrix import office_texts
from alerts.wording.tables import Wording
from workers.fcm.payload import MAX_PAYLOAD, encode

NOW = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
CITY = CityCodes(
    name="いちき串木野市",  # no Japanese city has a longer name
    name_en="Ichikikushikino City",
    prefecture="鹿児島県",
    code="46219",
    municipality="4621900",
    class15="460013",
    class10="460010",
    office="460100",
    region="011000",
    quake_region="770",
    tsunami_region="772",
    rivers=(),
)
WORDING = Wording.load()


@pytest.mark.parametrize("platform", list(Platform))
@pytest.mark.parametrize("language", WORDING.languages)
def test_the_longest_office_text_in_every_language_stays_below_4096_bytes(language: str, platform: Platform) -> None:
    warning = WORDING.render(
        revision_of(sayable_kinds()[0], Case(Change.ISSUE, None, drill=True)), 0, language, drill=True, city=CITY
    )
    sizes = []
    for said in office_texts():
        _, text = WORDING.office(said, language, drill=True, city=CITY)
        message = replace(warning, alert_id="a" * 64, title=text.title, body=text.body)
        template = encode(message, platform, NOW, critical_entitlement=True)
        sizes.append(len(template.addressed(Address("token", "x" * 398))))
    assert len(sizes) > 100
    assert max(sizes) < MAX_PAYLOAD


@pytest.mark.parametrize("platform", list(Platform))
@pytest.mark.parametrize("language", WORDING.languages)
def test_every_warning_in_every_language_stays_below_4096_bytes(language: str, platform: Platform) -> None:
    sizes = []
    for kind, change in product(sayable_kinds(), Change):
        revision = revision_of(kind, Case(change, None, drill=True))
        message = WORDING.render(revision, 0, language, drill=True, city=CITY)
        template = encode(message, platform, NOW, critical_entitlement=True)
        sizes.append(len(template.addressed(Address("token", "x" * 398))))
    assert len(sizes) > 200
    assert max(sizes) < MAX_PAYLOAD
