"""Parts of the city that JMA names and the pack does not know: told to the whole city, and said to the office."""

from alerts.service.revise import Step
from alerts.situation import HazardState
from alerts.store.unit_of_work import UnitOfWork


def ask_for_parts(uow: UnitOfWork, step: Step, state: HazardState) -> None:
    """Raises an alarm that names what could not be matched; a rule with `sub_areas` can say what it means."""
    unknown = step.services.pack.places.unknown_parts(state.extent)
    if unknown:
        text = f"{state.telegram_id} names {'、'.join(unknown)}, which no district or group bears: not narrowed"
        uow.alarms.raise_(f"parts:{state.hazard}", "odd", text, step.moment.now)
