"""The head of a bundle: whose it is, how old, and the digest of all its rows. It is what is signed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from alerts.service.freshness import STALE_AFTER
from alerts.service.services import Services
from alerts.shelter.opening import TRUSTED_FOR
from api.residents.basis import Basis
from api.residents.bundle.edition import Edition
from api.times import rfc3339

FORMAT = "bosai-bundle/1"
_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


def head(services: Services, basis: Basis, edition: Edition, keys: Mapping[str, str]) -> dict[str, Any]:
    """The head of an edition; `keys` are the public keys that sign from now on."""
    held = basis.held
    known = held.overview is not None
    as_of = basis.ages.situation.as_of if known else None
    return {
        "format": FORMAT,
        "world": services.world.name,
        "city": services.pack.codes.code,
        "version": edition.version,
        "digest": edition.digest,
        "made_at": rfc3339(_made_at(held.changed_at, as_of)),
        "situation_as_of": rfc3339(as_of) if as_of else None,
        "known": {"situation": known, "openings": held.openings_version is not None},
        "fresh_seconds": {
            "situation": int(STALE_AFTER.total_seconds()),
            "openings": int(TRUSTED_FOR.total_seconds()),
        },
        "keys": dict(keys),
    }


def _made_at(*moments: datetime | None) -> datetime:
    """The newest moment that any of it holds for, by the database: the same in every process that serves it.

    It does not go back, so a phone can tell when somebody replays an older bundle; and what was made without the
    database is older than all that a phone has.
    """
    return max((moment for moment in moments if moment is not None), default=_BEFORE_ALL)
