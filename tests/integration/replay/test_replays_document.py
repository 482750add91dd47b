"""docs/replays.md shows what the replays of our own telegrams print; tests/conformance compares the others."""

from pathlib import Path

import pytest

from bosai.replay.document import blocks, run

ROOT = Path(__file__).parents[3]
OWN = [one for one in blocks((ROOT / "docs/replays.md").read_text(encoding="utf-8")) if "../shared" not in one.command]


@pytest.mark.parametrize("block", OWN, ids=lambda block: block.command)
def test_the_document_shows_what_the_replay_prints(block):
    assert run(block.command, ROOT) == block.printed


def test_the_stories_that_must_be_there_are_there():
    commands = " ".join(block.command for block in OWN)
    assert all(story in commands for story in ("replays/rain", "replays/flood", "replays/false-quake"))
    printed = "".join(block.printed for block in OWN)
    assert all(word in printed for word in ("に引き上げ", "に引き下げ", "【解除】", "【取消】", "no push"))
