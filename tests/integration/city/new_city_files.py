"""A small synthetic city, 見本市, as the country's open data would tell of it: all that `bosai city new` reads."""

import csv
import io
import json
from pathlib import Path

import shapefile

WEST, SOUTH, STEP = 135.00, 35.00, 0.01
TOWNS = {  # name: (kana, romaji, column, row) of a grid of squares one hundredth of a degree wide
    "北浜一丁目": ("キタハマ 1", "KITAHAMA 1", 0, 1),
    "北浜二丁目": ("キタハマ 2", "KITAHAMA 2", 1, 1),
    "南浜": ("ミナミハマ", "MINAMIHAMA", 0, 0),
    "大字山田": ("ヤマダ", "OAZA YAMADA", 1, 0),
    "離島町": ("リトウチヨウ", "RITOCHO", 3, 0),
}
POSTAL_CODES = {"北浜": "9990001", "南浜": "9990002", "山田": "9990003", "離島町": "9990004"}
SITE_COLUMNS = (
    "NO,共通ID,施設・場所名,住所,洪水,崖崩れ、土石流及び地滑り,高潮,地震,津波,大規模な火事,内水氾濫,火山現象,緯度,経度"
)


KEN_LINE = '{code},"99900","{postal}","カクウケン","ミホンシ","{kana}","架空県","見本市","{town}",0,0,0,0,0,0'


def square(column: float, row: float, width: float = 1, height: float = 1) -> list[list[list[float]]]:
    west, south = WEST + column * STEP, SOUTH + row * STEP
    east, north = west + width * STEP, south + height * STEP
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]]


