"""docs/replays.md shows what the replays of the official samples print."""

from pathlib import Path

import pytest

from bosai.replay.document import blocks, run

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not (ROOT.parent / "shared").is_dir(), reason="../shared is missing: no samples here")
BLOCKS = [one for one in blocks((ROOT / "docs/replays.md").read_text(encoding="utf-8")) if "../shared" in one.command]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.command)
def test_the_document_shows_what_the_replay_of_samples_prints(block):
    assert run(block.command, ROOT) == block.printed


def test_the_three_official_series_are_there():
    commands = " ".join(block.command for block in BLOCKS)
    assert all(series in commands for series in ("32-39_11_", "32-35_08_", "VYSE5"))
