"""An alert's messages as one world says them: the identifiers, the references, a part for each language."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from alerts.alert import Alert, Source
from alerts.cap.area import Areas
from alerts.cap.chain import Message
from alerts.cap.document import CapAlert, Info, Pair
from alerts.cap.meaning import (
    NOTES,
    RESTRICTION,
    SCOPES,
    categories_of,
    message_type,
    response_of,
    status_of,
)
from alerts.cap.weight import weight_of
from alerts.cap.writing import cap_time
from alerts.city.pack import CityPack
from alerts.wording.announced import Announcement
from alerts.wording.announcement import announcements
from alerts.wording.credit import jma_credit
from alerts.wording.places import city_name
from alerts.wording.tables import Wording
from alerts.world import World

_SHAPES = frozenset({"boundary.geojson", "polygons.geojson"})
_JMA = "気象庁"


def sender_of(pack: CityPack) -> str:
    """The city's domain; where the pack has none, a name made from its code, the same for ever."""
    codes = pack.codes
    return codes.domain or uuid5(NAMESPACE_URL, f"urn:bosai:city:{codes.code}").urn


@dataclass(frozen=True, slots=True)
class Publisher:
    """Makes the CAP messages of one world."""

    world: World
    pack: CityPack
    wording: Wording
    areas: Areas

    @classmethod
    def of(cls, world: World, pack: CityPack, wording: Wording) -> "Publisher":
        """With the shapes of the pack, drawn when they are first needed."""
        return cls(world, pack, wording, Areas(pack))

    def identifier(self, message: Message) -> str:
        """Of no other message, in no world: 99201.a3f2….2, in a drill 99201.drill.a3f2….2."""
        world = "" if self.world.name == "live" else f"{self.world.name}."
        return f"{self.pack.codes.code}.{world}{message.revision.alert_id}.{message.key}"

    def compose(self, alert: Alert, messages: Sequence[Message]) -> CapAlert:
        """The last of `messages`, which supersedes all before it."""
        status = status_of(self.world)
        scope, message = SCOPES[status], messages[-1]
        revision = message.revision
        said = announcements(self.wording.tables, revision, self.pack.codes, drill=self.is_drill)
        return CapAlert(
            status=status,
            scope=scope,
            restriction=RESTRICTION if scope != "Public" else None,
            identifier=self.identifier(message),
            sender=sender_of(self.pack),
            sent=message.sent,
            kind=message_type(revision, first=len(messages) == 1),
            source=self._source(alert),
            note=self._note(alert, message),
            references=tuple(map(self._reference, messages[:-1])),
            incidents=alert.id,
            infos=tuple(self._info(one, alert, message) for one in said),
        )

    @property
    def is_drill(self) -> bool:
        """Whether every text is marked 【訓練】."""
        return self.world.name == "drill"

    def _reference(self, message: Message) -> str:
        return f"{sender_of(self.pack)},{self.identifier(message)},{cap_time(message.sent)}"

    def _source(self, alert: Alert) -> str:
        if self.is_drill:
            return f"{self.pack.codes.name}（訓練）"
        return _JMA if alert.source is Source.JMA else self.pack.codes.name

    def _note(self, alert: Alert, message: Message) -> str:
        """What is corrected, and whose facts these are (jma.md §1.4)."""
        of_jma = [jma_credit(self.pack.codes, drill=self.is_drill)] if alert.source is Source.JMA else []
        shapes = [source.credit for source in self.pack.sources if _SHAPES & set(source.files)]
        change = NOTES.get(message.revision.change)
        return "\n".join(dict.fromkeys([*([change] if change else []), *of_jma, *shapes]))

    def _info(self, said: Announcement, alert: Alert, message: Message) -> Info:
        revision, table = message.revision, self.wording.tables[said.language]
        level: tuple[Pair, ...] = (("jp:alertLevel", str(revision.level)),) if revision.level else ()
        telegram: tuple[Pair, ...] = (("jma:telegram", revision.telegram_id),) if revision.telegram_id else ()
        jma_code: tuple[Pair, ...] = (("jma:code", revision.code),) if alert.source is Source.JMA else ()
        return Info(
            language=said.language,
            categories=categories_of(revision.hazard),
            event=said.event,
            response=response_of(revision),
            weight=weight_of(revision),
            event_codes=(("bosai:hazard", revision.hazard), *jma_code),
            effective=message.sent,
            expires=message.expires,
            sender_name=city_name(table, self.pack.codes),
            headline=said.headline,
            description=said.description,
            instruction=said.instruction,
            parameters=(*level, *telegram),
            areas=self.areas.of(revision, alert.source, table),
        )
