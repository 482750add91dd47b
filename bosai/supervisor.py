"""`bosai serve`: one process that runs the whole service on one machine and lets nothing outlive it (design.md §5)."""

import signal
import time
from collections.abc import Sequence
from types import FrameType

from bosai import folder, parts, startup
from bosai.console import Console
from bosai.health import answers
from bosai.ledger import Entry, entry
from bosai.processes import Child, Part
from bosai.settings import Settings

LOOK_SECONDS = 0.1
ANNOUNCEMENT = (
    "ready:           {address}/",
    "API:             {address}/docs",
    "in force now:    {address}/v1/situation",
    "drill situation: {address}/v1/drill/situation",
    "drill outbox:    {address}/v1/drill/outbox",
    "Ctrl-C drains and stops",
)
_WORKING = tuple(name for name in parts.COMMANDS if name != "schedule")
STOP_ORDER = (("story", "schedule"), _WORKING, ("fcm",), ("broker",))


class Supervisor:
    """Starts the parts, restarts what dies, and ends all of them in order."""

    def __init__(self, settings: Settings, console: Console, drill: Part | None = None) -> None:
        """`drill` is a command to run once, as soon as the API answers."""
        self._settings = settings
        self._say = console.say
        self._drill = drill
        self._children: dict[str, Child] = {}
        self._stop_signals = 0

    def run(self) -> None:
        """Serves until SIGTERM or Ctrl-C, then drains. Raises `StartError` and the like if it cannot start."""
        with folder.locked(self._settings.data):
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._on_stop)
            self._ledger = startup.end_leftovers(self._settings, self._say)
            try:
                self._start()
                self._serve()
            finally:
                self._stop()

    def _start(self) -> None:
        startup.check_port(self._settings)
        self._settings = self._with_fake_fcm()
        if self._settings.redis_url is None:
            startup.start_broker(self._add(parts.broker(self._settings)), self._settings, self._say)
        startup.migrate(self._settings)
        if "fcm" in self._children:
            startup.wait_for_fake_fcm(self._settings)
        for part in parts.service_parts(self._settings):
            self._launch(part)

    def _with_fake_fcm(self) -> Settings:
        """Starts the fake FCM server, unless one is set, and returns settings that name it."""
        if self._settings.drill_fcm_url is not None:
            return self._settings
        port = startup.free_port()
        startup.ready_file(self._settings).unlink(missing_ok=True)
        self._launch(parts.fake_fcm(self._settings, port))
        authority = self._settings.data / parts.FAKE_FCM_FOLDER / "ca.pem"
        return self._settings.changed(drill_fcm_url=f"https://127.0.0.1:{port}", drill_fcm_ca=authority)

    def _serve(self) -> None:
        said = False
        while not self._stop_signals:
            if self._tend():
                self._record()
            if not said and answers(self._settings):
                said = True
                self._announce()
            time.sleep(LOOK_SECONDS)

    def _tend(self) -> bool:
        started = [child.tend() for child in self._children.values()]
        return any(started)

    def _announce(self) -> None:
        address = f"http://{self._settings.host}:{self._settings.port}"
        for line in ANNOUNCEMENT:
            self._say("serve", line.format(address=address))
        if self._drill is not None:
            self._launch(self._drill, once=True)

    def _launch(self, part: Part, *, once: bool = False) -> None:
        self._add(part, once=once).start()
        self._record()

    def _add(self, part: Part, *, once: bool = False) -> Child:
        child = Child(part, self._say, once=once)
        self._children[part.name] = child
        return child

    def _record(self) -> None:
        running = [entry(name, child.pid) for name, child in self._children.items() if child.pid]
        self._ledger.write([one for one in running if isinstance(one, Entry)])

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_signals += 1

    def _stop(self) -> None:
        """Ends the parts in order: no new work, then the work under way, then what it needs."""
        self._say("serve", "draining; once more to stop at once")
        for names in STOP_ORDER:
            self._end([self._children[name] for name in names if name in self._children])
        self._ledger.write([])
        self._say("serve", "stopped")

    def _end(self, children: Sequence[Child]) -> None:
        for child in children:
            child.ask_to_end()
        for child in children:
            end = time.monotonic() + child.part.drain_seconds
            while not child.wait(LOOK_SECONDS):
                if time.monotonic() > end or self._stop_signals > 1:
                    self._say("serve", f"{child.part.name} did not end in time and is killed")
                    child.kill()
