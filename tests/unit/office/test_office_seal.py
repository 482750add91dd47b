"""Whatever a resident or a phone could notice is under the seal (R2)."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from alerts.alert import Change, Urgency
from alerts.office.seal import Sealed
from alerts.wording.message import Text


@pytest.fixture
def sealed(content):
    texts = {"ja": Text("避難指示", "逃げてください。", "避難指示。"), "en": Text("Evacuate", "Leave.", "Evacuate.")}
    return Sealed("live", "d1", 1, Change.ISSUE, None, content, Urgency.CRITICAL, texts)


def test_the_same_has_the_same_seal(sealed) -> None:
    assert sealed.seal == replace(sealed).seal
    assert len(sealed.seal) == 64


def test_r2_no_part_can_change_under_the_seal(sealed, content) -> None:
    others = {
        "world": "drill",
        "draft": "d2",
        "version": 2,
        "change": Change.CORRECT,
        "alert_id": "o1",
        "content": replace(content, districts=("hojo-1",)),
        "urgency": Urgency.HIGH,
        "texts": sealed.texts | {"en": Text("Evacuate", "Leave now.", "Evacuate.")},
    }
    assert others.keys() == {field.name for field in fields(Sealed)}
    seals = {replace(sealed, **{name: other}).seal for name, other in others.items()}
    assert len(seals | {sealed.seal}) == len(others) + 1


def test_r2_every_field_of_the_form_is_under_it(sealed, content) -> None:
    others = {
        "template": type(content.template).EMERGENCY_SAFETY,
        "districts": None,
        "expires_at": content.expires_at + timedelta(seconds=1),
        "hazard": None,
        "service": "water",
        "shelters": ("E1",),
        "written": "急いでください。",
    }
    assert others.keys() == {field.name for field in fields(content)}
    seals = {replace(sealed, content=replace(content, **{name: other})).seal for name, other in others.items()}
    assert len(seals | {sealed.seal}) == len(others) + 1
