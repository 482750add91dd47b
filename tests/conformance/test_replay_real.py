"""Real R06 telegrams of other prefectures through the whole way, each with its own city file.

The shared samples hold no R06 telegram of Toyama, only its transitional copies: those must push nothing; Niigata's real
landslide warning takes its place.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is missing: real telegrams are not here")

CITY = """[city]
name = "{name}"
name_en = "{name_en}"
prefecture = "{prefecture}"
code = "{code}"
[jma]
municipality = "{code}00"
class15 = "{class15}"
class10 = "{class10}"
office = "{office}"
region = "{region}"
quake_region = "{quake}"
tsunami_region = "000000"
rivers = []
"""
FUKUI = {
    "name": "福井市",
    "name_en": "Fukui City",
    "prefecture": "福井県",
    "code": "18201",
    "class15": "180011",
    "class10": "180010",
    "office": "180000",
    "region": "010500",
    "quake": "400",
}
GIFU = {
    "name": "各務原市",
    "name_en": "Kakamigahara City",
    "prefecture": "岐阜県",
    "code": "21213",
    "class15": "210011",
    "class10": "210010",
    "office": "210000",
    "region": "010400",
    "quake": "432",
}
NIIGATA = {
    "name": "新潟市",
    "name_en": "Niigata City",
    "prefecture": "新潟県",
    "code": "15100",
    "class15": "150011",
    "class10": "150010",
    "office": "150000",
    "region": "010500",
    "quake": "371",
}
TOYAMA = {
    "name": "富山市",
    "name_en": "Toyama City",
    "prefecture": "富山県",
    "code": "16201",
    "class15": "160011",
    "class10": "160010",
    "office": "160000",
    "region": "010500",
    "quake": "380",
}


def replay(folder: Path, city: dict[str, str], pattern: str) -> list[dict]:
    """The lines of one run, the summary last."""
    file = folder / "city.toml"
    file.write_text(CITY.format(**city), encoding="utf-8")
    telegrams = [str(path) for path in sorted((SHARED / "telegrams").glob(pattern))]
    command = [sys.executable, "-m", "bosai", "replay", "--city", str(file), "--devices", "120", "--json", *telegrams]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("city", "pattern", "pushed", "outcomes"),
    [
        (FUKUI, "VPWW55/*fukui*", [("issue", "heavy_rain", 5), ("end", "heavy_rain", 5)], {"live": 2}),
        (GIFU, "VPWW55/*gifu*", [("issue", "heavy_rain", 3)], {"live": 1}),
        (NIIGATA, "VPWW56/sample_dosha*", [("issue", "landslide", 4)], {"live": 1}),
        (TOYAMA, "*/*toyama*", [], {"ignore": 3}),
    ],
    ids=["fukui", "gifu", "niigata", "toyama-copies"],
)
def test_real_telegrams_reach_every_phone_once(tmp_path, city, pattern, pushed, outcomes):
    *lines, summary = replay(tmp_path, city, pattern)
    assert [(line["change"], line["hazard"], line["level"]) for line in lines] == pushed
    assert all(line["accepted"] == line["devices"] and line["districts"] is None for line in lines)
    assert summary["by_outcome"] == outcomes
    assert (summary["duplicates"], summary["lost"]) == (0, 0)


def test_the_same_real_telegrams_replayed_twice_give_the_same_alerts(tmp_path):
    once, again = [_without_times(replay(tmp_path, FUKUI, "VPWW55/*fukui*")) for _ in range(2)]
    assert len(once) == 3
    assert again == once


def _without_times(lines: list[dict]) -> list[dict]:
    return [{key: value for key, value in line.items() if not key.endswith("_ms")} for line in lines]
