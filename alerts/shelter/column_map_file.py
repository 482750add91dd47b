"""Reads a saved mapping: a TOML file that says what a city's own columns and words mean (docs/operations.md)."""

from alerts.city.problems import PackError, Problems
from alerts.city.toml_section import Section, whole
from alerts.city.toml_source import read_toml
from alerts.shelter.column_map import ColumnMap, Flags
from alerts.shelter.site import SITE_HAZARDS

_FIELDS = ("id", "name", "address", "latitude", "longitude")
_OPTIONAL_FIELDS = ("note", "name_kana", "name_en", "capacity", "phone", "communities", "url")
_PLAIN_YES = frozenset({"1", "○", "◯", "〇", "有", "可", "はい", "該当", "yes", "true", "TRUE", "Yes"})


def read_column_map(raw: bytes, file: str) -> ColumnMap:
    """The mapping; raises `PackError` with every mistake and its line."""
    problems = Problems()
    source = read_toml(file, raw, problems)
    map_ = _column_map(whole(source, problems)) if source else None
    if map_ is None or problems.found:
        raise PackError(tuple(problems.found))
    return map_


def _column_map(top: Section) -> ColumnMap:
    top.only("title", "shelter", "municipality", "separator", "columns", "hazards", "values")
    flags = _flags(top.section("values"))
    return ColumnMap(
        title=top.text("title"),
        columns=_columns(top.section("columns")),
        hazards=_hazards(top.section("hazards")),
        flags=flags,
        shelter=top.text("shelter", default="") or None,
        municipality=top.text("municipality", default="") or None,
        separator=top.text("separator", default=";"),
        odd_yes=flags.yes - _PLAIN_YES,
    )


def _columns(section: Section) -> dict[str, tuple[tuple[str, ...], ...]]:
    """`name = "column"`, or a list of columns whose texts are joined."""
    section.only(*_FIELDS, *_OPTIONAL_FIELDS)
    given = [name for name in (*_FIELDS, *_OPTIONAL_FIELDS) if name in section.values or name in _FIELDS[1:]]
    return {name: (_one_or_more(section, name),) for name in given}


def _hazards(section: Section) -> dict[str, tuple[str, ...]]:
    """A hazard with several columns, such as two depths of flooding, counts where all of them say yes."""
    section.only(*SITE_HAZARDS)
    if not section.values:
        section.problem(None, f"name the column of at least one hazard; hazards are {', '.join(SITE_HAZARDS)}")
    return {name: _one_or_more(section, name) for name in SITE_HAZARDS if name in section.values}


def _flags(section: Section) -> Flags:
    """The words; a word in two lists means nothing."""
    section.only("yes", "no", "doubtful")
    lists = {name: frozenset(section.texts(name, default=())) for name in ("yes", "no", "doubtful")}
    if not lists["yes"]:
        section.problem("yes", 'yes must list the words that mean designated, like yes = ["○"]')
    for first, second in (("yes", "no"), ("yes", "doubtful"), ("no", "doubtful")):
        for word in sorted(lists[first] & lists[second]):
            section.problem(second, f"{word!r} stands under {first} and under {second}; a word means one thing")
    return Flags(**lists)


def _one_or_more(section: Section, name: str) -> tuple[str, ...]:
    if isinstance(section.values.get(name), list):
        return section.texts(name)
    return (section.text(name),)
