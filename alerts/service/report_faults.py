"""What is wrong with reports about places of refuge, found before any of them is taken (issue 7.1)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.shelter.opening import Opening
from alerts.shelter.report import OpeningReport, Reporter, refusal


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


class ReportsRefusedError(ValueError):
    """Nothing was taken; `faults` by the place of the report in the call."""

    def __init__(self, faults: Mapping[int, ReportFault]) -> None:
        super().__init__("; ".join(f"report {place}: {fault.message}" for place, fault in faults.items()))
        self.faults = faults


def refuse(faults: Mapping[int, ReportFault]) -> None:
    """Raises `ReportsRefusedError` if there is any."""
    if faults:
        raise ReportsRefusedError(faults)


def conflict(held: Opening | None) -> ReportFault:
    """Somebody was faster; `held` is what he left, where it is known."""
    return ReportFault(FaultKind.CONFLICT, "somebody else reported this place meanwhile; look at it again", held)


def faults(
    reporter: Reporter, reports: Sequence[OpeningReport], held: Mapping[str, Opening]
) -> Iterator[tuple[int, ReportFault]]:
    """Each report that cannot be taken; one of a place that there is not has an empty facility."""
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
        return conflict(held)
    reason = refusal(held, said)
    return ReportFault(FaultKind.REFUSED, reason) if reason else None
