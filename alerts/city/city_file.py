"""Reads `city.toml`: the names and codes of one municipality (contract.md, City file)."""

import re

from alerts.city.codes import CityCodes
from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import Section, whole
from alerts.telegram import catalogue

_CITY = ("name", "name_en", "prefecture", "code")
_CODES: dict[str, tuple[int, ...]] = {  # digits; some prefectures have no region of their own and write 000000
    "municipality": (7,),
    "class15": (6,),
    "class10": (6,),
    "office": (6,),
    "region": (6,),
    "quake_region": (3, 6),
    "tsunami_region": (3, 6),
}
_RIVER_DIGITS = 12
_NOTIFIED_RIVERS, _NOTIFIED_RIVER_DIGITS = "VXSU", 10  # 水位周知河川, by 発表区間
_PREFECTURE_DIGITS = 2
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def read_city(files: PackFiles) -> CityCodes | None:
    """The city's codes; None, with problems noted, where the file is missing or not TOML."""
    source = files.city_toml()
    if source is None:
        return None
    top = whole(source, files.problems)
    top.only("city", "jma")
    city, jma = top.section("city"), top.section("jma")
    city.only(*_CITY, "names", "domain")
    names = city.section("names") if "names" in city.values else None
    jma.only(*_CODES, "rivers", "switched_on")
    switched_on = _switched_on(jma)
    river_digits = (_RIVER_DIGITS, *((_NOTIFIED_RIVER_DIGITS,) if _NOTIFIED_RIVERS in switched_on else ()))
    codes = CityCodes(
        name=city.text("name"),
        name_en=city.text("name_en"),
        prefecture=city.text("prefecture"),
        code=city.digits("code", 5),
        rivers=jma.digits_list("rivers", *river_digits),
        names={language: names.text(language) for language in names.values} if names else {},
        domain=_domain(city),
        switched_on=switched_on,
        **{key: jma.digits(key, *lengths) for key, lengths in _CODES.items()},
    )
    if codes.code and codes.municipality and codes.code[:_PREFECTURE_DIGITS] != codes.municipality[:_PREFECTURE_DIGITS]:
        jma.problem("municipality", f"{codes.municipality} and the city's code {codes.code} are of two prefectures")
    return codes


def _domain(city: Section) -> str:
    """The city's own domain, empty where it says nothing."""
    domain = city.text("domain", default="")
    if domain and not _DOMAIN.fullmatch(domain):
        city.problem("domain", f"{domain!r} is no domain in small letters, like city.example.lg.jp")
        return ""
    return domain


def _switched_on(jma: Section) -> tuple[str, ...]:
    """The prepared types of telegrams that the city uses; none where it says nothing."""
    prepared = catalogue.prepared()
    wanted = jma.texts("switched_on", default=())
    for name in wanted:
        if name not in prepared:
            jma.problem("switched_on", f"{name!r} cannot be switched on; prepared are: {', '.join(prepared)}")
    return tuple(name for name in dict.fromkeys(wanted) if name in prepared)
