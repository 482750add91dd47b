"""Cities that a telegram speaks of: most telegrams say nothing about the pack's own, and would prove little."""

from dataclasses import replace
from random import Random

from lxml import etree

from alerts.city.codes import CityCodes

NAMED = 12  # such cities a telegram, of which most have nothing in force


def cities_of(raw: bytes, own: CityCodes, random: Random) -> tuple[CityCodes, ...]:
    """The city itself, and some made of codes that the telegram names; the same `random` gives the same ones."""
    root = etree.fromstring(raw)
    codes = [(each.text or "").strip() for each in root.iter("{*}Code", "{*}CityCode")]
    rivers = [(each.text or "").strip() for each in root.iterfind("{*}Head/{*}EventID")]
    by_length = {length: [code for code in codes if len(code) == length] for length in (3, 6, 7, 12)}
    named = [_city(own, by_length, rivers, random) for _ in range(NAMED)]
    title = root.findtext("{*}Head/{*}Title") or ""
    return (own, *(replace(city, prefecture=title[:3] or own.prefecture) for city in named))


def _city(own: CityCodes, by_length: dict[int, list[str]], rivers: list[str], random: Random) -> CityCodes:
    def any_of(length: int, otherwise: str) -> str:
        """One of the known codes of so many digits."""
        return random.choice(by_length[length] or [otherwise])

    municipality = any_of(7, own.municipality)
    return replace(
        own,
        municipality=municipality,
        code=municipality[:5],
        class10=any_of(6, own.class10),
        office=(by_length[6] or [own.office])[0],
        quake_region=any_of(3, own.quake_region),
        tsunami_region=any_of(3, own.tsunami_region),
        rivers=tuple({*by_length[12], *rivers}) or own.rivers,
    )
