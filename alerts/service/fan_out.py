"""From a claimed chunk to what the sender is handed: who is told, in which words (design.md §2.7, decision 3)."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.alert import Revision, Scope
from alerts.audience import Recipient, judge, tier_of
from alerts.ports import Platform, PushJob, PushOutcome, PushResult, PushTarget
from alerts.ringing import FRESH, at_least_as_urgent, may_be_silent, rings_for
from alerts.service.services import Services
from alerts.store.chunk import Chunk
from alerts.store.cipher import AddressUnreadableError
from alerts.store.device import DeviceRow
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.message import PhoneMessage

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FanOut:
    """What to send, and the devices that cannot be reached before anything is sent."""

    jobs: Sequence[PushJob]
    failed: Sequence[PushOutcome]
    devices: int  # in both together


def prepare(services: Services, uow: UnitOfWork, chunk: Chunk) -> FanOut:
    """Selects the chunk's devices, marks them `sending` and returns what to send them."""
    revision = uow.alerts.revision(chunk.alert_id, chunk.revision)
    rung = _just_rung(uow, chunk, revision, services.clock.now())
    by_text: dict[tuple[str, bool, str], list[DeviceRow]] = defaultdict(list)
    for device in recipients(uow, chunk, revision):
        by_text[device.language, device.number in rung, device.platform].append(device)
    texts = _Texts(services, uow, revision, chunk.tier)
    jobs: list[PushJob] = []
    failed: list[PushOutcome] = []
    told: dict[int, int] = {}
    for (language, silent, platform), devices in by_text.items():
        message, message_id = texts.of(language, silent=silent)
        told.update(dict.fromkeys((device.number for device in devices), message_id))
        jobs.append(PushJob(message, Platform(platform), list(_targets(services, chunk, devices, failed)), chunk.id))
    if told:
        uow.deliveries.start(chunk, told, services.sender.channel, services.clock.now())
    return FanOut(jobs, failed, len(told))


def recipients(uow: UnitOfWork, chunk: Chunk, revision: Revision) -> Iterator[DeviceRow]:
    """Devices of the chunk's range and tier that are to be told and have no final outcome yet (R15).

    Who moved into a district whose chunk is closed already is told with this one: nobody falls between two tiers. Whom
    an earlier try of this chunk may have told is told again, whatever has changed: nobody stays in doubt (R27).
    """
    earlier = uow.deliveries.receivers(chunk.alert_id, chunk.revision, chunk.device_from, chunk.device_to)
    taken = uow.deliveries.taken(chunk)
    in_doubt = uow.deliveries.in_doubt(chunk) if chunk.attempts > 1 else frozenset[int]()
    tiers = frozenset(range(chunk.tier)) - uow.chunks.open_tiers(chunk) | {chunk.tier}
    devices = uow.devices.in_range(chunk.device_from, chunk.device_to, _districts(revision, tiers, in_doubt))
    verdicts: dict[tuple[frozenset[str], bool, bool], bool] = {}  # one judgement for all who have the same to be judged
    for device in devices:
        if device.number in taken:
            continue
        alike = device.districts, device.normal_pushes, device.number in earlier
        is_told = verdicts.get(alike)
        if is_told is None:
            is_told = verdicts[alike] = _is_told(Recipient(device.number, *alike), revision, tiers)
        if is_told or device.number in in_doubt:
            yield device


def _districts(revision: Revision, tiers: frozenset[int], in_doubt: Set[int]) -> frozenset[str] | None:
    """The districts without which nobody can be judged to belong to these tiers; None: everybody must be looked at."""
    named = [revision.tiers[tier].districts for tier in tiers]
    unplaced = tier_of(frozenset(), revision.tiers) in tiers
    if revision.scope is Scope.RECEIVERS or in_doubt or unplaced or None in named:
        return None
    return frozenset().union(*(districts for districts in named if districts is not None))


def _is_told(recipient: Recipient, revision: Revision, tiers: frozenset[int]) -> bool:
    verdict = judge(recipient, revision)
    return verdict.receives and verdict.tier in tiers


def _just_rung(uow: UnitOfWork, chunk: Chunk, revision: Revision, now: datetime) -> set[int]:
    """Devices that the provider took a push for which is enough of a ring for this one too (R14, decision 9).

    Judged for each phone by what really happened: where the other push failed or is late, this one rings.
    """
    alert = uow.alerts.get(revision.alert_id)
    if alert is None or not may_be_silent(revision, alert.chain):
        return set()
    since = now - FRESH
    texts = uow.messages.rung(revision, at_least_as_urgent(revision.urgency), since)
    enough = [text for text in texts if rings_for(text.hazard, revision.hazard)]
    reached = (uow.deliveries.reached_by(text, chunk.device_from, chunk.device_to, since) for text in enough)
    return set[int]().union(*reached)


def _targets(
    services: Services, chunk: Chunk, devices: Sequence[DeviceRow], failed: list[PushOutcome]
) -> Iterator[PushTarget]:
    """One damaged address must not keep a whole chunk from being told."""
    decrypt = services.cipher.decrypt
    for device in devices:
        try:
            yield PushTarget(device.number, decrypt(device.address_kind, device.address_cipher))
        except AddressUnreadableError as error:
            _log.error("device %d: %s", device.number, error)
            failed.append(PushOutcome(device.number, PushResult.INVALID, error=str(error), chunk=chunk.id))


class _Texts:
    """The revision rendered once a language, with its sound or silent, each kept in the outbox."""

    def __init__(self, services: Services, uow: UnitOfWork, revision: Revision, tier: int) -> None:
        self._services = services
        self._uow = uow
        self._revision = revision
        self._tier = tier
        self._rendered: dict[tuple[str, bool], tuple[PhoneMessage, int]] = {}

    def of(self, language: str, *, silent: bool) -> tuple[PhoneMessage, int]:
        """The message in that language, or what stands in for it, and its number in the outbox."""
        if (language, silent) not in self._rendered:
            drill, city = self._services.is_drill, self._services.pack.codes
            spoken = self._services.wording.render(self._revision, self._tier, language, drill=drill, city=city)
            message = replace(spoken, silent=silent)
            number = self._uow.messages.put(message, self._tier, self._services.clock.now())
            self._rendered[language, silent] = message, number
        return self._rendered[language, silent]
