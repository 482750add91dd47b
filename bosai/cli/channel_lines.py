"""How `bosai channel` shows subscribers, replays and results."""

from typing import Any

from alerts.channel.subscriber import Subscriber
from alerts.service.channels.results import RevisionResults
from alerts.store.replays import Replay
from alerts.times import JST


def subscriber_fields(one: Subscriber) -> dict[str, Any]:
    """Without its address: who may read this list need not know it."""
    return {
        "id": one.id,
        "world": one.world.name,
        "channel": one.channel,
        "name": one.name,
        "languages": list(one.languages),
        "minimum": one.minimum,
        "districts": one.districts,
        "created_at": one.created_at,
        "failing_since": one.failing_since,
        "failures": one.failures,
        "disabled_at": one.disabled_at,
    }


def subscriber_line(one: Subscriber) -> str:
    """One line."""
    where = f"{len(one.districts)} districts" if one.districts else "the whole city"
    state = "told"
    if one.disabled_at:
        state = f"DISABLED since {one.disabled_at.astimezone(JST):%m-%d %H:%M}"
    elif one.failing_since:
        state = f"not reached since {one.failing_since.astimezone(JST):%m-%d %H:%M} ({one.failures} tries)"
    said = f"{'+'.join(one.languages)}, {one.minimum} and more, {where}"
    return f"{one.id}  {one.channel:<7}  {one.name}: {said}; {state}"


def replay_fields(one: Replay) -> dict[str, Any]:
    """One replay."""
    return {name: getattr(one, name) for name in Replay.__dataclass_fields__}


def result_fields(one: RevisionResults) -> dict[str, Any]:
    """One revision on every channel, and each letter."""
    letters = [
        {
            "subscriber": letter.subscriber,
            "channel": letter.channel,
            "outcome": letter.outcome,
            "attempts": letter.attempts,
            "detail": letter.detail,
            "closed_at": letter.closed_at,
        }
        for letter in one.letters
    ]
    return {"revision": one.revision, "channels": one.by_channel, "letters": letters}


def result_line(one: RevisionResults) -> str:
    """One line."""
    parts = (
        f"{channel} {', '.join(f'{count} {result}' for result, count in sorted(of.items())) or 'nobody'}"
        for channel, of in one.by_channel.items()
    )
    return f"revision {one.revision}: {'; '.join(parts)}"
