"""Looking only for whom some districts concern finds whom looking at everybody finds (decision 3, issue 6.6)."""

from itertools import product

import pytest

from alerts.store.device import DeviceChange
from alerts.store.sharing import Follow

HILL, PLAIN, TOWN = "27218-ryuma", "27218-nozaki-1", "27218-akai-1"
PLACES = [frozenset(), frozenset({HILL}), frozenset({PLAIN}), frozenset({HILL, TOWN})]


@pytest.fixture
def everybody(town):
    """Each home with each further place, or with none; and one who follows each of them, from each home."""
    homes = [
        town.device(home, further_places=further) for home in PLACES for further in ((), *((one,) for one in PLACES))
    ]
    numbers = [device.number for device in homes]
    with town.database.write() as uow:
        for place, followed in enumerate(numbers[::3]):
            follower = uow.devices.add(town.new_device(PLACES[place % len(PLACES)]), town.now).number
            uow.sharing.add(Follow(f"f{place}", follower, followed, 0, town.now), town.now)
            numbers.append(follower)
        lonely = uow.devices.add(town.new_device(frozenset({TOWN})), town.now).number
        uow.devices.update(lonely, DeviceChange(districts=frozenset()), town.now)
        uow.devices.mark_unreachable(numbers[:2], town.now)
    return [*numbers, lonely]


def test_of_some_districts_are_those_that_one_of_their_places_names(town, everybody):
    middle = everybody[len(everybody) // 2]
    ranges = [
        (everybody[0], everybody[-1]),
        (everybody[3], middle),
        (middle, middle),
        (middle, 10_000),
        (90_000, 99_999),
    ]
    wanted = [frozenset({HILL}), frozenset({PLAIN, TOWN}), frozenset({"27218-nobody-lives-here"}), frozenset()]
    for (first, last), among in product(ranges, wanted):
        with town.database.read() as uow:
            found = uow.devices.in_range(first, last, among)
            all_there = uow.devices.in_range(first, last)
            assert [uow.devices.places(device.number) for device in all_there] == [
                one.traits.places for one in all_there
            ]
        meant = [one for one in all_there if any(part & among for part in one.traits.places.parts)]
        assert [(one.number, one.traits.places) for one in found] == [(one.number, one.traits.places) for one in meant]
        assert [one.number for one in all_there] == [n for n in everybody[2:] if first <= n <= last]
