"""What JMA's display telegrams say, as whole answers."""

from collections.abc import Mapping
from typing import Any

from alerts.city.place import city_point, distance_km
from alerts.service.queries import Overview
from alerts.service.services import Services
from alerts.store.displays import DisplayRecord
from alerts.telegram.display.content import DisplayKind
from api.residents.basis import Basis
from api.residents.schemas.bulletins import BulletinItem, BulletinsAnswer
from api.residents.schemas.earthquakes import EarthquakeItem, EarthquakesAnswer
from api.residents.schemas.forecast import (
    ForecastAnswer,
    ForecastItem,
    OutlookAnswer,
    OutlookItem,
    TimelineAnswer,
    TimelineItem,
)
from api.residents.schemas.typhoons import StormProbabilityItem, TyphoonItem, TyphoonsAnswer
from api.residents.spoken import DRILL_MARK, Speaker
from api.residents.stamp import jma_credit, stamp


class Showing:
    """The displays of one moment. In a drill, titles and headlines are marked (R1)."""

    def __init__(self, services: Services, basis: Basis) -> None:
        self._services = services
        self._records = basis.held.displays
        self._stamp = stamp(services, basis.ages.situation, jma_credit(services))

    def forecast(self) -> ForecastAnswer:
        """The newest forecast of each kind."""
        short_term, weekly, overview = (self._newest(name) for name in ("VPFD51", "VPFW50", "VPFG50"))
        return ForecastAnswer(
            **self._stamp,
            short_term=ForecastItem(**short_term) if short_term else None,
            weekly=ForecastItem(**weekly) if weekly else None,
            overview=BulletinItem(**overview) if overview else None,
        )

    def outlook(self) -> OutlookAnswer:
        """The newest outlook of each kind, and whether any hazard in them has 警戒レベル 1."""
        near, later = (self._newest(name) for name in ("VPFD61", "VPFW60"))
        items = [OutlookItem(**said) if said else None for said in (near, later)]
        levels = [hazard.level for item in items if item for hazard in item.hazards if hazard.level is not None]
        return OutlookAnswer(**self._stamp, level=max(levels, default=None), near=items[0], later=items[1])

    def timeline(self) -> TimelineAnswer:
        """The municipality's newest timeline."""
        newest = self._newest("VPWP50")
        return TimelineAnswer(**self._stamp, timeline=TimelineItem(**newest) if newest else None)

    def bulletins(self) -> BulletinsAnswer:
        """Every commentary."""
        return BulletinsAnswer(
            **self._stamp, bulletins=[BulletinItem(**self._said(each)) for each in self._of(DisplayKind.BULLETIN)]
        )

    def typhoons(self) -> TyphoonsAnswer:
        """Every typhoon, with how far it is and how likely its storm comes."""
        chances = {said["event"]: said for said in map(self._said, self._of(DisplayKind.STORM_PROBABILITY))}
        typhoons = []
        for said in map(self._said, self._of(DisplayKind.TYPHOON)):
            chance = chances.get(said["event"])
            points = [point | {"distance_km": self._distance(point)} for point in said.pop("points")]
            probability = StormProbabilityItem(**chance) if chance else None
            typhoons.append(TyphoonItem(**said, points=points, storm_probability=probability))
        return TyphoonsAnswer(**self._stamp, typhoons=typhoons)

    def earthquakes(self, overview: Overview, language: str) -> EarthquakesAnswer:
        """The alerts of earthquakes, and what else JMA said of them and of tsunami."""
        speaker = Speaker(self._services, language)
        felt = [history for history in overview.recent if history.alert.hazard == "earthquake"]
        return EarthquakesAnswer(
            **self._stamp,
            language=language,
            alerts=[speaker.alert(history) for history in felt],
            information=[EarthquakeItem(**self._said(each)) for each in self._of(DisplayKind.EARTHQUAKE)],
        )

    def _of(self, kind: DisplayKind) -> list[DisplayRecord]:
        return [record for record in self._records if record.kind is kind]

    def _newest(self, telegram_type: str) -> dict[str, Any] | None:
        """Of several offices that spoke of the city, as in an outage of its own, the one that spoke last."""
        return next((self._said(record) for record in self._records if record.type == telegram_type), None)

    def _said(self, record: DisplayRecord) -> dict[str, Any]:
        mark = DRILL_MARK if self._services.is_drill else ""
        return {
            **(record.content or {}),
            "id": record.key,
            "type": record.type,
            "title": mark + record.title,
            "headline": mark + record.headline if record.headline else None,
            "issued_at": record.issued_at,
            "valid_until": record.valid_until,
        }

    def _distance(self, point: Mapping[str, Any]) -> int | None:
        here = city_point(self._services.pack)
        return distance_km(here, (point["latitude"], point["longitude"])) if here else None
