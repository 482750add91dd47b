"""A writable copy of the Daito pack, and the pack itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.city.pack import CityPack, PackError, PackProblem, bundled, load_pack


@pytest.fixture(scope="session")
def daito() -> CityPack:
    return load_pack(bundled())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the Daito pack to break."""
    return Path(shutil.copytree(bundled(), tmp_path / "daito"))


@pytest.fixture
def problems_after(folder: Path) -> Callable[[str, str, str], list[PackProblem]]:
    """Replaces a text in one file of the copy and returns the problems that loading it reports."""

    def edit(name: str, old: str, new: str) -> list[PackProblem]:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PackError) as error:
            load_pack(folder)
        return list(error.value.problems)

    return edit
