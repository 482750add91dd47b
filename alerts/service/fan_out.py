"""From a claimed chunk to what the sender is handed: who is told, in which words (design.md §2.7, decision 3)."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.alert import Revision, Scope
from alerts.audience import Recipient, Terms, judge
from alerts.home import Concern, concern_of, tier_of
from alerts.ports import Platform, PushJob, PushOutcome, PushResult, PushTarget
from alerts.ringing import FRESH, at_least_as_urgent, may_be_silent, rings_for
from alerts.service.digest import Group, digest_groups
from alerts.service.place_names import named_places
from alerts.service.services import Services
from alerts.service.terms import recipient_of, terms_of
from alerts.store.chunk import Chunk
from alerts.store.cipher import AddressUnreadableError
from alerts.store.device import DeviceRow, Traits
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
    groups = digest_groups(services, uow, chunk) if chunk.digest_of else _groups(services, uow, chunk)
    jobs: list[PushJob] = []
    failed: list[PushOutcome] = []
    told: dict[int, int] = {}
    for message, message_id, platform, devices in groups:
        told.update(dict.fromkeys((device.number for device in devices), message_id))
        jobs.append(PushJob(message, Platform(platform), list(_targets(services, chunk, devices, failed)), chunk.id))
    if told:
        uow.deliveries.start(chunk, told, services.sender.channel, services.clock.now())
    return FanOut(jobs, failed, len(told))


def _groups(services: Services, uow: UnitOfWork, chunk: Chunk) -> Iterator[Group]:
    """The devices of the chunk by what they hear of its revision."""
    revision = uow.alerts.revision(chunk.alert_id, chunk.revision)
    rung = _just_rung(uow, chunk, revision, services.clock.now())
    alike: dict[tuple[Traits, _Said, bool], list[DeviceRow]] = defaultdict(list)
    for device, said in recipients(services, uow, chunk, revision):
        alike[device.traits, said, device.number in rung].append(device)
    by_text: dict[tuple[str, bool, str, Concern], list[DeviceRow]] = defaultdict(list)
    for (traits, said, has_rung), devices in alike.items():
        by_text[traits.language, said.silent or has_rung, traits.platform, said.concern] += devices
    texts = _Texts(services, uow, revision, chunk.tier)
    for (language, silent, platform, concern), devices in by_text.items():
        yield Group(*texts.of(language, concern, silent=silent), platform, devices)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """How one device is told, and all devices that have the same to be judged; compared by identity, as `Traits`."""

    receives: bool
    silent: bool
    concern: Concern


def recipients(
    services: Services, uow: UnitOfWork, chunk: Chunk, revision: Revision
) -> Iterator[tuple[DeviceRow, _Said]]:
    """Devices of the chunk's range and tier that are to be told and have no final outcome yet (R15).

    Who moved into a district whose chunk is closed already is told with this one: nobody falls between two tiers. Whom
    an earlier try of this chunk may have told is told again, whatever has changed: nobody stays in doubt (R27).
    """
    earlier = uow.deliveries.receivers(chunk.alert_id, chunk.revision, chunk.device_from, chunk.device_to)
    taken = uow.deliveries.taken(chunk)
    in_doubt = uow.deliveries.in_doubt(chunk) if chunk.attempts > 1 else frozenset[int]()
    tiers = frozenset(range(chunk.tier)) - uow.chunks.open_tiers(chunk) | {chunk.tier}
    devices = uow.devices.in_range(chunk.device_from, chunk.device_to, _districts(revision, tiers, in_doubt))
    terms, now = terms_of(services, uow, revision), services.clock.now()
    judged: dict[tuple[Traits, bool], _Said] = {}  # one judgement for all who are alike
    for device in devices:
        if device.number in taken:
            continue
        alike = device.traits, device.number in earlier
        said = judged.get(alike)
        if said is None:
            said = judged[alike] = _said(recipient_of(device, earlier), revision, tiers, terms, now)
        if said.receives or device.number in in_doubt:
            yield device, said


def _districts(revision: Revision, tiers: frozenset[int], in_doubt: Set[int]) -> frozenset[str] | None:
    """The districts without which nobody can be judged to belong to these tiers; None: everybody must be looked at."""
    named = [revision.tiers[tier].districts for tier in tiers]
    unplaced = tier_of(frozenset(), revision.tiers) in tiers
    if revision.scope is Scope.RECEIVERS or in_doubt or unplaced or None in named:
        return None
    return frozenset().union(*(districts for districts in named if districts is not None))


def _said(recipient: Recipient, revision: Revision, tiers: frozenset[int], terms: Terms, now: datetime) -> _Said:
    verdict = judge(recipient, revision, terms)
    return _Said(
        verdict.receives and verdict.tier in tiers,
        recipient.preferences.silence(revision.urgency_in(verdict.tier), now),
        concern_of(recipient.places, revision.tiers, verdict.tier),
    )


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
    """The revision rendered once for all who hear the same words, each text kept in the outbox.

    The outbox keeps it without the names of places, which are the phone's own (decision 19).
    """

    def __init__(self, services: Services, uow: UnitOfWork, revision: Revision, tier: int) -> None:
        self._services = services
        self._uow = uow
        self._revision = revision
        self._tier = tier
        self._numbers: dict[tuple[str, bool], int] = {}  # in the outbox
        self._said: dict[tuple[str, tuple[str, ...]], PhoneMessage] = {}

    def of(self, language: str, concern: Concern, *, silent: bool) -> tuple[PhoneMessage, int]:
        """The message in that language, or what stands in for it, and its number in the outbox."""
        if (language, silent) not in self._numbers:
            plain = replace(self._render(language, ()), silent=silent)
            self._numbers[language, silent] = self._uow.messages.put(plain, self._tier, self._services.clock.now())
        said = self._render(language, concern.districts)
        own = replace(said, silent=silent, places=concern.places, follows=concern.follows)
        return own, self._numbers[language, silent]

    def _render(self, language: str, districts: tuple[str, ...]) -> PhoneMessage:
        if (language, districts) not in self._said:
            drill, pack = self._services.is_drill, self._services.pack
            named = named_places(pack, districts)
            self._said[language, districts] = self._services.wording.render(
                self._revision, self._tier, language, drill=drill, city=pack.codes, concerned=named
            )
        return self._said[language, districts]
