"""What stands on every answer: for which moment it holds, whether that is long ago, drill or not, and whose it is."""

from typing import Any

from alerts.city.pack import CityPack
from alerts.city.source import Source
from alerts.service.services import Services
from alerts.wording.credit import jma_credit as jma_credit_line
from api.residents.freshness import Freshness

DISTRICT_FILES = frozenset({"districts.csv", "polygons.geojson", "groups.csv", "layers.toml"})
SITE_FILES = frozenset({"sites.csv"})


def stamp(services: Services, age: Freshness, attribution: list[str]) -> dict[str, Any]:
    """The members of an `AttributedAnswer`."""
    return {"as_of": age.as_of, "stale": age.stale, "drill": services.is_drill, "attribution": attribution}


def fresh(services: Services) -> dict[str, Any]:
    """The members of an answer that is read as it is now: it is never stale."""
    return {"as_of": services.clock.now(), "stale": False, "drill": services.is_drill}


def jma_credit(services: Services) -> list[str]:
    """JMA is named, and that what it published was edited (jma.md §1.4). A drill's telegrams are not JMA's."""
    return [jma_credit_line(services.pack.codes, drill=services.is_drill)]


def sources_of(pack: CityPack, names: frozenset[str]) -> list[Source]:
    """The pack's sources of these files."""
    return [source for source in pack.sources if names & set(source.files)]


def credits_of(pack: CityPack, names: frozenset[str]) -> list[str]:
    """The credit lines of these files, each once."""
    return list(dict.fromkeys(source.credit for source in sources_of(pack, names)))
