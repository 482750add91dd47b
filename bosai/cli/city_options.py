"""The options of `bosai city new`: what each file is, and whose (docs/new-city.md)."""

from collections.abc import Callable
from pathlib import Path

import click

from alerts.city.making.jma_codes import INLAND

FILE = click.Path(path_type=Path)
_JMA = "of JMA's code tables (気象庁防災情報XML コード表), saved as CSV"
_OPTIONS = (
    click.option("--name", required=True, help="The municipality as N03 names it, 門真市."),
    click.option("--prefecture", required=True, help="Its prefecture, 大阪府."),
    click.option("--boundary", required=True, type=FILE, help="行政区域 N03 (国土数値情報): .geojson or .shp."),
    click.option(
        "--towns",
        required=True,
        type=FILE,
        help="Areas: 国勢調査 小地域 (e-Stat), .shp or .geojson. Or points: 位置参照情報 or Geolonia 住所データ, .csv.",
    ),
    click.option("--jma-areas", required=True, type=FILE, help="JMA's area.json (気象庁 bosai/common/const)."),
    click.option("--quake-areas", required=True, type=FILE, help=f"AreaForecastLocalE by AreaInformationCity, {_JMA}."),
    click.option("--tsunami-areas", required=True, type=FILE, help=f"AreaTsunami {_JMA}: code,name."),
    click.option("--rivers", type=FILE, help="指定河川洪水予報の予報区域 (気象庁), as CSV: code, 対象市町村."),
    click.option(
        "--elementary", type=FILE, help="小学校区: A27 (国土数値情報), or 標準オープンデータ 17 or a list, .csv."
    ),
    click.option("--junior-high", type=FILE, help="中学校区: A32, or as above."),
    click.option(
        "--sites", type=FILE, multiple=True, help="指定緊急避難場所 / 指定避難所 (国土地理院 CSV); may be repeated."
    ),
    click.option("--postal", type=FILE, help="KEN_ALL.CSV (日本郵便): postal codes and kana of the towns."),
    click.option("--jma-area", help="The municipality's name in area.json, where JMA divides it, 静岡市南部."),
    click.option("--tsunami-region", help=f"The tsunami region's name if not the prefecture's; {INLAND} for none."),
    click.option(
        "--day", type=click.DateTime(["%Y-%m-%d"]), help="When the files were downloaded; today if not given."
    ),
    click.option("--json", "json_output", is_flag=True, help="One JSON object."),
)


def making_options(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options; their names are those of `Order` but for the two levels of schools."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function
