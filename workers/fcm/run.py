"""One call of `send`: every device of its jobs to exactly one outcome."""

from collections.abc import Callable, Iterator
from time import monotonic

from alerts.ports import Clock, PushJob, PushResult
from workers.fcm.ending import Ending
from workers.fcm.lanes import ORDINARY_SHARE, Delivery, Lane, Load, lanes
from workers.fcm.payload import Template, UnsendableMessageError
from workers.fcm.report import Report
from workers.fcm.tools import Tools

LOOK_AGAIN = 0.02  # seconds until more jobs are asked for, and until held sending is looked at
LOOK_WHEN_IDLE = 0.004  # the first message of a warning waits no longer than this for the sender to look up
_NOTHING = Template({}, {})


class Run:
    """Keeps the carrier full, the most urgent first, and reports what ends.

    `jobs` is asked again and again until it ends; what of it is not on its way yet gives way to what is more urgent.
    """

    def __init__(
        self,
        tools: Tools,
        jobs: Iterator[PushJob | None],
        encode: Callable[[PushJob], Template],
        clock: Clock,
        report: Report,
    ) -> None:
        self._carrier = tools.carrier
        self._token = tools.token
        self._pace = tools.pace
        self._patience = tools.rule.patience
        self._jobs: Iterator[PushJob | None] | None = jobs
        self._encode = encode
        self._clock = clock
        self._report = report
        self._ending = Ending(tools, clock, report)
        self._lanes = lanes()
        self._ordinary_width = int(tools.carrier.width * ORDINARY_SHARE)

    def run(self) -> None:
        """Returns when the jobs have ended and every device has its outcome; raises what jobs or report raise."""
        while True:
            self._take_jobs()
            self._fill()
            if not (self._jobs or self._carrier.in_flight) and all(lane.is_empty for lane in self._lanes):
                break
            self._ending.settle(self._carrier.wait(self._rest()))
            self._report.flush_if_due()
        self._report.flush()

    def _take_jobs(self) -> None:
        """Takes every job there is."""
        while self._jobs is not None:
            try:
                job = next(self._jobs)
            except StopIteration:
                self._jobs = None
                return
            if job is None:
                return
            self._take(job)

    def _take(self, job: PushJob) -> None:
        """One that FCM would refuse for every phone ends at once: what is wrong with it keeps no other waiting."""
        lane = next(lane for lane in self._lanes if lane.is_for(job.message))
        give_up_at = monotonic() + self._patience
        try:
            lane.add(Load(job, self._encode(job), lane, give_up_at))
        except UnsendableMessageError as error:
            load = Load(job, _NOTHING, lane, give_up_at)
            for target in job.targets:
                self._ending.end(Delivery(target, load), PushResult.RETRIES_EXHAUSTED, str(error))

    def _fill(self) -> None:
        """Posts as many as there is room for, unless FCM asked us to stop or there is no OAuth token."""
        bearer = self._token.current()
        if bearer is None:
            self._ending.end_impatient(self._lanes, PushResult.RETRIES_EXHAUSTED, self._token.refusal)
        elif (held := self._pace.held_for()) > 0:
            self._ending.end_impatient(self._lanes, PushResult.THROTTLED, wait=held)
        elif not self._report.is_behind:
            for lane in self._lanes:
                self._post(lane, bearer)

    def _post(self, lane: Lane, bearer: str) -> None:
        ready = lane.ready(monotonic(), self._room(lane))
        if not ready:
            return
        now = self._clock.now()
        for delivery in lane.take(self._pace.take(ready, lane.urgency, at_once=lane.at_once), monotonic()):
            load = delivery.load
            if now >= load.job.message.expires_at:
                self._ending.end(delivery, PushResult.EXPIRED, "expired before it was handed over")
                continue
            delivery.tries += 1
            lane.in_flight += 1
            self._carrier.post(delivery, load.template, delivery.target.address, bearer)

    def _room(self, lane: Lane) -> int:
        """Streams that this lane may take now."""
        if lane.is_critical:
            return self._carrier.room
        ordinary = sum(one.in_flight for one in self._lanes if not one.is_critical)
        return max(0, min(self._carrier.room, self._ordinary_width - ordinary))

    def _rest(self) -> float:
        """How long nothing but replies can happen."""
        until = self._report.due_in
        if self._jobs is not None or self._pace.held_for():
            until = min(until, LOOK_AGAIN if self._carrier.in_flight else LOOK_WHEN_IDLE)
        waiting = [lane.next_at for lane in self._lanes if lane.next_at is not None]
        if waiting and self._carrier.room:
            until = min(until, max(0.0, min(waiting) - monotonic()))
        return until
