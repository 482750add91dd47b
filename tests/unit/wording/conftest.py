"""The bundled wording, and revisions to say with it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from alerts.alert import Change, Revision, Scope, Tier, Urgency
from alerts.telegram import kinds
from alerts.wording.tables import Wording, bundled_texts

ISSUED_AT = datetime(2026, 11, 23, 5, 5, tzinfo=UTC)  # 23日14時05分


@pytest.fixture(scope="session")
def wording() -> Wording:
    return Wording.load()


@pytest.fixture(scope="session")
def language_files() -> dict[str, str]:
    return bundled_texts()


@pytest.fixture
def revision() -> Callable[..., Revision]:
    """A revision of a warning by its telegram type and code."""

    def build(
        telegram_type: str,
        code: str,
        change: Change = Change.ISSUE,
        *,
        because: str | None = None,
        details: tuple[str, ...] = (),
        issued_at: datetime = ISSUED_AT,
    ) -> Revision:
        kind = kinds.table()[telegram_type, code]
        first = (Tier(frozenset({"27218-kitajo-3"}), because),) if because else ()
        return Revision(
            alert_id="a1",
            number=1,
            change=change,
            hazard=kind.hazard,
            code=code,
            level=kind.level,
            rank=kind.rank,
            name=kind.name,
            urgency=Urgency.HIGH,
            scope=Scope.EVERYONE,
            tiers=(*first, Tier(None)),
            details=details,
            telegram_id="t1",
            issued_at=issued_at,
            created_at=issued_at,
            expires_at=issued_at + timedelta(hours=6),
            pushed=True,
            reason="test",
        )

    return build
