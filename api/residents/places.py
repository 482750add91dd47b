"""Districts as the public JSON says them."""

from collections.abc import Iterable
from dataclasses import asdict

from alerts.city.pack import CityPack
from alerts.city.source import Source
from alerts.service.services import Services
from api.residents.basis import Basis
from api.residents.schemas.districts import (
    DistrictCollection,
    DistrictFeature,
    DistrictItem,
    DistrictsAnswer,
    GroupItem,
    LayerItem,
    SourceItem,
)
from api.residents.stamp import DISTRICT_FILES, credits_of, sources_of, stamp


def district_items(pack: CityPack) -> list[DistrictItem]:
    """Every district with the groups it belongs to."""
    groups: dict[str, list[str]] = {district.id: [] for district in pack.districts}
    for group in pack.groups.values():
        for member in group.districts:
            groups[member].append(group.id)
    return [DistrictItem(**asdict(district), groups=sorted(groups[district.id])) for district in pack.districts]


def district_features(pack: CityPack) -> list[DistrictFeature]:
    """Every district as a GeoJSON feature."""
    return [
        DistrictFeature(id=item.id, geometry=pack.polygons.get(item.id), properties=item)
        for item in district_items(pack)
    ]


def layer_items(pack: CityPack) -> list[LayerItem]:
    """The ways to group districts, with how far each can be trusted."""
    return [LayerItem(**asdict(layer)) for layer in pack.layers]


def group_items(pack: CityPack) -> list[GroupItem]:
    """All groups of all layers."""
    return [GroupItem(**asdict(group)) for group in pack.groups.values()]


def source_items(sources: Iterable[Source]) -> list[SourceItem]:
    """Where facts come from."""
    return [
        SourceItem(
            id=source.id,
            title=source.title,
            licence=source.licence,
            credit=source.credit,
            day=source.day,
            derived=source.derived,
            caution=source.caution,
        )
        for source in sources
    ]


def districts_answer(services: Services, basis: Basis) -> DistrictsAnswer:
    """Districts, layers, groups, and where all of it comes from."""
    pack = services.pack
    return DistrictsAnswer(
        **stamp(services, basis.ages.districts, credits_of(pack, DISTRICT_FILES)),
        districts=district_items(pack),
        layers=layer_items(pack),
        groups=group_items(pack),
        sources=source_items(sources_of(pack, DISTRICT_FILES)),
    )


def district_collection(services: Services, basis: Basis) -> DistrictCollection:
    """The districts as a map layer."""
    return DistrictCollection(
        **stamp(services, basis.ages.districts, credits_of(services.pack, DISTRICT_FILES)),
        features=district_features(services.pack),
    )
