"""`bosai bench withdraw`: how long until everybody who was told hears that it is less, over or wrong (R5)."""

from dataclasses import asdict

from alerts.alert import Change, Revision
from alerts.telegram.composition import Stated
from alerts.telegram.envelope import InfoType
from bosai.bench.contender import BenchError
from bosai.bench.landslide import LEVEL_2, LEVEL_3, LEVEL_4, OVER, Office
from bosai.bench.phones import fill
from bosai.bench.report import Report
from bosai.bench.storm import full_stage
from bosai.bench.turn import Turn, take_turn
from bosai.replay.stage import Stage

DEVICES = 10_000
_LATE_EVERY = 100  # for so many phones that are told one registers before the withdrawal: it must hear nothing of it

Telegram = tuple[InfoType, *tuple[Stated, ...]]
_STORIES: dict[tuple[Change, Change], tuple[Telegram, Telegram]] = {  # what takes a level 4 back, in two steps
    (Change.LOWER, Change.END): ((InfoType.ISSUE, LEVEL_3), (InfoType.ISSUE, OVER)),
    (Change.CORRECT, Change.RETRACT): ((InfoType.CORRECTION, LEVEL_2), (InfoType.RETRACTION,)),
}


def bench_withdraw(devices: int) -> Report:
    """Two warnings to everybody; each is taken back in two steps, to exactly those who were told.

    Raises `BenchError` if a telegram gives another change, `ReplayStuckError` if a chunk stays open.
    """
    turns: list[Turn] = []
    with full_stage(0) as stage:
        office, have, late = Office(stage), 0, max(devices // _LATE_EVERY, 1)
        for changes, withdrawals in _STORIES.items():
            told = max(have, devices)
            fill(stage.services, told, have=have)
            office.send(LEVEL_4)
            stage.drain()
            fill(stage.services, told + late, have=told)
            have = told + late
            found = [_withdraw(stage, office, telegram) for telegram in withdrawals]
            if tuple(turn.change for turn in found) != changes:
                raise BenchError(f"{', '.join(changes)} became {', '.join(turn.change for turn in found)}")
            turns += found
    return _report(devices, turns)


def _withdraw(stage: Stage, office: Office, telegram: Telegram) -> Turn:
    info_type, *stated = telegram

    def told_before(revision: Revision) -> int:
        """How many phones an earlier revision reached."""
        with stage.services.database.read() as uow:
            return len(
                uow.deliveries.receivers(revision.alert_id, revision.number, *uow.devices.number_range() or (0, 0))
            )

    return take_turn(stage, lambda: office.send(*stated, info_type=info_type), told_before)


def _report(devices: int, turns: list[Turn]) -> Report:
    return Report(
        metric="seconds from the telegram to the last phone at the provider, the slowest kind of withdrawal",
        ours=max(turn.seconds for turn in turns),
        cpu_s_per_1000=max(turn.cpu_s_per_1000 for turn in turns),
        peak_rss_mb=max(max(turn.workers_rss_mb) for turn in turns),
        details={
            "devices": devices,
            "lost": sum(turn.wanted - turn.told for turn in turns),
            "duplicates": sum(turn.duplicates for turn in turns),
            "withdrawals": {turn.change: asdict(turn) for turn in turns},
        },
    )
