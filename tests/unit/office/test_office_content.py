"""A form with a gap is refused with words for the officer (R7, R8)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alerts.office.content import MAX_WRITTEN, Content
from alerts.wording.office_text import ORDERS, Template

LATER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
GAPS = [
    ({"template": Template.EVACUATION_ORDER, "districts": ()}, "districts", "地区が選ばれていません"),
    ({"template": Template.LIFELINE, "districts": None}, "service", "何が使えないのか"),
    ({"template": Template.LIFELINE, "districts": None, "service": "internet"}, "service", "何が使えないのか"),
    ({"template": Template.SHELTER_OPENING, "districts": None}, "shelters", "避難所が選ばれていません"),
    ({"template": Template.FREE, "districts": None, "written": " 　\n"}, "written", "本文が入力されていません"),
    ({"template": Template.MISSING_PERSON, "districts": None}, "written", "本文が入力されていません"),
    ({"template": Template.FREE, "districts": None, "written": "あ" * (MAX_WRITTEN + 1)}, "written", "文字以内"),
]


@pytest.mark.parametrize(("fields", "field", "words"), GAPS)
def test_r7_r8_a_gap_is_named_at_its_field(fields, field, words) -> None:
    content = Content(expires_at=LATER, **fields)
    (gap,) = content.gaps()
    assert gap.field == field
    assert words in gap.message
    assert not content.is_whole


def test_r7_the_whole_city_is_said_and_not_left_out(content) -> None:
    assert replace(content, districts=None).is_whole
    assert not replace(content, districts=()).is_whole


def test_only_a_reviewed_template_without_own_words_is_approved_before(content, notice) -> None:
    assert content.is_approved_before
    assert not replace(content, written="急いでください。").is_approved_before
    assert not notice.is_approved_before


@pytest.mark.parametrize("template", Template)
def test_only_orders_have_a_level(content, template) -> None:
    said = replace(content, template=template, service="water", shelters=("E1",), written="本文")
    assert said.is_order == (template in ORDERS)
    assert (said.level is not None) == said.is_order
