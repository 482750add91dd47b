"""A digest names what it sums up, in every language and also where no phrase may be used (R3)."""

import pytest

from alerts.alert import Change
from alerts.wording.matrix import Case, revision_of, sayable_kinds
from alerts.wording.proof import SAMPLE_CITY
from alerts.wording.tables import Wording

WORDING = Wording.load()
ADVISORIES = [kind for kind in sayable_kinds() if kind.rank == 2 and kind.type == "VPWW61"]


def told(count):
    return [revision_of(kind, Case(Change.ISSUE, None, False)) for kind in ADVISORIES[:count]]


def digest(wording, language, count, *, drill=False):
    items = told(count)
    return wording.digest(items[-1], items, language, drill=drill, city=SAMPLE_CITY)


@pytest.mark.parametrize("language", WORDING.languages)
def test_few_notices_are_all_named_and_many_are_counted(language):
    two, all_of_them = digest(WORDING, language, 2), digest(WORDING, language, len(ADVISORIES))
    assert (two.language, two.silent, len(two.digest)) == (language, True, 2)
    names = [WORDING.tables[language].first(f"kind.{one.hazard}.{one.code}").text for one in told(2)]
    assert all(name in two.body for name in names)
    assert len(all_of_them.body) <= WORDING.tables[language].body_limit
    assert len(all_of_them.digest) == len(ADVISORIES)


def test_in_japanese_the_names_are_jmas_own():
    assert "雷注意報、融雪注意報" in digest(WORDING, "ja", 2).body
    assert digest(WORDING, "ja", 1, drill=True).title.startswith("【訓練】")


def test_where_no_phrase_may_be_used_the_official_names_are_left():
    unreviewed = WORDING.withholding(())
    said = digest(unreviewed, "ja", 2, drill=True)
    assert said.body == "【訓練】見本市　雷注意報、融雪注意報　発表中"
    assert "ほか" in digest(unreviewed, "ja", len(ADVISORIES)).body
