"""Reports about places of refuge: taken all together or not at all, and never over somebody else's (issue 7.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from alerts.audit import State
from alerts.service import audit
from alerts.service.people.acting import CONSOLE, Actor
from alerts.service.report_faults import conflict, faults, refuse
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.opening import Opening
from alerts.shelter.report import OpeningReport, Reporter, after, says
from alerts.shelter.site import Site
from alerts.store.database import run
from alerts.store.openings import KeptReport
from alerts.store.unit_of_work import UnitOfWork

OPENINGS = "openings"
"""The version that readers of states look at."""


class UnknownFacilityError(LookupError):
    """No place has this id, and none ever reported under it."""


def report(
    services: Services, reporter: Reporter, reports: Sequence[OpeningReport], actor: Actor = CONSOLE
) -> tuple[Opening, ...]:
    """Takes reports in, in one transaction; readers see them within a second or two.

    A place is named by its facility, or by the id of one of its sites. Raises `ReportsRefusedError`.
    """
    return run(services.database, lambda uow: take(services, uow, reporter, reports, actor))


def take(
    services: Services,
    uow: UnitOfWork,
    reporter: Reporter,
    reports: Sequence[OpeningReport],
    actor: Actor,
    *,
    decided: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Opening, ...]:
    """The same within a transaction, and in the book.

    `decided`, by facility: hazards in force for which it is not designated, and is opened all the same.
    """
    now, before = services.clock.now(), uow.openings.all()
    facilities = _facilities(in_use(services, uow))
    named = [replace(said, facility=facilities.get(said.facility, "")) for said in reports]
    refuse(dict(faults(reporter, named, before)))
    made = tuple(after(before.get(said.facility), said, reporter, now) for said in named)
    refuse({place: conflict(None) for place, opening in enumerate(made) if not uow.openings.add(opening, now)})
    uow.versions.bump(OPENINGS, now)
    for opening in made:
        was, lacks = before.get(opening.facility), (decided or {}).get(opening.facility)
        written = {**_said(opening), **({"not_designated_for": list(lacks)} if lacks else {})}
        audit.record(uow, actor, "shelter.report", _said(was) if was else None, written, now)
    return made


def is_done(services: Services, reporter: Reporter, reports: Sequence[OpeningReport]) -> bool:
    """Whether this reporter has just said all of this, and nobody anything since: a button that was pressed twice."""
    held = openings(services)
    found = [(held.get(said.facility), said) for said in reports]
    return bool(found) and all(
        now is not None and now.reporter == reporter.name and now.version == said.seen + 1 and says(now, said)
        for now, said in found
    )


def openings(services: Services) -> dict[str, Opening]:
    """What holds now, by facility; a place that nobody reported yet is not among them."""
    with services.database.read() as uow:
        return uow.openings.all()


def history(services: Services, facility: str) -> list[KeptReport]:
    """Every report of a facility, first to last: who said what and when, and what was before.

    It is named as in a report. Raises `UnknownFacilityError`: that nobody reported is said of a place there is.
    """
    with services.database.read() as uow:
        named = _facilities(in_use(services, uow)).get(facility)
        kept = uow.openings.history(named or facility)  # one that is no longer in use keeps its reports
    if named is None and not kept:
        raise UnknownFacilityError(f"there is no place {facility}")
    return kept


def _said(opening: Opening) -> State:
    return {
        "facility": opening.facility,
        "version": opening.version,
        "state": str(opening.state),
        "occupancy": opening.occupancy,
    }


def _facilities(sites: Sequence[Site]) -> dict[str, str]:
    """The facility that a name means: its own, or the id of one of its sites."""
    return {site.id: site.facility for site in sites} | {site.facility: site.facility for site in sites}
