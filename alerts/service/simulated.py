"""What can be simulated: a stored telegram, a step of a drill, a telegram's bytes, or a draft of a warning."""

import hashlib
from dataclasses import dataclass

from alerts.city.drills import load_drill
from alerts.service.arrival import Incoming
from alerts.service.services import Services
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import Status

_OFFICE = "下書き"  # the editorial office of a draft: it is nobody's telegram


class UnknownTelegramError(LookupError):
    """No telegram of this world has the id."""


class UnknownStepError(LookupError):
    """The drill has no such step."""


class DraftError(ValueError):
    """A draft of something that no warning can say."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A warning of VPWW55 to VPWW61 about the city as JMA might send it now; nothing stated is nothing in force."""

    type: str
    stated: tuple[Stated, ...]
    headline: str


def stored_telegram(services: Services, telegram_id: str) -> Incoming:
    """A telegram as it came in; raises `UnknownTelegramError`."""
    with services.database.read() as uow:
        record = uow.telegrams.get(telegram_id)
    if record is None:
        raise UnknownTelegramError(f"no telegram of the {services.world.name} world has the id {telegram_id}")
    return Incoming(record.id, record.file, record.raw, record.seen_at)


def drill_step(services: Services, name: str, step: int) -> Incoming:
    """A step of a drill, the first is 1, as if it were played now. Raises `UnknownDrillError`, `UnknownStepError`."""
    drill, now = load_drill(services.pack.root, name), services.clock.now()
    if not 1 <= step <= len(drill.steps):
        raise UnknownStepError(f"drill {name} has the steps 1 to {len(drill.steps)}; there is no step {step}")
    file, raw = drill.telegram(step - 1, now)
    return Incoming(f"simulated:{name}:{step}", file, raw, now)


def raw_telegram(services: Services, raw: bytes, file: str) -> Incoming:
    """A telegram's bytes; whatever is wrong with them is the answer of the simulation."""
    return Incoming(f"sha256:{hashlib.sha256(raw).hexdigest()}", file, raw, services.clock.now())


def drafted(services: Services, draft: Draft) -> Incoming:
    """The draft as a telegram of this moment: actual in the live world, an exercise in a drill. `DraftError`."""
    now, codes = services.clock.now(), services.pack.codes
    area = lone_city(codes, _OFFICE)
    items = {codes.municipality: draft.stated} if draft.stated else {}
    status = Status.EXERCISE if services.is_drill else Status.ACTUAL
    try:
        raw = compose_warning(draft.type, area, items, now, status=status, headline=draft.headline)
    except ValueError as error:
        raise DraftError(str(error)) from None
    return raw_telegram(services, raw, file_name(draft.type, area, now))
