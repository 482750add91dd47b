"""The stream of a desk's pages: says when to ask again, and carries nothing of what they show (decision 30)."""

from api.office.desk.pulse import DeskPulse
from api.residents.events.open_stream import OpenStream

_BEAT_SECONDS = 5.0  # a page that hears nothing for three of them says that its connection is lost
_LONGEST_SECONDS = 60.0  # then the browser comes back, and is let in only while its session lasts
_RETRY = "retry: 1000\n\n"


class DeskStream(OpenStream):
    """An event `changed` at the start and at each change, `beat` in between."""

    def __init__(self, pulse: DeskPulse) -> None:
        super().__init__(pulse, longest_seconds=_LONGEST_SECONDS)
        self._pulse = pulse

    async def pump(self) -> None:
        """Sends until the stream is to end."""
        await self.give(_RETRY)
        while self.goes_on:
            change = self._pulse.change()
            await self.give("event: changed\ndata: \n\n")
            while self.goes_on and not await self.set_within(change, _BEAT_SECONDS):
                await self.give("event: beat\ndata: \n\n")
