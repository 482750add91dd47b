"""Whether a text is written as its readers write: letters, digits, furigana, and no Japanese era (issue 5.2, 5.5)."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from alerts.wording.phrases import PhraseTable
from alerts.wording.speech import FURIGANA

_VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơưÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ\u1ea0-\u1ef9"
_LETTERS: dict[str, tuple[str, str]] = {  # by language or script: what a text must have, what it must not have
    "vi": (f"[{_VIETNAMESE}]", f"[^ -~…–{_VIETNAMESE}]"),
    "Latn": (r"[A-Za-z]", r"[^ -~…–]"),
    "Jpan": (r"[\u3041-\u30ff\u4e00-\u9fff]", r"[A-Za-z]"),
    "Hira": (r"[\u3041-\u309f]", r"[A-Za-z０-９]"),
    "Hans": (r"[\u4e00-\u9fff]", r"[A-Za-z０-９\u3041-\u30ff\uac00-\ud7a3]"),
    "Hant": (r"[\u4e00-\u9fff]", r"[A-Za-z０-９\u3041-\u30ff\uac00-\ud7a3]"),
    "Kore": (r"[\uac00-\ud7a3]", r"[^ -@\[-`{-~…\uac00-\ud7a3]"),
}
_CHARACTERS = {"Hans": "gb2312", "Hant": "big5"}  # the standard that lists a script's Chinese characters
_AMBIGUOUS = {"Hant": "后里云几斗余范郁丑"}  # simplified for another character, though big5 has them too
_ERA = re.compile(r"令和|平成|昭和|れいわ|Reiwa|Heisei|레이와|헤이세이|Lệnh Hòa", re.IGNORECASE)
_HAN = re.compile(r"[\u3005\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u3005\u4e00-\u9fff]+")


def script_problem(table: PhraseTable, said: str, names: tuple[str, ...]) -> str | None:
    """What is wrong, None if nothing. `names` stand as on the sign and are not judged."""
    for name in names:
        said = said.replace(name, " ")
    return next((problem for check in _CHECKS for problem in check(table, said)), None)


def _letters(table: PhraseTable, said: str) -> Iterator[str]:
    needed, refused = _patterns(table.language if table.language in _LETTERS else table.script)
    if not needed.search(said):
        yield f"has no letter of {table.script}"
    elif wrong := refused.search(said):
        yield f"has {wrong.group()!r}, which is not {table.script}"


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    needed, refused = _LETTERS[key]
    return re.compile(needed), re.compile(refused)


def _characters(table: PhraseTable, said: str) -> Iterator[str]:
    """Simplified characters in a traditional text, traditional or Japanese ones in a simplified one."""
    encoding = _CHARACTERS.get(table.script)
    if encoding is None:
        return
    for letter in _HAN.findall(said):
        if letter in _AMBIGUOUS.get(table.script, "") or not _listed(letter, encoding):
            yield f"has {letter!r}, which is not {table.script}"


@cache
def _listed(letter: str, encoding: str) -> bool:
    return bool(letter.encode(encoding, "ignore"))


def _furigana(table: PhraseTable, said: str) -> Iterator[str]:
    """Kanji without their reading, in a language that names the ones it may leave so."""
    if not table.plain_words:
        return
    words = "|".join(map(re.escape, table.plain_words))
    for run in _HAN_RUN.findall(FURIGANA.sub("", said)):
        if not re.fullmatch(f"(?:{words})+", run):
            yield f"has {run!r} without furigana"


def _era(_table: PhraseTable, said: str) -> Iterator[str]:
    if found := _ERA.search(said):
        yield f"counts years by the Japanese era, {found.group()}"


_CHECKS: tuple[Callable[[PhraseTable, str], Iterator[str]], ...] = (_letters, _characters, _furigana, _era)
