"""A claimed chunk of a digest: each phone hears once of all that the hour held back from it (alerts/budget.py)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from alerts.alert import Revision
from alerts.audience import Recipient, Terms, Why, judge
from alerts.service.noise import standing
from alerts.service.services import Services
from alerts.service.terms import recipient_of, terms_with
from alerts.store.chunk import Chunk
from alerts.store.device import DeviceRow, Traits
from alerts.store.unit_of_work import UnitOfWork
from alerts.wording.message import PhoneMessage

_NOBODY: frozenset[int] = frozenset()


class Group(NamedTuple):
    """Devices of one platform that are told the same words, and the number of these in the outbox."""

    message: PhoneMessage
    message_id: int
    platform: str
    devices: Sequence[DeviceRow]


class _Item(NamedTuple):
    """One revision that the hour held back."""

    revision: Revision
    terms: Terms
    taken: Set[int]  # devices that were told it, at once or by another chunk


def digest_groups(services: Services, uow: UnitOfWork, chunk: Chunk) -> list[Group]:
    """The digest of the chunk's devices. What else than the chunk's own revision it tells them is noted as `sending`.

    A digest has a chunk for each revision: a phone hears in the first of them of all that is its own, and the others
    find it told. So nobody is left out where one of them is superseded because its alert is over.
    """
    items = _items(services, uow, chunk)
    own = next((place for place, item in enumerate(items) if item.revision.alert_id == chunk.alert_id), None)
    if own is None:
        return []
    by_text: dict[tuple[str, str, tuple[int, ...]], list[DeviceRow]] = defaultdict(list)
    for device, told in _told(uow, chunk, items, own):
        by_text[device.traits.language, device.traits.platform, told].append(device)
    texts = _Texts(services, uow, chunk, [item.revision for item in items])
    return [
        Group(*texts.to(devices, language, told), platform, devices)
        for (language, platform, told), devices in by_text.items()
    ]


def _items(services: Services, uow: UnitOfWork, chunk: Chunk) -> list[_Item]:
    now, hour = services.clock.now(), chunk.digest_of
    kept = standing(uow, hour, now) if hour else []
    return [
        _Item(
            revision,
            terms_with(services, held),
            uow.deliveries.taken(replace(chunk, alert_id=revision.alert_id, revision=revision.number)),
        )
        for revision, held in kept
    ]


def _told(
    uow: UnitOfWork, chunk: Chunk, items: Sequence[_Item], own: int
) -> Iterator[tuple[DeviceRow, tuple[int, ...]]]:
    """The devices of the range, and what each is told: who was perhaps told by an earlier try hears it again."""
    in_doubt = uow.deliveries.in_doubt(chunk)  # by another digest of the hour too, which ended before it told them
    judged: dict[Traits, tuple[int, ...]] = {}
    for device in uow.devices.in_range(chunk.device_from, chunk.device_to):
        if device.traits not in judged:
            recipient = recipient_of(device, _NOBODY)
            judged[device.traits] = tuple(place for place, item in enumerate(items) if _is_meant(recipient, item))
        told = tuple(place for place in judged[device.traits] if device.number not in items[place].taken)
        if own in told:
            yield device, told
        elif device.number in in_doubt:
            yield device, (own,)


def _is_meant(recipient: Recipient, item: _Item) -> bool:
    """Whether the budget alone kept it from the phone; and who would be told by now was told by no other push."""
    verdict = judge(recipient, item.revision, item.terms)
    return verdict.receives or verdict.why is Why.HELD_BACK


class _Texts:
    """The digest said once for all who hear the same of it, each text kept in the outbox."""

    def __init__(self, services: Services, uow: UnitOfWork, chunk: Chunk, items: Sequence[Revision]) -> None:
        self._services = services
        self._uow = uow
        self._chunk = chunk
        self._items = items

    def to(self, devices: Sequence[DeviceRow], language: str, told: Sequence[int]) -> tuple[PhoneMessage, int]:
        """The text of these places and its number; what is not the chunk's own is on its way to the devices too."""
        revisions, now = [self._items[place] for place in told], self._services.clock.now()
        own = next(one for one in revisions if one.alert_id == self._chunk.alert_id)
        drill, codes = self._services.is_drill, self._services.pack.codes
        message = self._services.wording.digest(own, revisions, language, drill=drill, city=codes)
        number = self._uow.messages.put(message, self._chunk.tier, now)
        sent = dict.fromkeys((device.number for device in devices), number)
        for other in revisions:
            if other is not own:
                of_other = replace(self._chunk, alert_id=other.alert_id, revision=other.number)
                self._uow.deliveries.start(of_other, sent, self._services.sender.channel, now)
        return message, number
