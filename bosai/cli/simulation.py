"""A simulation as `bosai simulate` prints it."""

from collections.abc import Iterator

from alerts.service.simulation import SimulatedPush, Simulation


def fields(found: Simulation) -> dict[str, object]:
    """The answer as the contract's JSON has it."""
    return {
        "effect": "none",
        "against": found.against,
        "at": found.at,
        "type": found.reading.type,
        "status": found.reading.status,
        "outcome": found.reading.outcome,
        "reason": found.reading.reason,
        "why_nothing": found.why_nothing,
        "pushes": [_push(push) for push in found.pushes],
        "proposals": [{"order": one.order, "trigger": one.trigger, "basis": one.basis} for one in found.proposals],
    }


def _push(push: SimulatedPush) -> dict[str, object]:
    revision = push.revision
    return {
        "hazard": revision.hazard,
        "level": revision.level,
        "change": revision.change,
        "urgency": revision.urgency,
        "pushed": revision.pushed,
        "reason": revision.reason,
        "reach": push.reach,
        "districts": None if push.districts is None else list(push.districts),
        "phones": push.phones,
        "phones_not_told": push.untold,
        "tiers": [
            {
                "districts": None if (own := revision.tiers[tier.tier].districts) is None else sorted(own),
                "phones": tier.phones,
                "texts": {text.language: {"title": text.title, "body": text.body} for text in tier.texts},
            }
            for tier in push.tiers
        ],
    }


def as_text(found: Simulation) -> str:
    """The answer for people."""
    reading = found.reading
    lines = [f"simulated, nothing was written or sent: {reading.type or 'unknown type'}, {reading.status}"]
    lines.append(f"  {reading.outcome}: {reading.reason}")
    lines += [f"  no revision: {found.why_nothing}"] if found.why_nothing else []
    for push in found.pushes:
        lines += _push_lines(push)
    lines += [f"  would propose {one.order}: {one.basis}" for one in found.proposals]
    return "\n".join(lines)


def _push_lines(push: SimulatedPush) -> Iterator[str]:
    revision = push.revision
    if not revision.pushed:
        yield f"  → in the app only, {revision.change} {revision.hazard}: {revision.reason}"
        return
    where = {"whole_city": "the whole city", "nobody": "nobody is registered who would be told"}
    reached = where.get(push.reach, f"{len(push.districts or ())} districts")
    what = f"{revision.change} {revision.hazard} level {revision.level or 'none'}"
    yield f"  → {revision.urgency} push, {what}: {reached}"
    yield f"    {push.phones} phones, {push.untold} not told"
    for tier in push.tiers:
        own = revision.tiers[tier.tier].districts
        counted = ", ".join(f"{count} {language}" for language, count in tier.phones.items()) or "no phone"
        yield f"    {tier.tier + 1}. {'everybody else' if own is None else f'{len(own)} districts'}: {counted}"
        for text in tier.texts:
            yield f"       [{text.language}] {text.title}\n         {text.body}"
