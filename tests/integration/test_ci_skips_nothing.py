"""With CI=true a skipped test is a failure: what was not run was not shown to work (issue 2)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

OUR_RULES = Path(__file__).parents[1] / "conftest.py"
TESTS = {
    "test_skips.py": 'import pytest\ndef test_one():\n    pytest.skip("no server")\n',
    "test_marked.py": 'import pytest\n@pytest.mark.skipif(True, reason="no server")\ndef test_one(): pass\n',
    "test_module.py": 'import pytest\npytest.skip("no server", allow_module_level=True)\ndef test_one(): pass\n',
    "test_known.py": "import pytest\n@pytest.mark.xfail\ndef test_one(): assert False\n",
    "test_passes.py": "def test_one(): pass\n",
    "conformance/test_cases.py": 'import pytest\ndef test_one():\n    pytest.skip("no references")\n',
}
SKIPPING = {"test_skips.py", "test_marked.py", "test_module.py"}


@pytest.fixture
def project(tmp_path):
    tests = tmp_path / "main" / "tests"
    for name, text in TESTS.items():
        (tests / name).parent.mkdir(parents=True, exist_ok=True)
        (tests / name).write_text(text)
    shutil.copy(OUR_RULES, tests / "conftest.py")
    return tmp_path / "main"


def refused(project: Path, *, ci: str) -> set[str]:
    """The test files that pytest calls failed under our rules."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rfE",
        "--continue-on-collection-errors",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        ".",
    ]
    environment = {**os.environ, "CI": ci}
    ran = subprocess.run([*command, "tests"], cwd=project, env=environment, check=False, capture_output=True, text=True)
    assert "1 passed" in ran.stdout, ran.stdout + ran.stderr
    return set(re.findall(r"^(?:FAILED|ERROR) tests/(\S+?\.py)", ran.stdout, re.MULTILINE))


def test_outside_ci_a_skip_is_a_skip(project):
    assert refused(project, ci="") == set()


def test_in_ci_every_skip_is_a_failure_but_that_of_missing_references(project):
    assert refused(project, ci="true") == SKIPPING


def test_in_ci_conformance_is_not_skipped_where_its_references_are(project):
    (project.parent / "shared").mkdir()
    assert refused(project, ci="true") == SKIPPING | {"conformance/test_cases.py"}
