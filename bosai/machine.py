"""What this machine has for the tests that need a browser or PostgreSQL; `make setup` says what is missing."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_POSTGRESQL = Path("/usr/lib/postgresql")
_CJK_FONTS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto"))


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """A Debian package and how to see that what it brings is there."""

    name: str
    brings: str
    present: Callable[[], bool]


def postgresql_binaries() -> Path | None:
    """The folder with initdb and postgres of the newest PostgreSQL installed, or None."""
    versions = sorted(_POSTGRESQL.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def chromium() -> Path | None:
    """The Chromium that browser tests drive, or None."""
    found = shutil.which("chromium")
    return Path(found) if found else None


def has_cjk_fonts() -> bool:
    """Whether Japanese text can be drawn, so that screenshots mean something."""
    return any(folder.glob("NotoSansCJK*") for folder in _CJK_FONTS if folder.exists())


PACKAGES = (
    SystemPackage("postgresql", "tests on a real PostgreSQL server", lambda: postgresql_binaries() is not None),
    SystemPackage("chromium", "tests of the pages in a real browser", lambda: chromium() is not None),
    SystemPackage("curl", "tests of the README's examples", lambda: shutil.which("curl") is not None),
    SystemPackage("fonts-noto-cjk", "Japanese text on screenshots", has_cjk_fonts),
)


def missing() -> list[SystemPackage]:
    """The packages that are not here. Nothing of them is needed to run the service."""
    return [package for package in PACKAGES if not package.present()]


def main() -> None:
    """Prints one line that brings what is missing, or that nothing is."""
    absent = missing()
    if not absent:
        print("bosai: ready; every test can run on this machine")  # noqa: T201  what the command is for
        return
    names = " ".join(package.name for package in absent)
    print(f"bosai: ready; for {', '.join(p.brings for p in absent)}: apt-get install -y {names}")  # noqa: T201


if __name__ == "__main__":
    main()
