"""What a voice reads aloud: whole sentences, without what only the eye understands."""

import re
from collections.abc import Mapping, Sequence

from alerts.wording.phrases import PhraseTable

FURIGANA = re.compile(r"([\u3005\u4e00-\u9fff]+)（([\u3041-\u309fー0-9 ]+)）")
_STOPS = {"Latn": ".", "Kore": "."}
_ENDS = (".", "。", "!", "！")


def spoken(table: PhraseTable, parts: Sequence[str], readings: Mapping[str, str]) -> str:
    """The parts as one text for a voice, each ended with a full stop.

    Furigana stand in for their kanji, so that nothing is read twice; `readings` are names that a voice would misread;
    abbreviations and brackets become the words and pauses of the language's `speech` table.
    """
    stop = _STOPS.get(table.script, "。")
    said = table.join.join(part if part.endswith(_ENDS) else part + stop for part in parts)
    said = FURIGANA.sub(r"\2", said)
    for written, read in (*readings.items(), *table.speech.items()):
        said = said.replace(written, read)
    return re.sub(r" {2,}", " ", said).strip()
