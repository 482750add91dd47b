"""Whatever is done to a file of a pack, loading it either works or says what is wrong."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.city.pack import PackError, PackProblem, bundled, load_pack

FILES = sorted(path.name for path in bundled().iterdir() if path.is_file() and path.suffix != ".md")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(bundled(), tmp_path_factory.mktemp("damage") / "daito"))


@pytest.mark.no_cover
@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(FILES), data=st.data())
def test_damage_is_reported_never_a_crash(copy: Path, name: str, data: st.DataObject) -> None:
    whole = (bundled() / name).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    junk = data.draw(st.sampled_from([b"", b"\x00", b"\xff", b'"', b"[", b"{}", b"null", b"1", b"true", b"\n", b","]))
    (copy / name).write_bytes(whole[:start] + junk + whole[end:])
    try:
        problems = problems_of(copy)
    finally:
        (copy / name).write_bytes(whole)
    assert all(problem.message and Path(problem.file).name for problem in problems)


def problems_of(folder: Path) -> tuple[PackProblem, ...]:
    try:
        load_pack(folder)
    except PackError as error:
        return error.problems
    return ()
