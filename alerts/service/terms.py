"""What the city's policy says of one revision, beside what its residents chose (design.md §4)."""

from alerts.audience import Recipient, Terms
from alerts.service.services import Services
from alerts.store.device import DeviceRow


def terms_of(services: Services) -> Terms:
    """The families that must be asked for."""
    return Terms(services.pack.policy.opt_in)


def recipient_of(device: DeviceRow, earlier: frozenset[int] | set[int]) -> Recipient:
    """A device of the store as it is judged; `earlier` got an earlier revision of the alert."""
    told_before = device.number in earlier
    return Recipient(device.number, device.places, device.normal_pushes, told_before, device.preferences)
