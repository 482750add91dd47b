"""What a telegram says of the earthquake itself, for the reader of an alert (jma.md §3.5)."""

from collections.abc import Iterator

from lxml import etree

from alerts.telegram.texts import all_of, lines_of, text_of


def earthquake_lines(root: etree._Element) -> Iterator[str]:
    """One line an earthquake, then JMA's fixed comments, such as whether a tsunami is to be feared.

    Depth and magnitude are JMA's descriptions, never numbers: an unknown magnitude is `Ｍ不明` or
    `Ｍ８を超える巨大地震` beside the number NaN.
    """
    for earthquake in all_of(root, "s:Body/s:Earthquake"):
        if line := "　".join(filter(None, (_place(earthquake), _magnitude(earthquake)))):
            yield line
    for comment in all_of(root, "s:Body/s:Comments/s:ForecastComment"):
        yield from lines_of(text_of(comment, "s:Text"))


def _place(earthquake: etree._Element) -> str:
    name = text_of(earthquake, "s:Hypocenter/s:Area/s:Name")
    where = _description(earthquake, "s:Hypocenter/s:Area/e:Coordinate")
    return f"震源：{name}（{where}）" if name and where else f"震源：{name}" if name else ""


def _magnitude(earthquake: etree._Element) -> str:
    return _description(earthquake, "e:Magnitude")


def _description(earthquake: etree._Element, path: str) -> str:
    return next((each.get("description", "").strip() for each in all_of(earthquake, path)), "")
