"""What an officer reports of places of refuge: one or many; each unfit one opens by his decision alone (issue 8.5)."""

from collections.abc import Collection, Mapping, Sequence

from alerts.service import openings
from alerts.service.people.acting import Actor
from alerts.service.refuge import Refuge, looked_at
from alerts.service.report_faults import ReportsRefusedError
from alerts.service.services import Services
from alerts.shelter.fitness import is_to_be_decided
from alerts.shelter.opening import Opening
from alerts.shelter.report import Keep, OpeningReport, Reporter
from alerts.store.database import run
from alerts.store.unit_of_work import UnitOfWork

_LONGEST_NAME = 80

Decided = Mapping[str, Collection[str]]
"""By facility the hazards for which it is not designated, as the officer was shown them when he decided."""


class UndecidedError(ValueError):
    """Nothing was taken: places are not designated for what is in force, and nobody has decided to open them."""

    def __init__(self, facilities: Mapping[str, Sequence[str]]) -> None:
        super().__init__(f"not designated for what is in force, and not decided: {', '.join(facilities)}")
        self.facilities = facilities


def report(services: Services, actor: Actor, reports: Sequence[OpeningReport], decided: Decided) -> tuple[Opening, ...]:
    """Takes all the reports or none, in one transaction, and writes them in the book with who decided what.

    The same reports a second time are done already. Raises `UndecidedError`, `ReportsRefusedError`.
    """
    reporter = Reporter(actor.name[:_LONGEST_NAME])

    def work(uow: UnitOfWork) -> tuple[Opening, ...]:
        unfit = _unfit(looked_at(services, uow), reports)
        left = {each: lacks for each, lacks in unfit.items() if not set(lacks) <= set(decided.get(each, ()))}
        if left:
            raise UndecidedError(left)
        return openings.take(services, uow, reporter, reports, actor, decided=unfit)

    try:
        return run(services.database, work)
    except (UndecidedError, ReportsRefusedError):
        if not openings.is_done(services, reporter, reports):
            raise
        held = openings.openings(services)
        return tuple(held[said.facility] for said in reports)


def _unfit(refuge: Refuge, reports: Sequence[OpeningReport]) -> dict[str, tuple[str, ...]]:
    """What must be decided of each place: to call people there while it is not designated for what is in force."""
    found = ((refuge.find(said.facility), said.state) for said in reports)
    return {
        place.facility: place.lacks
        for place, to in found
        if place is not None and not isinstance(to, Keep) and is_to_be_decided(place.state, to, place.lacks)
    }
