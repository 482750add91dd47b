"""Another city of Osaka out of the collected facts: `bosai city new`, and the pack works (issue 4, item 6)."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from alerts.city.address_book import Certainty
from alerts.city.geometry import metres_outside
from alerts.city.pack import CityPack, load_pack
from alerts.service.locate import Locator
from alerts.telegram.reader import read_telegram
from bosai.cli import main

SHARED = Path(__file__).parents[2].parent / "shared"
POINTS = SHARED / "city" / "addresses" / "outside_city_points.csv"
CODES = SHARED / "codes"
NUMERALS = "〇一二三四五六七八九"
CITIES = {  # name: its codes in JMA's tables, and how many of the points with an address lie in it
    "門真市": ("27223", "2722300", "270003", ("860604000102", "860604000600"), 5),
    "四條畷市": ("27229", "2722900", "270003", ("860604000600",), 3),
    "東大阪市": ("27227", "2722700", "270003", ("860604000102", "860604000600"), 5),
}
Made = tuple[str, dict[str, Any], CityPack]
"""A city's name, what the command said, and the pack."""

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not there: facts are compared where it is")


def points_of(city: str) -> Iterator[dict[str, str]]:
    """The known points of a city, each with the town that its address names: 岸和田3-42-1 is 岸和田三丁目."""
    with POINTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = re.fullmatch(rf"大阪府{city}(\D+)(\d+)(-\d+)?(-\d+)?", row["address"])
            if found:
                block = f"{NUMERALS[int(found[2])]}丁目" if found[4] else ""
                yield row | {"town": found[1] + block}


def towns_csv(city: str) -> str:
    towns = {row["town"]: row for row in points_of(city)}
    rows = (f"{row['gsi_common_id']},{town},{row['lat']},{row['lng']}" for town, row in towns.items())
    return "\n".join(["id,name,latitude,longitude", *rows])


@pytest.fixture(scope="module", params=CITIES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    city = request.param
    folder = tmp_path_factory.mktemp("city")
    (folder / "towns.csv").write_text(towns_csv(city), encoding="utf-8")
    options = {
        "--name": city,
        "--prefecture": "大阪府",
        "--boundary": SHARED / "city" / "districts" / "neighbours_simplified.geojson",
        "--towns": folder / "towns.csv",
        "--jma-areas": CODES / "jma_area_20211006" / "area.json",
        "--quake-areas": CODES / "quake_areas_seen_in_samples.csv",
        "--tsunami-areas": CODES / "tsunami_forecast_areas_seen_in_samples.csv",
        "--rivers": CODES / "river_areas_osaka.csv",
    }
    words = [str(word) for pair in options.items() for word in pair]
    done = CliRunner().invoke(main, ["city", "new", str(folder / "pack"), "--json", *words])
    assert done.exit_code == 0, done.stderr
    return city, json.loads(done.stdout), load_pack(folder / "pack")


def test_its_codes_are_those_of_the_tables(made: Made) -> None:
    city, said, pack = made
    code, municipality, class15, rivers, towns = CITIES[city]
    assert (pack.codes.code, pack.codes.municipality, pack.codes.class15) == (code, municipality, class15)
    assert (pack.codes.class10, pack.codes.office, pack.codes.region) == ("270000", "270000", "010600")
    assert (pack.codes.quake_region, pack.codes.tsunami_region, pack.codes.rivers) == ("520", "510", rivers)
    assert said["districts"] == len(pack.districts) == towns


def test_check_accepts_it(made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    city, _, pack = made
    monkeypatch.setenv("BOSAI_CITY", str(pack.root))
    monkeypatch.setenv("BOSAI_DATA", str(tmp_path))
    done = CliRunner().invoke(main, ["check", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["checks"][0]["detail"].startswith(f"{city}, ")


def test_its_known_points_lie_in_the_town_their_address_names(made: Made) -> None:
    city, _, pack = made
    locator = Locator(pack)
    names = {district.id: district.name for district in pack.districts}
    for row in points_of(city):
        by_address, by_point = locator.address(row["address"]), locator.point(float(row["lat"]), float(row["lng"]))
        assert by_address.certainty is Certainty.EXACT
        assert names[by_address.districts[0]] == row["town"]
        assert by_point.districts[0] == by_address.districts[0]
    outside = locator.point(34.7083, 135.6451)  # 大東市
    assert outside.certainty is Certainty.OUTSIDE
    assert outside.metres == pytest.approx(metres_outside(pack.boundary or {}, 34.7083, 135.6451), rel=0.01)


def test_an_earthquake_s_telegram_is_read_for_it(made: Made) -> None:
    _, _, pack = made
    file = SHARED / "telegrams" / "VXSE53" / "32-39_11_05_240613_VXSE53.xml"
    reading = read_telegram(file.read_bytes(), file.name, pack.codes)
    assert [(notice.hazard, notice.code) for notice in reading.notices] == [("earthquake", "3")]
