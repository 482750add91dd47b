"""What the city's policy says of one revision, beside what its residents chose (design.md §4)."""

from collections.abc import Set

from alerts.alert import Revision
from alerts.audience import Recipient, Terms
from alerts.budget import is_ordinary
from alerts.service.services import Services
from alerts.store.device import DeviceRow
from alerts.store.held_back import HeldBack
from alerts.store.unit_of_work import UnitOfWork


def terms_of(services: Services, uow: UnitOfWork, revision: Revision) -> Terms:
    """The families that must be asked for, and where the noise budget was spent when the revision was made."""
    held = uow.held_back.of(revision.alert_id, revision.number) if is_ordinary(revision) else None
    return terms_with(services, held)


def terms_with(services: Services, held: HeldBack | None) -> Terms:
    """The same, of a revision of which it is known what was held back."""
    return Terms(services.pack.policy.opt_in, frozenset(held.districts) if held else frozenset())


def recipient_of(device: DeviceRow, earlier: Set[int]) -> Recipient:
    """A device of the store as it is judged; `earlier` got an earlier revision of the alert."""
    traits, told_before = device.traits, device.number in earlier
    return Recipient(device.number, traits.places, traits.normal_pushes, told_before, traits.preferences)
