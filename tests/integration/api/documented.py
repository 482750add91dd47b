"""The commands of a document, run in order in one shell as a reader would: real bash, real curl."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

SERVED = "http://127.0.0.1:8000"
"""Where the documents say that the service listens."""


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks with exactly this after the fence, `sh open-data`."""
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```", document, re.MULTILINE | re.DOTALL)


def printed_by(commands: Sequence[str], served: str, folder: Path) -> str:
    """What the commands print, against a service at `served`, in `folder`; fails where one of them fails."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: apt-get install curl")
    script = "\n".join(commands).replace(SERVED, served.rstrip("/"))
    shell = ("/bin/bash", "-euo", "pipefail", "-c", script)
    done = subprocess.run(shell, check=False, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def documents(text: str) -> Iterator[Any]:
    """The JSON values that stand in `text` one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        value, place = decoder.raw_decode(text, place)
        yield value
        while place < len(text) and text[place].isspace():
            place += 1