def feature(properties: dict[str, object], rings: list[list[list[float]]]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": rings}}


def geojson(features: list[dict[str, object]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def table(rows: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp932")


def municipality(name: str, code: str) -> dict[str, object]:
    return {"N03_001": "架空県", "N03_003": None, "N03_004": name, "N03_007": code}


def middle(name: str) -> tuple[float, float]:
    _, _, column, row = TOWNS[name]
    return round(SOUTH + (row + 0.5) * STEP, 6), round(WEST + (column + 0.5) * STEP, 6)


def town_rows() -> list[dict[str, object]]:
    rows = []
    for name, (kana, roman, _, _) in TOWNS.items():
        latitude, longitude = middle(name)
        names = {"大字町丁目名": name, "大字町丁目名カナ": kana, "大字町丁目名ローマ字": roman, "小字・通称名": ""}
        rows.append({"市区町村コード": "99201", **names, "緯度": latitude, "経度": longitude})
    return [*rows, {**rows[0], "市区町村コード": "99999", "大字町丁目名": "隣町"}]


def as_two_wards(folder: Path) -> None:
    """The city as a designated one (政令指定都市): two wards, each with a 中央 of its own."""
    ward = {"N03_001": "架空県", "N03_003": "見本市"}
    west = feature(ward | {"N03_004": "西区", "N03_007": "99202"}, square(0, 0))
    east = feature(ward | {"N03_004": "東区", "N03_007": "99203"}, square(1, 0))
    (folder / "n03.geojson").write_bytes(geojson([west, east]))
    rows = [
        {
            "市区町村コード": code,
            "大字町丁目コード": f"{code}0001000",
            "大字町丁目名": "中央",
            "緯度": 35.005,
            "経度": longitude,
        }
        for code, longitude in (("99202", 135.005), ("99203", 135.015))
    ]
    (folder / "towns.csv").write_bytes(table(rows))
    areas = [
        feature({"KEY_CODE": f"{code}0001", "S_NAME": "中央"}, square(column, 0))
        for column, code in enumerate(("99202", "99203"))
    ]
    (folder / "estat.geojson").write_bytes(geojson(areas))
    kens = [KEN_LINE.format(code=code, postal=f"{code}01", kana="ﾁﾕｳｵｳ", town="中央") for code in ("99202", "99203")]
    (folder / "KEN_ALL.CSV").write_bytes("\r\n".join(kens).encode("cp932"))


def school_row(name: str, kind: str, towns: str) -> dict[str, object]:
    code = f"C199210{sum(map(ord, name)):06}"
    return {"学校コード": code, "学校名称": name, "行政サービス拠点種別 (POIコード)": kind, "通学区域の住所": towns}


def school_area(code: str, name: str, rings: list[list[list[float]]]) -> dict[str, object]:
    return feature({"A27_001": "99201", "A27_003": code, "A27_004": name}, rings)


def site(number: int, name: str, town: str) -> str:
    latitude, longitude = middle(town)
    return f"{number},E99201{number:05}201,{name},架空県見本市{town}1,1,,,1,,1,1,,{latitude},{longitude}"


def ken_all() -> bytes:
    kana = {"北浜": "ｷﾀﾊﾏ", "南浜": "ﾐﾅﾐﾊﾏ", "山田": "ﾔﾏﾀﾞ", "離島町": "ﾘﾄｳﾁﾖｳ"}
    own = [
        KEN_LINE.format(code="99201", postal=code, kana=kana[town], town=town) for town, code in POSTAL_CODES.items()
    ]
    other = KEN_LINE.format(code="99999", postal="9999999", kana="ﾐﾅﾐﾊﾏ", town="南浜")
    return "\r\n".join([other, *own]).encode("cp932")


def area_json() -> bytes:
    own = {"name": "見本市", "enName": "Mihon City", "parent": "990001"}
    divided = {"name": "大市南部", "enName": "Southern Oshi", "parent": "990001"}
    return json.dumps(
        {
            "class20s": {"9920100": own, "9930001": divided, "0120100": own | {"parent": "012010"}},
            "class15s": {"990001": {"parent": "990010"}},
            "class10s": {"990010": {"parent": "990000"}},
            "offices": {"990000": {"parent": "010000"}},
        },
        ensure_ascii=False,
    ).encode()


def write_all(folder: Path) -> None:
    """Every file, in the layout of its publisher."""
    estat = [feature({"KEY_CODE": "99999001", "S_NAME": "隣町", "HCODE": 8101}, square(2, 0))]
    for number, (name, (_, _, column, row)) in enumerate(TOWNS.items(), start=1):
        key = {"KEY_CODE": f"99201{number:03}00", "S_NAME": name, "HCODE": 8101}
        halves = [square(column, row, 0.5), square(column + 0.5, row, 0.5)]
        estat += [feature(key, half) for half in halves]
    estat.append(feature({"KEY_CODE": "9920199900", "S_NAME": "", "HCODE": 8101}, square(3, 0, 0.1, 0.1)))
    estat.append(feature({"KEY_CODE": "9920199800", "S_NAME": "水面", "HCODE": 8154}, square(2, 1)))
    mainland, island = municipality("見本市", "99201"), municipality("見本市", "99201")
    neighbour = municipality("隣市", "99202")
    files = {
        "n03.geojson": geojson(
            [feature(neighbour, square(2, 0)), feature(mainland, square(0, 0, 2, 2)), feature(island, square(3, 0))]
        ),
        "towns.csv": table(town_rows()),
        "estat.geojson": geojson(estat),
        "area.json": area_json(),
        "quake.csv": table([{"細分区域コード": "990", "市町村等コード": "9920100"}]),
        "tsunami.csv": table([{"code": "991", "name": "架空県"}, {"code": "992", "name": "架空県南部"}]),
        "rivers.csv": table(
            [
                {"予報区域コード": "990000000100", "対象市町村": "隣市 見本市"},
                {"予報区域コード": "990000000200", "対象市町村": "隣市"},
            ]
        ),
        "a27.geojson": geojson(
            [
                school_area("B199210000001", "北小学校", square(0, 0.85, 2, 1.15)),
                school_area("B199210000002", "南小学校", square(0, 0, 4, 0.85)),
            ]
        ),
        "schools.csv": table(
            [
                school_row("浜小学校", "1503", "北浜一丁目全域"),
                school_row("浜中学校", "1504", "北浜一丁目;北浜二丁目1番地～20番地;南浜全域"),
                school_row("山中学校", "1504", "北浜2丁目21番地以降の番地;見本市大字山田;離島町"),
            ]
        ),
        "sites.csv": "\n".join([SITE_COLUMNS, site(1, "浜公園", "南浜"), site(2, "丘の上広場", "大字山田")]).encode(),
        "KEN_ALL.CSV": ken_all(),
    }
    for name, raw in files.items():
        (folder / name).write_bytes(raw)


def write_shapefile(folder: Path, encoding: str = "cp932") -> Path:
    """The areas of e-Stat as it delivers them."""
    with shapefile.Writer(str(folder / "r2ka99"), shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        for name in ("KEY_CODE", "S_NAME", "HCODE"):
            writer.field(name, "C", 40)
        for one in json.loads((folder / "estat.geojson").read_text(encoding="utf-8"))["features"]:
            writer.poly(one["geometry"]["coordinates"])
            writer.record(*(str(one["properties"][name]) for name in ("KEY_CODE", "S_NAME", "HCODE")))
    return folder / "r2ka99.shp"
