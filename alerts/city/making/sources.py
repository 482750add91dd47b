"""Where a new pack's facts come from: `sources.toml` for programmes, `SOURCES.md` for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alerts.city.making.material import Origin
from alerts.city.making.writing import as_toml

GSI = Origin(
    title="国土地理院 指定緊急避難場所・指定避難所データ",
    licence="国土地理院コンテンツ利用規約",
    credit="国土地理院 指定緊急避難場所・指定避難所データを加工して作成",
    caution=(
        "最新の状況は市に確認してください。指定緊急避難場所と指定避難所は異なるもので、"
        "指定緊急避難場所は災害の種類ごとに指定されています。"
    ),
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """An origin with its id, and the files of the pack that hold its facts."""

    id: str
    origin: Origin
    files: tuple[str, ...]


def sources_toml(sources: Sequence[Sourced], day: date) -> str:
    """`sources.toml`: licence and credit of every file."""
    parts = ["# Where the pack's facts come from. `credit` must be shown wherever the data is shown.\n"]
    for source in sources:
        origin = source.origin
        keys = {"id": source.id, "title": origin.title, "licence": origin.licence, "credit": origin.credit}
        last = {"derived": origin.derived, "caution": origin.caution}
        parts.append("\n[[source]]\n" + "".join(f"{key} = {as_toml(value)}\n" for key, value in keys.items()))
        parts.append(f"date = {day.isoformat()}\nfiles = [{', '.join(map(as_toml, source.files))}]\n")
        parts.append("".join(f"{key} = {as_toml(value)}\n" for key, value in last.items() if value))
    return "".join(parts)


def sources_md(city: str, sources: Sequence[Sourced], day: date) -> str:
    """The same as a table, for whoever takes the pack over."""
    head = f"# {city}: where each file comes from\n\nMade by `bosai city new`; as downloaded by {day.isoformat()}.\n"
    rows = [
        f"| {', '.join(f'`{name}`' for name in source.files)} | {one.title} | {one.licence}; {one.credit} | "
        f"{' '.join(filter(None, (one.derived, one.caution)))} |"
        for source in sources
        for one in [source.origin]
    ]
    table = "| file | origin | licence, credit line | derived, caution |\n|---|---|---|---|\n"
    return f"{head}\n{table}" + "\n".join(rows) + "\n"
