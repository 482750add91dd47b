"""Who has practised this month: whoever sends an alert once in years sends it wrongly (R24, the IPAWS rule)."""

from datetime import datetime
from enum import StrEnum

from alerts.times import JST


class Practice(StrEnum):
    """How an officer stands with the monthly exercise."""

    DONE = "done"  # acted in the drill world this month
    DUE = "due"  # last month, not yet this month
    OVERDUE = "overdue"  # longer ago, or never


def practice(last_acted: datetime | None, now: datetime) -> Practice:
    """Judged by his last act in the drill world; months are those of Japan's calendar."""
    if last_acted is None:
        return Practice.OVERDUE
    ago = _month(now) - _month(last_acted)
    return {0: Practice.DONE, 1: Practice.DUE}.get(max(ago, 0), Practice.OVERDUE)


def _month(at: datetime) -> int:
    local = at.astimezone(JST)
    return local.year * 12 + local.month
