"""The official colours: of the warning levels, and of earthquakes and tsunami, which have scales of their own.

Levels as 内閣府・気象庁 警戒レベルの配色 (jma.md §3.7).
The others as 気象庁ホームページにおける気象情報の配色に関する設定指針.
"""

LEVELS: dict[int, str] = {
    5: "#0C000C",  # black
    4: "#AA00AA",  # purple
    3: "#FF2800",  # red
    2: "#F2E700",  # yellow
}

INTENSITIES: dict[str, str] = {
    "7": "#B40068",
    "6+": "#A50021",
    "6-": "#FF2800",
    "5+": "#FF9900",
    "5-": "#FFE600",
    "5-?": "#FFE600",  # 震度５弱以上未入電: at least that
    "4": "#FAE696",
    "3": "#0041FF",
    "2": "#00AAFF",
    "1": "#F2F2FF",
}

TSUNAMI: dict[str, str] = {
    "52": "#C800FF",  # 大津波警報
    "53": "#C800FF",
    "51": "#FF2800",  # 津波警報
    "62": "#FAF500",  # 津波注意報
}

WITHOUT_CLASSES = frozenset({"earthquake", "long_period_motion", "nankai_trough"})
"""Hazards whose ranks are no class of warning: 震度３ is neither レベル３ nor 警報."""

_BY_CODE = {"earthquake": INTENSITIES, "tsunami": TSUNAMI}


def colour_of(hazard: str, code: str, level: int | None, rank: int) -> str | None:
    """The colour of a kind: on its own scale, of its level, or of its rank where it has none, as on JMA's own map."""
    if hazard in _BY_CODE:
        return _BY_CODE[hazard].get(code)
    return None if hazard in WITHOUT_CLASSES else LEVELS.get(rank if level is None else level)


def shade_of(hazard: str, level: int | None, rank: int) -> int:
    """The level, or the class of a kind without one, for pages that show no other scale; 0: neither."""
    return level or (0 if hazard in WITHOUT_CLASSES else rank)
