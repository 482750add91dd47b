"""What is in force as a map: each district with its hazards, its level and the official colour."""

from alerts.service.queries import Overview
from alerts.situation import HazardState
from api.feeds.schemas import DistrictSituation, HazardHere, SituationFeature, SituationMap
from api.residents.answers import Answers
from api.residents.colours import WITHOUT_CLASSES, colour_of
from api.residents.prepared import GEOJSON, SHORT, Prepared, prepare
from api.residents.spoken import Speaker, highest_level, own_tiers, spoken_in
from api.residents.stamp import DISTRICT_FILES, credits_of, jma_credit, stamp
from api.residents.world import WorldApi


def situation_map(world: WorldApi, answers: Answers, language: str) -> Prepared:
    """The map in one language; made once for what the answers hold. Raises as `Answers.overview`."""

    def made() -> Prepared:
        """The bytes, when nobody asked for them before."""
        answer = _collection(world, answers, language)
        return prepare(answer, language=spoken_in(language, answer.in_force), caching=SHORT, media_type=GEOJSON)

    return answers.made("situation.geojson", language, made)


def _collection(world: WorldApi, answers: Answers, language: str) -> SituationMap:
    services, overview = world.services, answers.overview
    credit = [*jma_credit(services), *credits_of(services.pack, DISTRICT_FILES)]
    return SituationMap(
        **stamp(services, answers.basis.ages.situation, credit),
        language=language,
        level=highest_level(overview.states),
        in_force=Speaker(services, language).in_force(overview, own_tiers(overview, frozenset())),
        features=features_of(world, overview),
    )


def features_of(world: WorldApi, overview: Overview | None) -> list[SituationFeature]:
    """Each district with what is in force there; the city where its pack has no districts."""
    pack = world.services.pack
    states = overview.states if overview else ()
    own = [(state, pack.places.own_levels(state.extent)) for state in states]
    if not pack.districts:
        here = _properties(pack.codes.name, pack.codes.name_en, [_here(state, state.level) for state in states])
        return [SituationFeature(id=pack.codes.code, geometry=pack.boundary, properties=here)]
    return [
        SituationFeature(
            id=district.id,
            geometry=pack.polygons.get(district.id),
            properties=_properties(
                district.name,
                district.name_en,
                [
                    _here(state, levels.get(district.id) or state.level)
                    for state, levels in own
                    if overview and overview.holds_in(state, frozenset({district.id}))
                ],
            ),
        )
        for district in pack.districts
    ]


def _here(state: HazardState, level: int | None) -> HazardHere:
    """A hazard with the level that holds in one place. A district that a forecast does not name has the city's."""
    colour = colour_of(state.hazard, state.code, level, state.rank)
    return HazardHere(hazard=state.hazard, alert_id=state.alert_id, level=level, rank=state.rank, colour=colour)


def _properties(name: str, name_en: str, hazards: list[HazardHere]) -> DistrictSituation:
    graver_first = sorted(hazards, key=lambda here: -(here.level or here.rank))
    levels = [here.level for here in hazards if here.level is not None]
    colours = [here.colour for here in graver_first if here.colour and here.hazard not in WITHOUT_CLASSES]
    return DistrictSituation(
        name=name,
        name_en=name_en,
        level=max(levels, default=None),
        colour=colours[0] if colours else None,
        hazards=graver_first,
    )
