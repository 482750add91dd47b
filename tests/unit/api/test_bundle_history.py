"""A part makes of any edition that a phone may hold the newest one, whatever has been forgotten meanwhile."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.residents.bundle.edition import SECTIONS, VERSION_PATTERN, Edition
from api.residents.bundle.history import History

ROWS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "2"]), max_size=4)
EDITIONS = st.lists(st.fixed_dictionaries({"openings": ROWS, "situation": ROWS}), min_size=1, max_size=8)


def edition(**sections: dict[str, str]) -> Edition:
    rows = {name: {f"{name}/{key}": text for key, text in sections.get(name, {}).items()} for name in SECTIONS}
    return Edition(rows)


def patched(body: bytes, part: bytes) -> bytes:
    """The rows after a part, as docs/offline-bundle.md says."""
    rows = dict(line.split(b"\t") for line in body.splitlines())
    for line in part.splitlines():
        key, tab, text = line.partition(b"\t")
        if tab:
            rows[key] = text
        else:
            whole = key.endswith(b"/")
            rows = {one: kept for one, kept in rows.items() if one != key and not (whole and one.startswith(key))}
    return b"".join(key + b"\t" + text + b"\n" for key, text in sorted(rows.items()))


def told(editions: list[Edition]) -> History:
    history = History()
    for before, now in pairwise(editions):
        history.note(before, now)
    return history


@given(EDITIONS)
def test_a_part_makes_the_newest_edition_of_every_former_one(found):
    editions = [edition(**one) for one in found]
    history = told(editions)
    for former in editions:
        part = history.patch(former.version, editions[-1])
        assert part is not None
        assert patched(former.body, part) == editions[-1].body


@given(EDITIONS)
def test_a_part_is_right_too_where_nobody_remembers(found):
    editions = [edition(**one) for one in found]
    for former in editions:
        part = History().patch(former.version, editions[-1])
        assert patched(former.body, part or b"") == editions[-1].body


def test_who_has_the_newest_gets_nothing():
    newest = edition(openings={"a": "1"})
    assert History().patch(newest.version, newest) == b""


def test_one_changed_row_is_all_that_is_sent():
    before = edition(openings={"a": "1", "b": "1"}, sites={"a": "1"})
    now = edition(openings={"a": "1", "b": "2"}, sites={"a": "1"})
    assert told([before, now]).patch(before.version, now) == b"openings/b\t2\n"


def test_a_row_that_is_gone_is_named():
    before, now = edition(situation={"a": "1", "b": "1"}), edition(situation={"b": "1"})
    assert told([before, now]).patch(before.version, now) == b"situation/a\n"


def test_what_is_again_as_it_was_is_not_sent():
    first, other = edition(openings={"a": "1"}), edition(openings={"a": "2"})
    assert told([first, other, first]).patch(first.version, first) == b""


def test_after_a_start_only_the_sections_that_differ_are_sent():
    before = edition(openings={"a": "1"}, phrases={"ja": "1"})
    now = edition(openings={"b": "2"}, phrases={"ja": "1"})
    assert History().patch(before.version, now) == b"openings/\nopenings/b\t2\n"


def test_a_version_of_which_nothing_is_known_has_no_part():
    assert History().patch("A" * 64, edition(sites={"a": "1"})) is None


def test_only_so_many_changes_are_remembered():
    editions = [edition(openings={"a": str(number)}, sites={"a": "1"}) for number in range(600)]
    history = told(editions)
    assert history.patch(editions[0].version, editions[-1]) == b"openings/\nopenings/a\t599\n"
    assert history.patch(editions[-2].version, editions[-1]) == b"openings/a\t599\n"


@pytest.mark.parametrize("rows", [{}, {"a": "1"}])
def test_a_version_fits_into_an_address(rows):
    assert re.match(VERSION_PATTERN, edition(sites=rows).version)
