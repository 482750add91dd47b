"""Everything the service knows about one city, read from a folder of plain files (contract.md, City file).

Any municipality is served by changing the pack: a `city.toml` alone is enough, each further file adds precision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alerts.city.app_file import AppVersion, read_app
from alerts.city.city_file import read_city
from alerts.city.codes import CityCodes
from alerts.city.district import District, Group, Layer
from alerts.city.districts_file import read_districts
from alerts.city.gazetteer import Gazetteer, gazetteer
from alerts.city.geojson_file import Geometry, read_boundary, read_polygons
from alerts.city.layers_file import read_layers
from alerts.city.matching import MatchingRules
from alerts.city.office_file import read_office
from alerts.city.pack_files import CITY_FILE, PackFiles
from alerts.city.policy import Policy
from alerts.city.policy_file import read_policy
from alerts.city.problems import PackError, PackProblem, Problems
from alerts.city.proposals_file import read_triggers
from alerts.city.rules_file import read_rules
from alerts.city.sites_file import read_sites
from alerts.city.source import Source, read_sources
from alerts.office.policy import OfficePolicy
from alerts.proposal import Triggers
from alerts.shelter.site import Site

__all__ = ["CityPack", "PackError", "PackProblem", "bundled", "load_pack"]

_PACKS = Path(__file__).parent / "packs"


@dataclass(frozen=True, slots=True)
class CityPack:
    """One city's pack, checked. Without `districts.csv` there are no districts, and everybody is the whole city."""

    codes: CityCodes
    districts: tuple[District, ...]
    layers: tuple[Layer, ...]
    groups: dict[str, Group]
    polygons: dict[str, Geometry]  # by district id
    boundary: Geometry | None
    places: Gazetteer
    matching: MatchingRules  # as the pack brings them; the office may have changed them since (service/rules.py)
    policy: Policy
    office: OfficePolicy  # of the city's own alerts
    triggers: Triggers  # of evacuation-order proposals
    sites: tuple[Site, ...]
    app: Mapping[str, AppVersion]  # by platform
    drills: tuple[str, ...]  # names of the rehearsals in `drills/`
    root: Path
    sources: tuple[Source, ...]
    digest: str  # SHA-256 over the pack's files


def bundled(name: str = "daito") -> Path:
    """The folder of a pack that comes with the programme. Raises `PackError` for a name that there is not."""
    root = _PACKS / name
    if not (root / CITY_FILE).exists():
        names = ", ".join(sorted(path.parent.name for path in _PACKS.glob(f"*/{CITY_FILE}")))
        raise PackError((PackProblem(str(root), None, f"there is no bundled city {name!r}; there is: {names}"),))
    return root


def load_pack(path: Path) -> CityPack:
    """Reads a pack from its folder or its `city.toml`. Raises `PackError` with everything that is wrong in it."""
    files = PackFiles(path / CITY_FILE if path.is_dir() else path, Problems())
    codes = read_city(files)
    districts = read_districts(files)
    ids = tuple(district.id for district in districts)
    sources = read_sources(files)
    layers, groups = read_layers(files, ids, sources)
    places = gazetteer(districts, layers, groups, codes.rivers if codes else ())
    matching = read_rules(files, places)
    policy, office = read_policy(files), read_office(files)
    triggers = read_triggers(files)
    app = read_app(files)
    polygons, boundary, sites = read_polygons(files, ids), read_boundary(files), read_sites(files)
    if codes is None or policy is None or office is None or triggers is None or files.problems.found:
        raise PackError(tuple(files.problems.found))
    return CityPack(
        codes=codes,
        districts=districts,
        layers=layers,
        groups=groups,
        places=places,
        polygons=polygons,
        boundary=boundary,
        matching=matching,
        policy=policy,
        office=office,
        triggers=triggers,
        sites=sites,
        app=app,
        drills=files.drills(),
        root=files.city_file.parent,
        sources=sources,
        digest=files.digest(),
    )
