"""An address in words becomes districts: the towns of the pack against every spelling people use (city.md §0-1).

A bare town name is never taken for certain: 新町 and the like exist in many cities.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from alerts.city.address_text import NUMBER, OAZA, folded, number, parts_of
from alerts.city.codes import CityCodes
from alerts.city.district import District

_POSTAL_CODE = re.compile(r"〒?(\d{3})-?(\d{4})(?!\d)")
_FIRST_NUMBER = re.compile(rf"({NUMBER})(丁目?|チヨウメ|番地?|号|バンチ?|ゴウ)?")
_MUNICIPALITY = re.compile(r"\D{1,7}?[都道府県市区郡]|\D{1,5}?[町村](?=\D)")


class Certainty(StrEnum):
    """How far a place is known. `confirm`: a likely town, but the person did not name the city."""

    EXACT = "exact"
    SEVERAL = "several"
    CONFIRM = "confirm"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """The districts an address may lie in; with `outside` and `unknown` there is none."""

    certainty: Certainty
    districts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    district: District
    chome: int | None
    is_oaza: bool


_UNKNOWN = AddressMatch(Certainty.UNKNOWN)
_OUTSIDE = AddressMatch(Certainty.OUTSIDE)


class AddressBook:
    """The towns of one city by their names and kana, and by postal code."""

    def __init__(self, codes: CityCodes, districts: Iterable[District]) -> None:
        self._city, self._prefecture = folded(codes.name), folded(codes.prefecture)
        self._towns: dict[str, list[_Entry]] = defaultdict(list)
        self._by_postal_code: dict[str, list[District]] = defaultdict(list)
        for district in districts:
            self._by_postal_code[district.postal_code].append(district)
            for name in filter(None, (district.name, district.kana)):
                parts = parts_of(name)
                self._towns[parts.base].append(_Entry(district, parts.chome, parts.is_oaza))
        self._by_length = sorted(self._towns, key=len, reverse=True)

    def find(self, address: str) -> AddressMatch:
        """The districts that an address names; its numbers below the block, and a building, are not looked at."""
        text = folded(address)
        code = _POSTAL_CODE.match(text)
        text = text[code.end() :] if code else text
        posted = self._by_postal_code.get(code[1] + code[2], []) if code else []
        is_named, rest = self._within_city(text)
        town = self._town(rest)
        if town:
            is_sure = is_named or any(district in posted for district in town)
            return _match(town, None if is_sure else Certainty.CONFIRM)
        if not is_named and _MUNICIPALITY.match(rest):
            return _OUTSIDE
        return _match(posted, Certainty.SEVERAL) if posted else _UNKNOWN

    def _within_city(self, text: str) -> tuple[bool, str]:
        """Whether the city is named at the start, and what follows its name."""
        before, found, after = text.partition(self._city)
        before = before.removeprefix("日本").removeprefix(self._prefecture)
        if found and (not before or re.fullmatch(r"\D{1,5}郡", before)):
            return True, after
        return False, text.removeprefix("日本").removeprefix(self._prefecture)

    def _town(self, rest: str) -> list[District]:
        """The districts of the longest name that the text begins with; several where it does not say which block."""
        prefix = OAZA.match(rest)
        rest = rest[prefix.end() :] if prefix else rest
        for base in self._by_length:
            after = rest[len(base) :]
            if rest.startswith(base) and not after.startswith(tuple("市区郡町村")):
                return _of_blocks(self._towns[base], after, is_oaza=prefix is not None)
        return []


def _of_blocks(entries: list[_Entry], after: str, *, is_oaza: bool) -> list[District]:
    """Those of a town's districts that the first number after its name can mean; all of them if it says nothing."""
    blocks = {entry.chome: entry.district for entry in entries if entry.chome is not None}
    whole = [entry.district for entry in entries if entry.chome is None]
    found = _FIRST_NUMBER.match(after)
    says_block = found is not None and (found[2] or "").startswith(("丁", "チ"))
    says_lot = found is not None and found[2] is not None and not says_block
    if is_oaza and any(entry.is_oaza for entry in entries) and not says_block:
        return [entry.district for entry in entries if entry.is_oaza]
    if found and not says_lot and number(found[1]) in blocks:
        return [blocks[number(found[1])]]
    if whole and (not blocks or (found and not says_block)):
        return whole
    return [*blocks.values(), *whole]


def _match(districts: list[District], certainty: Certainty | None) -> AddressMatch:
    ids = tuple(dict.fromkeys(district.id for district in districts))
    return AddressMatch(certainty or (Certainty.EXACT if len(ids) == 1 else Certainty.SEVERAL), ids)
