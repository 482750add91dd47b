"""What decided for a district."""

from collections.abc import Collection, Mapping, Sequence

from alerts.alert import Revision, Scope
from alerts.home import tier_of
from alerts.ports import TOLD_PERHAPS, PushResult
from alerts.why.ground import Ground, Turn, by_turns, quiet_ground


def district_ground(
    revision: Revision, district: str, turns: Sequence[Turn], results: Collection[PushResult]
) -> Ground:
    """What decided for a district. `turns` are all chunks of the revision, `results` those of the district's phones."""
    if not revision.pushed:
        return quiet_ground(revision)
    if not turns:
        return Ground.NOBODY
    tier = tier_of(frozenset({district}), revision.tiers)
    if tier is None:
        return Ground.DISTRICT_OUTSIDE
    ground = _of_a_district(revision, tier, [turn for turn in turns if turn.tier == tier])
    is_unreached = bool(results) and not TOLD_PERHAPS & set(results)
    return Ground.DISTRICT_UNREACHED if is_unreached and ground in _SENT else ground


def held_ground(is_made: bool | None, turns: Sequence[Turn], results: Mapping[PushResult, int]) -> Ground | None:
    """Where the noise budget decided for a district; None where it did not, or where the digest has told it since.

    `is_made` says whether the digest was made; None: nothing was held back there.
    """
    if is_made is None or TOLD_PERHAPS & set(results):
        return None
    waits = not is_made or any(turn.closed_at is None for turn in turns)
    return Ground.HELD_BACK if waits else Ground.HELD_OVER


def _of_a_district(revision: Revision, tier: int, turns: Sequence[Turn]) -> Ground:
    if any(turn.closed_at is None for turn in turns):
        return Ground.DISTRICT_WAITING
    if (ended := by_turns(turns)) is not None:
        return _ENDED[ended]
    if revision.scope is Scope.RECEIVERS:
        return Ground.RECEIVERS
    return Ground.DISTRICT_REST if revision.tiers[tier].districts is None else Ground.DISTRICT_FIRST


_SENT = frozenset({Ground.DISTRICT_FIRST, Ground.DISTRICT_REST, Ground.RECEIVERS})
_ENDED: Mapping[Ground, Ground] = {
    Ground.SUPERSEDED: Ground.DISTRICT_SUPERSEDED,
    Ground.EXPIRED: Ground.DISTRICT_EXPIRED,
}
