"""Places of refuge: 指定緊急避難場所 and 指定避難所 (city.md §2)."""

import re
from dataclasses import dataclass
from enum import StrEnum


class SiteKind(StrEnum):
    """What a place is designated as. One facility may be both, and is then two sites."""

    EMERGENCY_SITE = "emergency_site"  # 指定緊急避難場所: to flee to, designated per hazard
    SHELTER = "shelter"  # 指定避難所: to stay in afterwards


SITE_HAZARDS: dict[str, str] = {
    "flood": "洪水",
    "landslide": "崖崩れ、土石流及び地滑り",
    "storm_surge": "高潮",
    "earthquake": "地震",
    "tsunami": "津波",
    "large_fire": "大規模な火事",
    "inland_flood": "内水氾濫",
    "volcano": "火山現象",
}
"""Hazards a site can be designated for, and their names in GSI's and the standard's columns (災害対策基本法施行令)."""

COMMON_ID = re.compile(r"E(\d{5})\d{5}([12])([012])\d")
"""共通ID: municipality and facility, then kind (1 shelter, 2 site), general or welfare, serial (city.md §2.1)."""

FACILITY_CHARACTERS = 11
SHELTER_SUFFIX = "-shelter"  # of a designated shelter that is known only as the other side of an emergency site


@dataclass(frozen=True, slots=True)
class Site:
    """One designated place. Its point is the yard for a site, the building for a shelter: up to 93 m apart."""

    id: str  # 共通ID, or the city's own number behind its code: 99201-12
    kind: SiteKind
    facility: str  # equal for the two sites of one facility: the first 11 characters of 共通ID
    name: str
    address: str
    latitude: float
    longitude: float
    hazards: tuple[str, ...]  # keys of SITE_HAZARDS; always empty for a shelter
    welfare: bool  # 福祉避難所
    accepts: str | None  # 受入対象者
    note: str | None
    name_kana: str | None = None
    name_en: str | None = None
    capacity: int | None = None  # 想定収容人数
    phone: str | None = None
    communities: tuple[str, ...] = ()  # 対象となる町会・自治会
    url: str | None = None


def facility_of(site_id: str) -> str:
    """The facility that an id belongs to: of a 共通ID its first 11 characters, of a city's own number the number."""
    return site_id[:FACILITY_CHARACTERS] if COMMON_ID.fullmatch(site_id) else site_id.removesuffix(SHELTER_SUFFIX)
