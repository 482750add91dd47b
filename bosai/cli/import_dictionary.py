"""`bosai import dictionary`: what JMA's multilingual dictionary fills, changes and contradicts (jma.md §4)."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from alerts.wording.dictionary import Dictionary, DictionaryError, read_dictionary
from alerts.wording.dictionary_check import Comparison, Judgement, as_table, compare
from alerts.wording.tables import Wording
from bosai.cli.errors import BadInputError, bad_input
from bosai.cli.output import as_json, print_line
from bosai.dictionary_file import UnreadableDictionaryError, sheets

_SHOWN = tuple(judgement for judgement in Judgement if judgement is not Judgement.SAME)


@click.command("dictionary")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write the names of languages we have no table of."
)
@click.option("--json", "json_output", is_flag=True, help="One JSON object.")
def dictionary(file: Path, folder: Path | None, json_output: bool) -> None:
    """FILE is JMA's 多言語辞書, .xlsx or .csv. Shows what it does to our phrases, and changes none of them."""
    with bad_input(DictionaryError, UnreadableDictionaryError):
        wording = Wording.load()
        found = read_dictionary(sheets(file))
        comparisons = compare(wording, found)
    written = _write(folder, wording, comparisons) if folder else []
    print_line(as_json(_fields(found, comparisons, written)) if json_output else _as_text(found, comparisons, written))


def _write(folder: Path, wording: Wording, comparisons: Sequence[Comparison]) -> list[str]:
    """One file for each language without a table; never over one that is there."""
    files = {folder / one.language / "kinds.toml" for one in comparisons if one.language not in wording.tables}
    if there := sorted(file for file in files if file.exists()):
        raise BadInputError(f"{there[0]} is there already; name another folder")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        own = [one for one in comparisons if one.language == file.parent.name]
        file.write_text(as_table(own), encoding="utf-8")
    return sorted(str(file) for file in files)


def _fields(found: Dictionary, comparisons: Sequence[Comparison], written: list[str]) -> dict[str, object]:
    by_judgement = {
        str(judgement): [
            {"language": one.language, "key": one.key, "ja": one.japanese, "dictionary": one.term, "ours": one.ours}
            for one in comparisons
            if one.judgement is judgement
        ]
        for judgement in _SHOWN
    }
    return {
        "terms": len(found.terms),
        "languages": list(found.languages),
        "unknown_columns": list(found.unknown),
        "same": sum(one.judgement is Judgement.SAME for one in comparisons),
        **by_judgement,
        "written": written,
    }


def _as_text(found: Dictionary, comparisons: Sequence[Comparison], written: list[str]) -> str:
    lines = [f"{len(found.terms)} terms in {len(found.languages)} languages beside Japanese"]
    if found.unknown:
        lines.append(f"columns that name no language: {', '.join(found.unknown)}")
    for language in found.languages:
        counts = Counter(one.judgement for one in comparisons if one.language == language)
        lines.append(f"{language}: " + ", ".join(f"{counts[judgement]} {judgement}" for judgement in Judgement))
    for one in comparisons:
        if one.judgement in _SHOWN:
            ours = f"; ours: {one.ours}" if one.ours else ""
            lines.append(f"  {one.judgement} {one.language} {one.key} {one.japanese}: {one.term}{ours}")
    lines += [f"wrote {file}" for file in written]
    lines.append("no phrase table was changed: what is right goes into alerts/wording by hand, with its source")
    return "\n".join(lines)
