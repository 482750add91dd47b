"""What the bundled pack holds, and which parts a pack may lack."""

from datetime import date
from pathlib import Path

import pytest

from alerts.city.codes import CityCodes
from alerts.city.district import Provenance
from alerts.city.pack import CityPack, PackError, bundled, load_pack
from alerts.city.rule import Case
from alerts.shelter.site import SiteKind

LONE_CITY = """\
[city]
name = "富山市"
name_en = "Toyama City"
prefecture = "富山県"
code = "16201"

[jma]
municipality = "1620100"
class15 = "160011"
class10 = "160010"
office = "160000"
region = "010500"
quake_region = "380"
tsunami_region = "000000"
rivers = []
"""


def test_the_codes_are_those_of_the_contract(daito: CityPack) -> None:
    assert daito.codes == CityCodes(
        name="大東市",
        name_en="Daito City",
        prefecture="大阪府",
        code="27218",
        municipality="2721800",
        class15="270003",
        class10="270000",
        office="270000",
        region="010600",
        quake_region="520",
        tsunami_region="510",
        rivers=("860604000600", "860604000102"),
        names={"ja-Hira": "大東市（だいとうし）", "zh-Hans": "大东市", "ko": "다이토시", "vi": "thành phố Daito"},
        domain="city.daito.lg.jp",
    )


def test_every_district_has_its_shape_and_one_group_in_each_layer_of_groups(daito: CityPack) -> None:
    ids = [district.id for district in daito.districts]
    assert len(ids) == 124
    assert set(daito.polygons) == set(ids)
    for layer in ("elementary", "junior_high", "hazard_zone"):
        members = [d for group in daito.groups.values() if group.layer == layer for d in group.districts]
        assert sorted(members) == sorted(ids), layer


@pytest.mark.parametrize(("layer", "groups"), [("elementary", 12), ("junior_high", 8), ("hazard_zone", 4)])
def test_layers_have_all_their_groups(daito: CityPack, layer: str, groups: int) -> None:
    assert sum(group.layer == layer for group in daito.groups.values()) == groups


def test_zones_have_the_sizes_of_the_city_s_relief(daito: CityPack) -> None:
    sizes = {group.id: len(group.districts) for group in daito.groups.values() if group.layer == "hazard_zone"}
    assert sizes == {
        "hazard_zone:lowland": 95,
        "hazard_zone:foothill_edge": 11,
        "hazard_zone:foothill": 13,
        "hazard_zone:mountain": 5,
    }


def test_no_layer_of_the_pack_claims_to_be_official(daito: CityPack) -> None:
    assert {layer.id: layer.provenance for layer in daito.layers} == {
        "town": Provenance.DERIVED,
        "elementary": Provenance.INFERRED,
        "junior_high": Provenance.INFERRED,
        "hazard_zone": Provenance.INFERRED,
    }


def test_the_52_sourced_junior_high_memberships_are_told_from_the_inferred_ones(daito: CityPack) -> None:
    sourced = {group.id: len(group.sourced) for group in daito.groups.values() if group.sourced}
    assert sourced == {"junior_high:nango": 15, "junior_high:tanigawa": 14, "junior_high:suminodo": 23}


def test_one_of_the_twenty_emergency_sites_is_not_for_landslides(daito: CityPack) -> None:
    sites = [site for site in daito.sites if site.kind is SiteKind.EMERGENCY_SITE]
    assert len(sites) == 20
    assert [site.name for site in sites if "landslide" not in site.hazards] == ["北条小学校"]
    assert all({"flood", "inland_flood", "earthquake", "large_fire"} <= set(site.hazards) for site in sites)


def test_shelters_are_complete_and_twenty_facilities_are_both(daito: CityPack) -> None:
    shelters = [site for site in daito.sites if site.kind is SiteKind.SHELTER]
    sites = {site.facility for site in daito.sites if site.kind is SiteKind.EMERGENCY_SITE}
    assert len(shelters) == 52
    assert sum(shelter.welfare for shelter in shelters) == 3
    assert len(sites & {shelter.facility for shelter in shelters}) == 20


def test_every_file_of_the_pack_has_a_source_and_a_line_in_sources_md(daito: CityPack) -> None:
    described = (daito.root / "SOURCES.md").read_text(encoding="utf-8")
    sourced = {name for source in daito.sources for name in source.files}
    files = {path.name for path in daito.root.iterdir() if path.is_file()} - {"SOURCES.md", "sources.toml"}
    assert files == sourced
    assert all(f"`{name}`" in described for name in files)


def test_a_city_file_alone_is_a_city_without_districts(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(LONE_CITY, encoding="utf-8")
    pack = load_pack(tmp_path / "city.toml")
    assert pack.codes.name == "富山市"
    assert (pack.districts, pack.groups, pack.polygons, pack.sites, pack.boundary) == ((), {}, {}, (), None)
    assert pack.matching.districts_of(pack.matching.tiers(Case("landslide", 4, "49", 4, date(2026, 11, 23)))) is None
    assert pack.policy.urgency("landslide", "49") == "critical"


def test_a_city_file_of_another_name_takes_nothing_from_the_pack_beside_it(folder: Path) -> None:
    lone = folder / "toyama.toml"
    lone.write_text(LONE_CITY, encoding="utf-8")
    pack = load_pack(lone)
    assert pack.districts == ()
    assert pack.matching.version == 0


def test_folder_and_city_file_load_the_same_pack(daito: CityPack) -> None:
    assert load_pack(daito.root / "city.toml") == daito


def test_the_digest_follows_every_file_and_not_the_place(daito: CityPack, folder: Path) -> None:
    assert load_pack(folder).digest == daito.digest
    rules = folder / "rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert load_pack(folder).digest != daito.digest


def test_the_names_of_drills_are_the_files_in_drills(folder: Path) -> None:
    drills = folder / "drills"
    drills.mkdir(exist_ok=True)
    (drills / "test_of_the_list.toml").touch()
    assert "test_of_the_list" in load_pack(folder).drills


def test_a_missing_city_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"city\.toml: is missing"):
        load_pack(tmp_path)


def test_an_unknown_bundled_city_names_those_there_are() -> None:
    with pytest.raises(PackError, match=r"no bundled city 'atlantis'; there is: .*daito"):
        bundled("atlantis")
