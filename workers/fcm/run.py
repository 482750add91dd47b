"""One call of `send`: every device of its jobs to exactly one outcome."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import chain, count
from time import monotonic

from alerts.ports import Clock, PushOutcome, PushResult
from workers.fcm.delivery import Delivery, Tools
from workers.fcm.outcomes import Answer, Next, read_answer, unanswered
from workers.fcm.report import Report
from workers.fcm.retry import chance
from workers.fcm.transport import Reply

LOOK_AGAIN = 0.02  # seconds, while sending is held


class Run:
    """Keeps the transport full from `fresh` and from those who wait for another try, and reports what ends.

    `fresh` is read as room comes free, never ahead: what it is made of may grow while we send.
    """

    def __init__(self, tools: Tools, fresh: Iterator[Delivery], clock: Clock, report: Report) -> None:
        self._transport = tools.transport
        self._token = tools.token
        self._throttle = tools.throttle
        self._rule = tools.rule
        self._fresh: Iterator[Delivery] | None = fresh
        self._clock = clock
        self._report = report
        self._waiting: list[tuple[float, int, Delivery]] = []  # heap by the time of the next try
        self._order = count()
        self._held = False
        self._give_up_at = monotonic() + tools.rule.patience

    def run(self) -> None:
        """Returns when every device has its outcome; raises what the report raises."""
        while True:
            self._fill()
            if not (self._transport.in_flight or self._waiting or self._fresh):
                break
            for reply in self._transport.wait(self._rest()):
                self._settle(reply)
            self._report.flush_if_due()
        self._report.flush()

    def _fill(self) -> None:
        """Posts as many as there is room for, unless FCM asked us to stop or there is no OAuth token."""
        bearer = self._token.current()
        self._held = bearer is None or monotonic() < self._throttle.until
        if bearer is None:
            if self._token.refusal or monotonic() > self._give_up_at:
                self._end_all(PushResult.RETRIES_EXHAUSTED, self._token.refusal or "no OAuth token for FCM in time")
        elif self._held:
            if self._throttle.until > self._give_up_at:
                self._end_all(PushResult.THROTTLED, "FCM throttles the whole project")
        else:
            self._post(bearer)

    def _post(self, bearer: str) -> None:
        now = self._clock.now()
        for _ in range(self._transport.room):
            delivery = self._next()
            if delivery is None:
                return
            if now >= delivery.expires_at:
                self._end(delivery, PushResult.EXPIRED, "expired before it was handed over")
                continue
            delivery.tries += 1
            self._transport.post(delivery, delivery.template.addressed(delivery.target.address), bearer)

    def _next(self) -> Delivery | None:
        """First whoever waited long enough, then the next fresh one."""
        if self._waiting and self._waiting[0][0] <= monotonic():
            return heappop(self._waiting)[2]
        if self._fresh is None:
            return None
        delivery = next(self._fresh, None)
        if delivery is None:
            self._fresh = None
        return delivery

    def _settle(self, reply: Reply[Delivery]) -> None:
        answer = read_answer(reply.status, reply.body) if reply.broken is None else unanswered(reply.broken)
        wait = self._wait_of(reply, answer)
        self._throttle.note(answer.verdict.then is Next.WAIT, monotonic() + (wait or 0.0))
        delivery = reply.item
        if wait is None or monotonic() + wait > self._give_up_at:
            self._end(delivery, answer.verdict.result, answer.error, answer.provider_id)
        else:
            heappush(self._waiting, (monotonic() + wait, next(self._order), delivery))

    def _wait_of(self, reply: Reply[Delivery], answer: Answer) -> float | None:
        """Seconds until the device's next try; None: there is none."""
        delivery = reply.item
        match answer.verdict.then:
            case Next.REPORT:
                return None
            case Next.RENEW:
                self._token.reject(reply.bearer)
                seen, delivery.renewed = delivery.renewed, True
                return None if seen else 0.0
            case Next.WAIT:
                wait = self._rule.after_throttling(reply.retry_after, chance)
            case Next.RETRY:
                wait = self._rule.backoff(delivery.tries, chance)
        return wait if delivery.tries < self._rule.tries else None

    def _end_all(self, result: PushResult, reason: str) -> None:
        """Ends everybody who is not in flight: they would wait longer than our patience."""
        now = self._clock.now()
        rest = chain((waiting[2] for waiting in self._waiting), self._fresh or ())
        self._waiting, self._fresh = [], None
        for delivery in rest:
            expired = now >= delivery.expires_at
            self._end(delivery, PushResult.EXPIRED if expired else result, reason)

    def _end(self, delivery: Delivery, result: PushResult, error: str | None, provider_id: str | None = None) -> None:
        self._report.add(PushOutcome(delivery.target.device, result, provider_id, error))

    def _rest(self) -> float:
        """How long nothing but replies can happen."""
        until = self._report.due_in
        if self._held:
            return min(until, LOOK_AGAIN)
        if self._waiting and self._transport.room:
            until = min(until, max(0.0, self._waiting[0][0] - monotonic()))
        return until
