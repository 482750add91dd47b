"""The line of a key in a TOML file, for error messages."""

import pytest

from alerts.city.problems import Problems
from alerts.city.toml_source import TomlSource, read_toml

TEXT = b"""\
# a remark
name = "x" # another = remark

[city]
"code" = "1"

[[rule]]
id = "a"
[[rule.tell]]
because = "first"
[[rule.tell]]
because = "second"

[[rule]]
id = "b"
[[rule.tell]]
because = "third"
"""


@pytest.fixture
def source() -> TomlSource:
    read = read_toml("x.toml", TEXT, Problems())
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 2),
        (("city", "code"), 5),
        (("rule", 0, "id"), 8),
        (("rule", 0, "tell", 1, "because"), 12),
        (("rule", 1, "id"), 15),
        (("rule", 1, "tell", 0, "because"), 17),
    ],
)
def test_a_key_is_found_also_in_the_nth_table(source: TomlSource, path: tuple[str | int, ...], line: int) -> None:
    assert source.line_of(path) == line


def test_a_missing_key_is_reported_at_its_table(source: TomlSource) -> None:
    assert source.line_of(("city", "name")) == 4
    assert source.line_of(("rule", 1, "hazards")) == 14


def test_a_missing_table_has_no_line(source: TomlSource) -> None:
    assert source.line_of(("jma",)) is None


@pytest.mark.parametrize(("raw", "line"), [(b"a = 1\nb = \n", 2), (b'a = 1\nb = "', 2), (b"a = 1\nb = '\xff'\n", 2)])
def test_what_is_not_toml_is_reported_in_its_line(raw: bytes, line: int) -> None:
    problems = Problems()
    assert read_toml("x.toml", raw, problems) is None
    assert [problem.line for problem in problems.found] == [line]
