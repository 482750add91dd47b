"""Places of refuge: 指定緊急避難場所 and 指定避難所 (city.md §2)."""

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


@dataclass(frozen=True, slots=True)
class Site:
    """One designated place. Its point is the yard for a site, the building for a shelter: up to 93 m apart."""

    id: str  # 共通ID
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
