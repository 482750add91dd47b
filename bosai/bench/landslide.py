"""Landslide warnings for the city of a stage: what a bench sends when it needs a push for everybody, or its end."""

from datetime import timedelta

from alerts.alert import Revision
from alerts.service.arrival import Incoming
from alerts.service.issue import story_of
from alerts.service.receive import receive
from alerts.telegram.compose import compose_warning, file_name
from alerts.telegram.composition import Stated, lone_city
from alerts.telegram.envelope import InfoType, Status
from bosai.bench.contender import BenchError
from bosai.replay.stage import Stage

TYPE = "VPWW56"
LEVEL_4 = Stated("49")
LEVEL_3, LEVEL_2 = Stated("09", "危険警報から警報", "49"), Stated("29")  # after it
OVER = Stated("29", "解除", "49")
_OBSERVATORY = "大阪管区気象台"
_LATER = timedelta(hours=1)  # of the story: beyond every window that would hold the next push back (R14)


class Office:
    """JMA, as far as one city's landslides go; an hour passes in the story before each telegram."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._sent = 0

    def send(self, *stated: Stated, info_type: InfoType = InfoType.ISSUE) -> Revision:
        """One telegram, received as the feed worker does. Raises `BenchError` unless it gives one push."""
        services, clock = self._stage.services, self._stage.clock
        clock.forward_to(clock.now() + _LATER)
        now, codes = services.clock.now(), services.pack.codes
        area = lone_city(codes, _OBSERVATORY)
        said = {codes.municipality: stated} if stated else {}
        raw = compose_warning(TYPE, area, said, now, status=Status.ACTUAL, info_type=info_type)
        self._sent += 1
        (received,) = receive(services, [Incoming(f"bench:{self._sent}", file_name(TYPE, area, now), raw, now)])
        pushed = [revision for revision in received.revisions if revision.pushed]
        if len(pushed) != 1:
            raise BenchError(f"telegram {self._sent} gave {len(pushed)} pushes instead of one; was the policy changed?")
        return pushed[0]

    def take_back(self) -> None:
        """Withdraws what was sent and tells nobody: the next warning is a new one."""
        withdrawn = self.send(info_type=InfoType.RETRACTION)
        database, clock = self._stage.services.database, self._stage.services.clock
        with database.write() as uow:
            alert = uow.alerts.get(withdrawn.alert_id)
            if alert is not None:
                uow.chunks.supersede(story_of(alert), clock.now())
