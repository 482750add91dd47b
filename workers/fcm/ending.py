"""What an answer makes of a device: its outcome, or another try (push.md §7.6)."""

from collections.abc import Iterable, Sequence
from time import monotonic

from alerts.ports import Clock, PushOutcome, PushResult
from workers.fcm.carrier import Reply
from workers.fcm.lanes import Delivery, Lane
from workers.fcm.outcomes import Answer, Next, read_answer, unanswered
from workers.fcm.report import Report
from workers.fcm.retry import chance
from workers.fcm.tools import Tools


class Ending:
    """Ends devices or puts them off, and stops the whole project where FCM asks for it."""

    def __init__(self, tools: Tools, clock: Clock, report: Report) -> None:
        self._token = tools.token
        self._pace = tools.pace
        self._throttle = tools.throttle
        self._rule = tools.rule
        self._clock = clock
        self._report = report

    def settle(self, replies: Sequence[Reply[Delivery]]) -> None:
        """What came back together."""
        throttled, longest = 0, 0.0
        for reply in replies:
            answer = read_answer(reply.status, reply.body) if reply.broken is None else unanswered(reply.broken)
            reply.item.load.lane.in_flight -= 1
            if answer.verdict.then is Next.REPORT:
                self.end(reply.item, answer.verdict.result, answer.error, answer.provider_id)
                continue
            wait = self._wait_of(reply, answer)
            if answer.verdict.then is Next.WAIT:
                throttled, longest = throttled + 1, max(longest, wait)
            self._try_again(reply.item, answer, wait)
        if self._throttle.note(len(replies), throttled):
            self._pace.hold(longest)

    def end_impatient(
        self, lanes: Iterable[Lane], result: PushResult, refusal: str | None = None, wait: float = 0.0
    ) -> None:
        """Ends those not on their way who would wait longer than our patience; all of them where waiting is no use."""
        then, now = monotonic() + wait, self._clock.now()
        reason = refusal or ("FCM throttles the whole project" if wait else "no OAuth token for FCM in time")
        for lane in lanes:
            for delivery in lane.take_all(lambda load: refusal is not None or then > load.give_up_at):
                expired = now >= delivery.load.job.message.expires_at
                self.end(delivery, PushResult.EXPIRED if expired else result, reason, wait=wait)

    def end(
        self, delivery: Delivery, result: PushResult, error: str | None, name: str | None = None, *, wait: float = 0.0
    ) -> None:
        """One device's only outcome."""
        self._report.add(PushOutcome(delivery.target.device, result, name, error, delivery.load.job.chunk, wait))

    def _try_again(self, delivery: Delivery, answer: Answer, wait: float) -> None:
        until = monotonic() + wait
        if self._is_last(delivery, answer, until):
            self.end(delivery, answer.verdict.result, answer.error, wait=wait)
        else:
            delivery.load.lane.put_off(delivery, until)

    def _is_last(self, delivery: Delivery, answer: Answer, until: float) -> bool:
        """Whether the device is not tried again now: it was tried often enough, or would wait too long."""
        if answer.verdict.then is Next.RENEW:
            seen, delivery.renewed = delivery.renewed, True
            return seen
        return delivery.tries >= self._rule.tries or until > delivery.load.give_up_at

    def _wait_of(self, reply: Reply[Delivery], answer: Answer) -> float:
        """Seconds before which FCM wants to hear no more of the device."""
        match answer.verdict.then:
            case Next.WAIT:
                return self._rule.after_throttling(reply.retry_after, chance)
            case Next.RETRY:
                return max(reply.retry_after, self._rule.backoff(reply.item.tries, chance))
            case _:
                self._token.reject(reply.bearer)
                return 0.0
