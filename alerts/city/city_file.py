"""Reads `city.toml`: the names and codes of one municipality (contract.md, City file)."""

from alerts.city.codes import CityCodes
from alerts.city.pack_files import PackFiles
from alerts.city.toml_section import whole

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
_PREFECTURE_DIGITS = 2


def read_city(files: PackFiles) -> CityCodes | None:
    """The city's codes; None, with problems noted, where the file is missing or not TOML."""
    source = files.city_toml()
    if source is None:
        return None
    top = whole(source, files.problems)
    top.only("city", "jma")
    city, jma = top.section("city"), top.section("jma")
    city.only(*_CITY, "names")
    names = city.section("names") if "names" in city.values else None
    jma.only(*_CODES, "rivers")
    codes = CityCodes(
        name=city.text("name"),
        name_en=city.text("name_en"),
        prefecture=city.text("prefecture"),
        code=city.digits("code", 5),
        rivers=jma.digits_list("rivers", _RIVER_DIGITS),
        names={language: names.text(language) for language in names.values} if names else {},
        **{key: jma.digits(key, *lengths) for key, lengths in _CODES.items()},
    )
    if codes.code and codes.municipality and codes.code[:_PREFECTURE_DIGITS] != codes.municipality[:_PREFECTURE_DIGITS]:
        jma.problem("municipality", f"{codes.municipality} and the city's code {codes.code} are of two prefectures")
    return codes
