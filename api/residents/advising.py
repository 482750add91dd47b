"""Advice about places of refuge, made from what is in memory: it needs no database and keeps no point (R20, R30)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alerts.city.district import District
from alerts.city.geometry import metres_outside
from alerts.service.services import Services
from alerts.shelter.advice import Advice, Judged, advise
from alerts.shelter.needs import needs_of
from alerts.situation import HazardState
from alerts.wording.guidance import Ground, Guide
from alerts.wording.places import Place
from api.residents.answers import Answers
from api.residents.freshness import Freshness
from api.residents.schemas.advice import AdviceAnswer, AdvisedItem, ReasonItem
from api.residents.schemas.situation import Hazard
from api.residents.spoken import Speaker, languages_of
from api.residents.stamp import SITE_FILES, credits_of, jma_credit, stamp

_STEP_METRES = 10


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where somebody asks from: a point, or the middle of a district."""

    latitude: float
    longitude: float
    district: District | None = None

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude, self.longitude


def advice_answer(
    services: Services, answers: Answers, place: Standpoint, asked: Sequence[str], language: str
) -> tuple[AdviceAnswer, str]:
    """Where to go from a place now, in one language, and its Content-Language.

    `asked` are hazards that count besides those in force.
    """
    held, ages = answers.basis.held, answers.basis.ages
    overview = held.overview.within(_where(place)) if held.overview else None
    states = overview.states if overview else ()
    needs = needs_of(overview.fled_from if overview else (), asked, held.sites)
    advice = advise(held.sites, held.openings, needs, place.point, services.clock.now())
    stale = ages.situation.stale or ages.sites.stale
    ground = Ground(
        situation_known=held.overview is not None and ages.situation.as_of is not None,
        openings_known=held.openings_version is not None,
        stale=stale,
        outside=place.district is None and _is_outside(services, place),
        district=_named(place.district) if place.district else None,
    )
    guide = Guide(services.wording, services.pack.codes, language, services.is_drill)
    credit = [*jma_credit(services), *credits_of(services.pack, SITE_FILES)]
    answer = AdviceAnswer(
        **stamp(services, Freshness(ages.situation.as_of, stale), credit),
        language=language,
        situation_known=ground.situation_known,
        in_force=_hazards(services, states, language),
        needs=list(needs.designations),
        without_site=list(needs.without_site),
        messages=guide.messages(advice, ground),
        **_lists(advice, answers, guide),
    )
    return answer, languages_of(language, guide.spoken)


def _where(place: Standpoint) -> frozenset[str]:
    """The district that was asked for; of a point every order of the city counts."""
    return frozenset({place.district.id}) if place.district else frozenset()


def _named(district: District) -> Place:
    return Place(district.name, district.kana, district.name_en)


def _is_outside(services: Services, place: Standpoint) -> bool:
    boundary = services.pack.boundary
    return boundary is not None and metres_outside(boundary, place.latitude, place.longitude) > 0


def _hazards(services: Services, states: Iterable[HazardState], language: str) -> list[Hazard]:
    speaker = Speaker(services, language)
    return [speaker.hazard(state) for state in states]


def _lists(advice: Advice, answers: Answers, guide: Guide) -> dict[str, list[AdvisedItem]]:
    def items(judged: Iterable[Judged]) -> list[AdvisedItem]:
        """Places as the answer lists them."""
        return [_item(each, answers, guide) for each in judged]

    return {
        "recommended": items(advice.recommended),
        "not_confirmed": items(advice.not_confirmed),
        "avoid": items(advice.avoid),
    }


def _item(judged: Judged, answers: Answers, guide: Guide) -> AdvisedItem:
    return AdvisedItem(
        site=answers.sites.item(judged.site),
        distance_metres=round(judged.metres / _STEP_METRES) * _STEP_METRES,
        reasons=[ReasonItem(code=reason, text=guide.reason(judged, reason)) for reason in judged.reasons],
        lacks=list(judged.lacks),
        not_designated_for=list(judged.uncovered),
    )
