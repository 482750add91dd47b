"""One Markdown page a language, with a line to sign under each phrase; and the page that explains them."""

from collections import Counter
from collections.abc import Iterator

from alerts.wording.phrases import OFFICIAL, Phrase, PhraseTable, Review
from alerts.wording.tables import Wording
from bosai.phrasebook.typical import Shown, typical

_GUIDE = """# Phrases

What phones say, language by language, for native speakers to read and sign. Made by `bosai phrases docs/phrases`; a
test fails when a page is older than its phrases. The pictures are the pages in `preview/`, taken by Chromium:

```sh
for page in docs/phrases/preview/*.html; do
  chromium --headless --no-sandbox --hide-scrollbars --window-size=1200,1120 --screenshot="${page%.html}.png" "$page"
done
```

How to review: read the ten alerts, then every phrase beside the Japanese. Is it right, plain, and impossible to take
for another level? Correct what is not, sign the line. Then the office sets `review = "reviewed"` in `alerts/wording/`
and names the signed page under `[sources]`. `official` terms are JMA's and the Cabinet Office's: they are not ours to
change; if one reads wrong, say so and it goes to JMA. What `unreviewed` means for residents:
[decision 14](../decisions/0014-what-nobody-has-reviewed.md).

| language | page | phrases | official | reviewed | unreviewed |
|---|---|---|---|---|---|
"""


def pages(wording: Wording) -> Iterator[tuple[str, str]]:
    """File names and their text."""
    rows = [_row(wording.tables[language]) for language in wording.languages]
    yield "README.md", _GUIDE + "\n".join(rows) + "\n"
    for language in wording.languages:
        yield f"{language}.md", _page(wording, wording.tables[language])


def _row(table: PhraseTable) -> str:
    states = Counter(phrase.review for phrase in table.phrases.values())
    counts = " | ".join(str(states[state]) for state in Review)
    return f"| {table.name} | [{table.language}]({table.language}.md) | {len(table.phrases)} | {counts} |"


def _page(wording: Wording, table: PhraseTable) -> str:
    sources = "\n".join(f"* `{key}`: {source}" for key, source in sorted(table.sources.items()))
    alerts = "\n".join(_alert(number, shown) for number, shown in enumerate(typical(wording, table.language), 1))
    return (
        f"# {table.name} ({table.language})\n\n"
        "Reviewer, and how this language is yours: ______________________ Date: ______________\n\n"
        f"![Ten typical alerts on a phone](preview/{table.language}.png)\n\n"
        f"## Ten typical alerts\n\n{alerts}\n"
        f"## Sources\n\n{sources}\n\n"
        f"## Phrases\n\nLine breaks part shorter forms of the same; words in braces are filled in.\n\n"
        f"{_table(wording.tables[OFFICIAL], table)}\n"
    )


def _alert(number: int, shown: Shown) -> str:
    text = shown.text
    return f"{number}. {shown.about}\n   * **{text.title}**\n   * {text.body}\n   * read aloud: {text.spoken}\n"


def _table(official: PhraseTable, table: PhraseTable) -> str:
    own = table.language == OFFICIAL
    head = (
        "| key | 日本語 | source | state | signature |" if own else "| key | 日本語 | {} | source | state | signature |"
    )
    lines = [head.format(table.name), "|---" * (5 if own else 6) + "|"]
    for key, phrase in sorted(table.phrases.items()):
        japanese = [] if own else [_cell(official.phrases.get(key))]
        lines.append("| " + " | ".join([f"`{key}`", *japanese, _cell(phrase), phrase.source, phrase.review, ""]) + " |")
    return "\n".join(lines)


def _cell(phrase: Phrase | None) -> str:
    return "<br>".join(form.replace("|", "\\|") for form in phrase.forms) if phrase else "–"
