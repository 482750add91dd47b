"""The official colours of the warning levels (jma.md §3.7; 内閣府・気象庁 警戒レベルの配色)."""

COLOURS: dict[int, str] = {
    5: "#0C000C",  # black
    4: "#AA00AA",  # purple
    3: "#FF2800",  # red
    2: "#F2E700",  # yellow
}


def colour_of(level: int | None, rank: int) -> str | None:
    """The colour of a level; of the rank where the kind has no level, as JMA's own map does."""
    return COLOURS.get(rank if level is None else level)
