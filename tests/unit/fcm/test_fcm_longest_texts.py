"""Whatever telegrams can make us say, in every language that there is, FCM takes it (push.md §4: 4,096 bytes)."""

from collections.abc import Callable, Iterator

import pytest

from alerts.ports import Address, Platform
from alerts.wording.matrix import cases_of, occurs, revision_of, sayable_kinds
from alerts.wording.message import PhoneMessage, Text
from alerts.wording.phrases import PhraseTable
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.render import render
from alerts.wording.tables import Wording
from workers.fcm.payload import MAX_PAYLOAD, encode

WORDING = Wording.load()
LONGEST_ID = "x" * 398


@pytest.mark.parametrize("language", sorted(WORDING.tables))
def test_the_longest_text_of_a_language_fits_with_the_longest_address(
    language: str, message_of: Callable[..., PhoneMessage]
) -> None:
    texts = list(everything_said(WORDING.tables[language]))
    assert len(texts) > 100
    longest = max(texts, key=lambda text: len((text.title + text.body).encode()))
    message = message_of(
        language=language,
        title=longest.title,
        body=longest.body,
        alert_id="a" * 64,
        hazard="linear_rainband_imminent",
        drill=True,
    )
    for platform in Platform:
        template = encode(message, platform, message.issued_at, critical_entitlement=True)
        for kind in ("token", "fid"):
            assert len(template.addressed(Address(kind, LONGEST_ID))) < MAX_PAYLOAD


def everything_said(table: PhraseTable) -> Iterator[Text]:
    cases = list(cases_of(table))
    for kind in sayable_kinds():
        for case in cases:
            if occurs(kind, case):
                yield render(table, revision_of(kind, case), 0, SAMPLE_CITY, drill=case.drill)
