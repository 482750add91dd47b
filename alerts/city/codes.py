"""The codes that name one municipality in JMA's systems: `city.toml` (contract.md, City file; jma.md §3.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CityCodes:
    """Names and codes of the city. Every code is a string: leading zeros count."""

    name: str
    name_en: str
    prefecture: str
    code: str  # 全国地方公共団体コード, five digits
    municipality: str  # class20s and AreaInformationCity, seven digits
    class15: str
    class10: str
    office: str
    region: str
    quake_region: str  # AreaForecastLocalE
    tsunami_region: str
    rivers: tuple[str, ...]  # 指定河川洪水予報 areas, twelve digits; 発表区間 of 水位周知河川, ten
    names: Mapping[str, str] = field(default_factory=dict, hash=False)  # the city's name by language tag
    domain: str = ""  # the city's own, city.example.lg.jp: sends its CAP messages; empty where there is none
    switched_on: tuple[str, ...] = ()  # prepared entries of catalogue.toml that this city uses: VXSU, VXSE43
