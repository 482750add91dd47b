"""docs/phrases is what the tables say now."""

from pathlib import Path

import pytest

from alerts.wording.tables import Wording
from bosai.phrasebook.pages import pages
from bosai.phrasebook.preview import previews
from bosai.phrasebook.typical import typical

FOLDER = Path(__file__).parents[3] / "docs/phrases"
WORDING = Wording.load()
WRITTEN = dict(pages(WORDING)) | previews(WORDING)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_is_as_its_phrases_are(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITTEN[name], "run: bosai phrases docs/phrases"


def test_no_page_is_left_of_a_language_there_was():
    pictures = {f"preview/{language}.png" for language in WORDING.languages}
    found = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    assert found == set(WRITTEN) | pictures


@pytest.mark.parametrize("language", WORDING.languages)
def test_every_phrase_has_a_line_to_sign_beside_its_japanese_source_and_state(language):
    table = WORDING.tables[language]
    lines = [line for line in WRITTEN[f"{language}.md"].splitlines() if line.startswith("| `")]
    assert len(lines) == len(table.phrases)
    for line, (key, phrase) in zip(lines, sorted(table.phrases.items()), strict=True):
        cells = [cell.strip() for cell in line.strip("|").replace("\\|", "/").split("|")]
        assert cells[0] == f"`{key}`"
        assert cells[-3:] == [phrase.source, phrase.review, ""]


@pytest.mark.parametrize("language", WORDING.languages)
def test_a_picture_of_ten_alerts_is_there_and_small(language):
    assert len(list(typical(WORDING, language))) == 10
    picture = FOLDER / f"preview/{language}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < 450_000
