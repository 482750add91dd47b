"""Why one phone was told of an alert, or was not, in its own language (issue 4)."""

from collections.abc import Iterator, Mapping

from alerts.alert import Revision
from alerts.audience import Recipient
from alerts.home import concern_of, tier_among
from alerts.ports import TOLD_PERHAPS
from alerts.service.services import Services
from alerts.service.terms import terms_with
from alerts.service.why import AlertWhy, Facts, RevisionWhy, answer, in_words
from alerts.store.delivery import DeliveryRow
from alerts.store.device import Device
from alerts.store.messages import Manner
from alerts.store.unit_of_work import UnitOfWork
from alerts.why.device import DeviceCase, changed_since, device_ground
from alerts.wording.reasons import stands_in


class UnknownDeviceError(LookupError):
    """No device of this world has the id: it never registered, or was deleted and nothing of it is left."""


def find_device(services: Services, device_id: str) -> Device:
    """The device of a public id; raises `UnknownDeviceError`."""
    with services.database.read() as uow:
        device = uow.devices.by_id(device_id)
    if device is None:
        raise UnknownDeviceError(f"no phone of the {services.world.name} world has the id {device_id}")
    return device


def why_device(services: Services, device: Device, alert_id: str) -> AlertWhy:
    """Why a phone was told, or not, in its own language; raises `UnknownAlertError`."""
    with services.database.read() as uow:
        sent = {row.revision: row for row in uow.deliveries.of_device(device.number) if row.alert_id == alert_id}
        return answer(services, uow, alert_id, lambda one: _explain(services, uow, one, device, sent))


def _explain(
    services: Services, uow: UnitOfWork, revision: Revision, device: Device, sent: Mapping[int, DeliveryRow]
) -> RevisionWhy:
    row = sent.get(revision.number)
    before = any(number < revision.number and each.result in TOLD_PERHAPS for number, each in sent.items())
    places = uow.devices.places(device.number)
    held = uow.held_back.of(revision.alert_id, revision.number)
    case = DeviceCase(
        revision=revision,
        recipient=Recipient(device.number, places, device.normal_pushes, before, device.preferences),
        reachable=device.reachable,
        changed_at=uow.devices.places_changed_at(device),
        turns=uow.turns.of(revision.alert_id, revision.number, device.number),
        result=row.result if row else None,
        terms=terms_with(services, held),
        digest_made=held is not None and held.closed_at is not None,
    )
    times = {"expires": revision.expires_at, "changed": case.changed_at} | ({"at": row.at} if row else {})
    manner = uow.messages.manner(row.message_id) if row and row.message_id is not None else None
    notes = tuple(_notes(services, case, device, row, manner))
    tier = tier_among(places, revision.tiers)
    texts = {"wanted": device.language, "spoken": manner.language if manner else None}
    facts = Facts(revision, tier or 0, device_ground(case), notes, times, texts, device.language)
    return in_words(services, uow, facts, {row.result: 1} if row else {}, row.at if row else None)


def _notes(
    services: Services, case: DeviceCase, device: Device, row: DeliveryRow | None, manner: Manner | None
) -> Iterator[str]:
    """What else must be said: another language, no sound and why, or that the settings of that time are gone."""
    is_changed = changed_since(case)
    if manner and not is_changed and stands_in(services.wording, manner.language, device.language):
        yield "fallback"
    if manner is not None and manner.digest:
        yield "digest"
    elif manner is not None and row is not None and manner.silent:
        urgency = case.revision.urgency_in(tier_among(case.recipient.places, case.revision.tiers) or 0)
        yield "quiet" if device.preferences.silence(urgency, row.at) else "silent"
    if is_changed:
        yield "changed"
    elif row is not None and _is_for_another(case):
        yield "followed"


def _is_for_another(case: DeviceCase) -> bool:
    """Whether only the places of a phone that this one follows were addressed."""
    tiers = case.revision.tiers
    tier = tier_among(case.recipient.places, tiers)
    concern = concern_of(case.recipient.places, tiers, tier or 0)
    return bool(concern.follows) and not concern.places
