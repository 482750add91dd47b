"""A document with replays in it: each stands between its command and an end mark, and is written by the command."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"<!-- (bosai replay [^\n]*) -->\n(.*?)<!-- end of replay -->\n", re.DOTALL)
_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Block:
    """One replay of a document: its command, and what the document says that it prints."""

    command: str
    printed: str


def blocks(text: str) -> Iterator[Block]:
    """The replays of a document, in its order."""
    return (Block(found[1], found[2]) for found in _BLOCK.finditer(text))


def run(command: str, root: Path) -> str:
    """What the command prints at `root`, the repository; raises `CalledProcessError`.

    A word with an asterisk stands for the files it matches.
    """
    words = [path for word in shlex.split(command)[1:] for path in _files(word, root)]
    done = subprocess.run(
        [sys.executable, "-m", "bosai", *words], cwd=root, stdout=subprocess.PIPE, check=True, timeout=_SECONDS
    )
    return done.stdout.decode()


def written_anew(text: str, root: Path) -> str:
    """The document with every replay as its command prints it now."""

    def again(found: re.Match[str]) -> str:
        """One block, with what its command prints now."""
        return f"<!-- {found[1]} -->\n{run(found[1], root)}<!-- end of replay -->\n"

    return _BLOCK.sub(again, text)


def _files(word: str, root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.glob(word)) if "*" in word else [word]
