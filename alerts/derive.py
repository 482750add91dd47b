"""The situation as the stored telegrams make it, whatever the order they came in (jma.md §1.5, §2.4, R29).

The newest telegram of each unit counts for each hazard it decides; of several units of one chain the one that spoke
last. A retraction takes back what its unit said, and what another unit of the chain had said counts again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.chain import TABLES, chain_of, is_of_messages
from alerts.situation import HazardChange, HazardState, Saying, leaves, notices_in_force, stands, state_after
from alerts.telegram.envelope import InfoType
from alerts.telegram.notice import Notice
from alerts.telegram.reading import Reading

Place = tuple[str, str]  # chain and hazard
ShownFor = Callable[[str], timedelta | None]


@dataclass(frozen=True, slots=True)
class Told:
    """One telegram that may act; `issued_at` is its place in the order."""

    telegram_id: str
    issued_at: datetime
    reading: Reading

    @property
    def order(self) -> tuple[datetime, str]:
        """Older telegrams first; two of one instant by id."""
        return self.issued_at, self.telegram_id


_Said = dict[str, tuple[Told, Notice | None]]  # by unit, what it said last of one hazard


def derive(told: Iterable[Told], shown_for: ShownFor) -> dict[Place, HazardState | None]:
    """What is in force by chain and hazard; None where something was said and nothing is in force any more.

    The states bear no alert yet. `shown_for` is the city's table of events that nothing ends.
    """
    said: dict[Place, _Said] = {}
    states: dict[Place, HazardState | None] = {}
    for each in sorted(told, key=lambda one: one.order):
        for place in _note(each, said):
            states[place] = _state(place, said[place], states.get(place), each.issued_at, shown_for)
    return states


def _note(told: Told, said: dict[Place, _Said]) -> list[Place]:
    """Keeps what a telegram says; returns the chains and hazards that it speaks of."""
    envelope = told.reading.envelope
    chain = chain_of(envelope) if envelope else None
    if envelope is None or envelope.unit is None or chain is None:
        return []
    if envelope.info_type is InfoType.RETRACTION:
        return _take_back(chain, envelope.unit, said)
    in_force = notices_in_force(told.reading)
    decided = [(chain, hazard) for hazard in sorted(told.reading.hazards)]
    places = [place for place in decided if not leaves(told.reading, place[1], _rank(said.get(place)))]
    if is_of_messages(chain):
        return _note_message(told, envelope.unit, places, in_force, said)
    for place in places:
        said.setdefault(place, {})[envelope.unit] = (told, in_force.get(place[1]))
    return places


def _note_message(
    told: Told, unit: str, decided: list[Place], in_force: Mapping[str, Notice], said: dict[Place, _Said]
) -> list[Place]:
    """Keeps what a message says, and takes back what it said before and no longer says; those of others stay."""
    places = [place for place in decided if place[1] in in_force or unit in said.get(place, {})]
    for place in places:
        others = {one: words for one, words in said.get(place, {}).items() if one != unit}
        said[place] = others | ({unit: (told, in_force[place[1]])} if place[1] in in_force else {})
    return places


def _rank(said: _Said | None) -> int:
    """The rank of what was said last; 0 if nothing is in force."""
    notice = _last(said)[1] if said else None
    return notice.rank if notice else 0


def _last(said: _Said) -> tuple[Told, Notice | None]:
    return max(said.values(), key=lambda words: words[0].order)


def _take_back(chain: str, unit: str, said: dict[Place, _Said]) -> list[Place]:
    """What a unit said is void, and with it every table that repeated it."""
    places = [place for place, units in said.items() if place[0] == chain and unit in units]
    for place in places:
        said[place] = {one: words for one, words in said[place].items() if one != unit and not _is_table(one)}
    return places


def _is_table(unit: str) -> bool:
    return unit.partition("/")[0] in TABLES


def _state(
    place: Place, said: _Said, before: HazardState | None, now: datetime, shown_for: ShownFor
) -> HazardState | None:
    """The hazard after the newest telegram of its chain; `before` tells since when the kind is in force."""
    if not said:
        return None
    told, notice = _last(said)
    if notice is None or told.reading.envelope is None or told.reading.envelope.unit is None:
        return None
    saying = Saying(place[0], told.reading.envelope.unit, told.telegram_id, told.issued_at, shown_for(place[1]))
    state = state_after(HazardChange(place[1], None, None, notice), saying, "")
    if state is None or before is None or not stands(before, now) or before.rank != state.rank:
        return state
    return replace(state, since=min(before.since, state.since))
