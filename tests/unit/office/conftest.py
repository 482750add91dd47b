"""An order for two districts, and what is around it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.alert import Change
from alerts.office.content import Content
from alerts.office.draft import Draft
from alerts.office.lint import Surroundings
from alerts.wording.office_text import Template

NOW = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)  # 12:00 in Japan


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def content() -> Content:
    return Content(Template.EVACUATION_ORDER, ("hojo-1", "hojo-2"), NOW + timedelta(hours=6), hazard="landslide")


@pytest.fixture
def notice() -> Content:
    return Content(Template.FREE, None, NOW + timedelta(hours=6), written="市役所の窓口は15時に閉まります。")


@pytest.fixture
def draft_of() -> Callable[..., Draft]:
    def build(content: Content, change: Change = Change.ISSUE, alert_id: str | None = None) -> Draft:
        return Draft("d1", 1, change, alert_id, content, "aoki", "aoki", NOW, NOW, writers=frozenset({"aoki"}))

    return build


@pytest.fixture
def around() -> Surroundings:
    return Surroundings(NOW, False, timedelta(hours=1), timedelta(hours=48), {}, (), (), ())


@pytest.fixture
def later(around: Surroundings) -> Callable[..., Surroundings]:
    return lambda **by: replace(around, now=NOW + timedelta(**by))
