"""What the two ends of a wire say to each other. Many devices travel as columns: a tuple each would cost five times."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.ports import Address, Clock, Platform, PushJob, PushOutcome, PushTarget
from alerts.wording.message import PhoneMessage


@dataclass(frozen=True, slots=True)
class MakeReady:
    """The first message must wait for nothing."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A call of `send` begins."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Send:
    """A job."""

    message: PhoneMessage
    platform: Platform
    chunk: int
    columns: tuple[tuple[object, ...], ...]  # device, kind of address, address

    @classmethod
    def of(cls, job: PushJob) -> "Send":
        """The word for a job."""
        columns = zip(*((device, *address) for device, address in job.targets), strict=True)
        return cls(job.message, job.platform, job.chunk, tuple(columns))

    def job(self) -> PushJob:
        """The job again."""
        rows = zip(*self.columns, strict=True)
        targets = [PushTarget(device, Address(kind, value)) for device, kind, value in rows]
        return PushJob(self.message, self.platform, targets, self.chunk)


@dataclass(frozen=True, slots=True)
class KeepOn:
    """The sender may go on until this time, of the monotonic clock that all processes of a machine share."""

    until: float


@dataclass(frozen=True, slots=True)
class HoldBack:
    """Whether outcomes come faster than they are written: nothing new is handed over."""

    is_behind: bool


@dataclass(frozen=True, slots=True)
class NoMore:
    """No job will follow."""


@dataclass(frozen=True, slots=True)
class Stop:
    """At once."""

    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """Outcomes; none is a sign of life."""

    columns: tuple[tuple[object, ...], ...]

    @classmethod
    def of(cls, outcomes: Sequence[PushOutcome]) -> "Told":
        """The word for outcomes."""
        return cls(tuple(zip(*outcomes, strict=True)))

    def outcomes(self) -> list[PushOutcome]:
        """The outcomes again."""
        return list(map(PushOutcome._make, zip(*self.columns, strict=True)))


@dataclass(frozen=True, slots=True)
class Done:
    """The call of `send` is over; `error` is what it raised."""

    error: Exception | None
