"""What the Now page shows of one world."""

from dataclasses import dataclass
from datetime import datetime

from alerts.city.codes import CityCodes
from alerts.shelter.opening import WITH_PEOPLE, OpeningState
from api.feeds.schemas import SituationFeature
from api.feeds.situation_map import features_of
from api.office.desk.desk import Desk
from api.office.desk.facts import Facts
from api.office.desk.map import Drawing
from api.office.start_view import situation
from api.problems import ProblemError
from api.residents.schemas.situation import SituationAnswer

_TAKING_IN = (OpeningState.OPEN, OpeningState.FULL)


@dataclass(frozen=True, slots=True)
class Shelters:
    """The places of refuge that take people in, and how many people are in all that count them."""

    open: int
    full: int
    people: int


@dataclass(frozen=True, slots=True)
class NowView:
    """The whole page."""

    city: CityCodes
    now: datetime
    facts: Facts
    situation: SituationAnswer | None  # None: the database was never read
    districts: tuple[SituationFeature, ...]
    drawing: Drawing
    shelters: Shelters

    def words_of(self, district: SituationFeature) -> str:
        """A district's state in words: the colour alone says nothing to who does not see it."""
        here = {one.alert_id for one in district.properties.hazards}
        names = [one.name for one in self.situation.in_force if one.alert_id in here] if self.situation else []
        return "、".join(names) or "発表なし"


def now_view(desk: Desk, drawing: Drawing, facts: Facts) -> NowView:
    """The page of this moment."""
    world = desk.world
    try:
        districts = features_of(world, facts.answers.overview)
    except ProblemError:
        districts = features_of(world, None)
    return NowView(
        city=desk.services.pack.codes,
        now=desk.services.clock.now(),
        facts=facts,
        situation=situation(facts.answers),
        districts=tuple(districts),
        drawing=drawing,
        shelters=_shelters(facts),
    )


def _shelters(facts: Facts) -> Shelters:
    said = [one.opening for one in facts.glance.reported] if facts.glance else []
    return Shelters(
        open=sum(one.state in _TAKING_IN for one in said),
        full=sum(one.state is OpeningState.FULL for one in said),
        people=sum(one.occupancy or 0 for one in said if one.state in WITH_PEOPLE),
    )
