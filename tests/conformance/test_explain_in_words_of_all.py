"""Every shared telegram is explained to an officer in whole Japanese sentences, whatever becomes of it."""

import re
from pathlib import Path

import pytest

from alerts.city.pack import bundled, load_pack
from alerts.explain import explain
from bosai.cli.in_words import in_words

SHARED = Path(__file__).parents[3] / "shared"
TELEGRAMS = sorted((SHARED / "telegrams").glob("*/*.xml"))
if not TELEGRAMS:
    pytest.skip("../shared/telegrams is not beside this repository", allow_module_level=True)

PACK = load_pack(bundled())
_CODES = re.compile(r"（?V[A-Z]{3}[0-9]{0,2}）?|「[^」]*」")  # types, and what JMA itself calls something


@pytest.mark.parametrize("file", TELEGRAMS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_shared_telegram_is_explained_in_sentences(file: Path) -> None:
    said = in_words(explain(file.read_bytes(), file.name, PACK), PACK)
    what, *does = said.split("。")
    assert what.endswith("です")
    assert len(does) >= 2
    assert does[-1] == ""
    assert not re.search(r"[A-Za-z{}]", _CODES.sub("", said)), said


def test_copies_and_types_without_use_are_told_apart() -> None:
    said = {
        file.parent.name: in_words(explain(file.read_bytes(), file.name, PACK), PACK).split("。")[1]
        for file in TELEGRAMS
        if file.parent.name in {"VPWW53", "VPFD50", "VFVO52", "VGUV50"}
    }
    copy = "別の電文と同じ内容の写しなので、もとの電文だけを使い、これでは何もしません"
    useless = "市の防災には使わない種類の電文なので、何もしません"
    assert said == {"VPWW53": copy, "VPFD50": copy, "VFVO52": useless, "VGUV50": useless}
