"""Drills (訓練): a scripted storm played into the drill world, and the synthetic phones that hear it (R1)."""

from datetime import timedelta

from alerts.city.drills import Drill, UnknownDrillError, load_drill
from alerts.city.problems import PackError
from alerts.ports import Address, Platform
from alerts.service.arrival import Incoming
from alerts.service.receive import receive
from alerts.service.register import register_all
from alerts.service.registration import Registration
from alerts.service.services import Services
from alerts.store.drills import DrillRun
from alerts.world import require_drill

_ALARM = "drill"
_LANGUAGES = ("ja", "ja", "ja", "ja", "en")
_UNPLACED_EVERY = 10
_PLATFORMS = (Platform.ANDROID, Platform.IOS)


def start(services: Services, name: str, speed: float | None = None) -> int:
    """Starts a drill of the pack; story time runs `speed` times as fast, by default as the drill says. Returns its id.

    Raises `WorldMismatchError` in the live world, `UnknownDrillError` if the pack has no such drill.
    """
    require_drill(services.world)
    drill = load_drill(services.pack.root, name)
    with services.database.write() as uow:
        uow.alarms.clear(_ALARM, services.clock.now())
        return uow.drills.start(name, speed or drill.speed, services.clock.now())


def stop(services: Services) -> int:
    """Stops every running drill; what it said stays to be looked at. Returns how many were stopped."""
    require_drill(services.world)
    with services.database.write() as uow:
        return uow.drills.stop_all()


def advance(services: Services) -> int:
    """Plays every step that is due; returns how many. Time lives in the run's row, so a crash loses no step."""
    require_drill(services.world)
    with services.database.read() as uow:
        due = uow.drills.due(services.clock.now())
    return sum(_play_due(services, run) for run in due)


def _play_due(services: Services, run: DrillRun) -> int:
    """One step of one run. Receiving is idempotent, so a step played twice after a crash changes nothing."""
    drill, index = _playable(services, run), run.next_step
    if drill is None:
        return 0
    file, raw = drill.telegram(index, run.due_at)
    receive(services, [Incoming(f"drill:{run.id}:{index}", file, raw, services.clock.now(), speed=run.speed)])
    following = drill.steps[index + 1] if index + 1 < len(drill.steps) else None
    wait = (following.after - drill.steps[index].after) / run.speed if following else timedelta(0)
    with services.database.write() as uow:
        uow.drills.advance(run.id, index, run.due_at + wait, done=following is None)
    return 1


def _playable(services: Services, run: DrillRun) -> Drill | None:
    """The drill of the run; None if the pack no longer has it or its next step: the run is stopped, with an alarm."""
    try:
        drill = load_drill(services.pack.root, run.drill)
        if run.next_step < len(drill.steps):
            return drill
        reason = f"it has {len(drill.steps)} steps now, and the next one is number {run.next_step + 1}"
    except (UnknownDrillError, PackError) as error:
        reason = str(error)
    now, text = services.clock.now(), f"drill {run.drill} cannot go on and was stopped: {reason}"
    with services.database.write() as uow:
        if uow.drills.stop(run.id):
            uow.alarms.raise_(_ALARM, "drill", text, now)
    return None


def add_devices(services: Services, count: int) -> int:
    """Registers synthetic drill phones over all districts up to `count` in all; returns how many were added."""
    require_drill(services.world)
    with services.database.read() as uow:
        have = uow.devices.count()
    return register_all(services, (_synthetic(services, number) for number in range(have, count)))


def _synthetic(services: Services, number: int) -> Registration:
    """One phone in ten has told no district; each of the others lives in one."""
    districts = services.pack.districts
    home = () if number % _UNPLACED_EVERY == 0 or not districts else (districts[number % len(districts)].id,)
    return Registration(
        address=Address("token", f"drill-phone-{number:06d}"),
        platform=_PLATFORMS[number % len(_PLATFORMS)],
        language=_LANGUAGES[number % len(_LANGUAGES)],
        districts=home,
        normal_pushes=number % 3 != 0,
    )
