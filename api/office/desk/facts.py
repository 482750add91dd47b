"""What the desk's first page is made from: equal facts make the same page, but for ages."""

from dataclasses import dataclass

from alerts.service.glance import Glance, glance
from alerts.service.outage import OUTAGES
from alerts.service.readiness import Check, readiness
from alerts.service.services import Services
from api.office import told, words
from api.office.told import Told
from api.residents.answers import Answers
from api.residents.world import WorldApi


@dataclass(frozen=True, slots=True)
class Facts:
    """One world's. `glance` is None where the database cannot be read: nobody knows then what waits."""

    answers: Answers
    sent: tuple[Told, ...]
    glance: Glance | None
    failing: tuple[str, ...]  # names of the service's parts that do not work


def facts(world: WorldApi, people: Services) -> Facts:
    """Looks at a world; `people` is the live one, where accounts are, and to which the workers report."""
    answers, sent = world.snapshot.answers, told.sent(world)
    failing = tuple(check.name for check in readiness(people).checks if _is_shown(check) and not check.ok)
    return Facts(answers, sent or (), None if sent is None else _glance(world.services, people, sent), failing)


def _glance(services: Services, people: Services, sent: tuple[Told, ...]) -> Glance | None:
    try:
        return glance(services, people, [(each.alert_id, each.revision) for each in sent])
    except OUTAGES:
        return None


def _is_shown(check: Check) -> bool:
    return check.name in words.PARTS
