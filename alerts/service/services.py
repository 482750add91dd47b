"""All that a use case may touch, for one world (design.md §1, R1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from alerts.channel.letter import ChannelSender
from alerts.channel.subscriber import Channel, same_world
from alerts.city.pack import CityPack
from alerts.ports import DRILL_CHANNEL, LIVE_CHANNEL, NO_CHANNEL, Clock, Nudge, PushSender
from alerts.store.cipher import AddressCipher
from alerts.store.database import Database
from alerts.wording.tables import Wording
from alerts.world import DRILL, LIVE, World, WorldMismatchError

CHANNELS: dict[World, frozenset[str]] = {
    LIVE: frozenset({LIVE_CHANNEL, NO_CHANNEL}),
    DRILL: frozenset({DRILL_CHANNEL, NO_CHANNEL}),
}


@dataclass(frozen=True, slots=True)
class Services:
    """The adapters and data of one world. The live world and the drill world share none but pack, clock and wording.

    Raises `WorldMismatchError` when made with a sender or a database of the other world.
    """

    world: World
    database: Database
    pack: CityPack
    clock: Clock
    nudge: Nudge
    sender: PushSender
    cipher: AddressCipher
    wording: Wording
    environment: Literal["embedded", "production"] = "embedded"
    public_url: str = ""  # under which others reach this service, without a slash at its end; empty: not said
    channels: Mapping[Channel, ChannelSender] = field(
        default_factory=dict
    )  # besides push; none for one that is not set

    def __post_init__(self) -> None:
        """Refuses a mixture of worlds before anything can run in it (R1)."""
        if self.sender.channel not in CHANNELS[self.world]:
            raise WorldMismatchError(f"a sender by {self.sender.channel} in the {self.world.name} world (R1)")
        if self.database.world != self.world:
            raise WorldMismatchError(f"a {self.database.world.name} database in the {self.world.name} world (R1)")
        for channel, sender in self.channels.items():
            same_world(self.world, sender.world, f"a sender by {channel}")

    @property
    def is_drill(self) -> bool:
        """Whether everything said here is marked 【訓練】."""
        return self.world.name == "drill"
