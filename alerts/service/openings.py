"""Reports about places of refuge: taken all together or not at all, and never over somebody else's (issue 7.1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from alerts.audit import State
from alerts.service import audit
from alerts.service.people.acting import CONSOLE, Actor
from alerts.service.services import Services
from alerts.service.shelters import in_use
from alerts.shelter.opening import Opening
from alerts.shelter.report import OpeningReport, Reporter, after, refusal
from alerts.shelter.site import Site
from alerts.store.database import run
from alerts.store.openings import KeptReport
from alerts.store.unit_of_work import UnitOfWork

OPENINGS = "openings"
"""The version that readers of states look at."""


class FaultKind(StrEnum):
    """Why a report was not taken."""

    UNKNOWN = "unknown"  # no such place
    NOT_YOURS = "not_yours"
    REFUSED = "refused"
    CONFLICT = "conflict"  # somebody else reported meanwhile


@dataclass(frozen=True, slots=True)
class ReportFault:
    """What is wrong with one report. Of a conflict, what holds now."""

    kind: FaultKind
    message: str
    now: Opening | None = None


class UnknownFacilityError(LookupError):
    """No place has this id, and none ever reported under it."""


class ReportsRefusedError(ValueError):
    """Nothing was taken; `faults` by the place of the report in the call."""

    def __init__(self, faults: Mapping[int, ReportFault]) -> None:
        super().__init__("; ".join(f"report {place}: {fault.message}" for place, fault in faults.items()))
        self.faults = faults


def report(
    services: Services, reporter: Reporter, reports: Sequence[OpeningReport], actor: Actor = CONSOLE
) -> tuple[Opening, ...]:
    """Takes reports in, in one transaction; readers see them within a second or two.

    A place is named by its facility, or by the id of one of its sites. Raises `ReportsRefusedError`.
    """

    def work(uow: UnitOfWork) -> tuple[Opening, ...]:
        before = uow.openings.all()
        made = _taken(services, uow, reporter, reports)
        for opening in made:
            was = before.get(opening.facility)
            audit.record(
                uow, actor, "shelter.report", _said(was) if was else None, _said(opening), services.clock.now()
            )
        return made

    return run(services.database, work)


def _said(opening: Opening) -> State:
    return {
        "facility": opening.facility,
        "version": opening.version,
        "state": str(opening.state),
        "occupancy": opening.occupancy,
    }


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


def _taken(
    services: Services, uow: UnitOfWork, reporter: Reporter, reports: Sequence[OpeningReport]
) -> tuple[Opening, ...]:
    now = services.clock.now()
    facilities = _facilities(in_use(services, uow))
    named = [replace(said, facility=facilities.get(said.facility, "")) for said in reports]
    held = uow.openings.all()
    _refuse(dict(_faults(reporter, named, held)))
    made = [after(held.get(said.facility), said, reporter, now) for said in named]
    _refuse({place: _conflict(None) for place, opening in enumerate(made) if not uow.openings.add(opening, now)})
    uow.versions.bump(OPENINGS, now)
    return tuple(made)


def _facilities(sites: Sequence[Site]) -> dict[str, str]:
    """The facility that a name means: its own, or the id of one of its sites."""
    return {site.id: site.facility for site in sites} | {site.facility: site.facility for site in sites}


def _faults(
    reporter: Reporter, reports: Sequence[OpeningReport], held: Mapping[str, Opening]
) -> Iterator[tuple[int, ReportFault]]:
    seen: set[str] = set()
    for place, said in enumerate(reports):
        fault = _fault(reporter, said, held.get(said.facility))
        if fault is None and said.facility in seen:
            fault = ReportFault(FaultKind.REFUSED, f"{said.facility} stands in this call twice; report it once")
        seen.add(said.facility)
        if fault:
            yield place, fault


def _fault(reporter: Reporter, said: OpeningReport, held: Opening | None) -> ReportFault | None:
    if not said.facility:
        return ReportFault(
            FaultKind.UNKNOWN, "there is no such place; take a facility or an id from the list of shelters"
        )
    if not reporter.may_report(said.facility):
        return ReportFault(FaultKind.NOT_YOURS, f"{reporter.name} reports other places than {said.facility}")
    if said.seen != (held.version if held else 0):
        return _conflict(held)
    reason = refusal(held, said)
    return ReportFault(FaultKind.REFUSED, reason) if reason else None


def _conflict(held: Opening | None) -> ReportFault:
    return ReportFault(FaultKind.CONFLICT, "somebody else reported this place meanwhile; look at it again", held)


def _refuse(faults: Mapping[int, ReportFault]) -> None:
    if faults:
        raise ReportsRefusedError(faults)
