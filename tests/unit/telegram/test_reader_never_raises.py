"""Whatever the bytes and the name: a reading comes out, and only what is understood may act."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from alerts.city.codes import CityCodes
from alerts.telegram.composition import Stated
from alerts.telegram.reader import read_telegram
from alerts.telegram.reading import Outcome, Reading

NAMES = st.sampled_from(["", "20260628043012_0_VPWW55_270000.xml", "VXKOii.xml", "VPWW62.xml"]) | st.text()
WORDS = [
    "通常",
    "訓練",
    "解除",
    "2721800",
    "270000",
    "VPWW55",
    "<Kind>",
    "</Kind>",
    "&amp;",
    "&",
    "<!--",
    "]]>",
    "\ufeff",
]


def check(reading: Reading) -> None:
    """What holds for every reading (contract.md, design.md §3)."""
    assert reading.reason
    if reading.notices or reading.hazards:
        assert reading.envelope is not None
        assert reading.envelope.unit is not None
        assert reading.outcome in {Outcome.LIVE, Outcome.HOLD, Outcome.DRILL}
    if reading.outcome is Outcome.LIVE:
        assert reading.status.value == "actual"
        assert not reading.unknown_codes
    if reading.unknown_codes:
        assert reading.hazards == {each.hazard for each in reading.notices}
    assert {each.hazard for each in reading.notices} <= reading.hazards
    assert len({each.hazard for each in reading.notices}) == len(reading.notices)


@given(raw=st.binary(max_size=400), file=NAMES)
def test_any_bytes_give_a_held_reading(raw: bytes, file: str, daito: CityCodes) -> None:
    reading = read_telegram(raw, file, daito)
    check(reading)
    assert reading.outcome is Outcome.HOLD


def test_a_telegram_cut_off_anywhere_is_held(daito: CityCodes, compose: Callable[..., bytes]) -> None:
    raw = compose("VPWW55", [Stated("33")])
    readings = [read_telegram(raw[:length], "", daito) for length in range(0, len(raw) - 1, 13)]
    assert {reading.outcome for reading in readings} == {Outcome.HOLD}


@given(data=st.data(), file=NAMES)
def test_a_damaged_telegram_gives_a_reading(
    data: st.DataObject, file: str, daito: CityCodes, compose: Callable[..., bytes]
) -> None:
    raw = compose("VPWW61", [Stated("14"), Stated("20", "解除", last_code="20", sentence="まで")])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 40)))
        piece = data.draw(st.sampled_from(WORDS).map(str.encode) | st.binary(max_size=6))
        raw = raw[:start] + piece + raw[end:]
    check(read_telegram(raw, file, daito))


@given(data=st.data())
def test_a_telegram_with_any_words_in_its_places_gives_a_reading(
    data: st.DataObject, daito: CityCodes, compose: Callable[..., bytes]
) -> None:
    text = compose("VPWW55", [Stated("43", "継続", last_code="03", sentence="まで")]).decode()
    words = ("通常", "発表", "2026-06-28T04:30:12Z", "大阪管区気象台", "43", "継続", "2721800", "270000", "1.5_0")
    for word in data.draw(st.lists(st.sampled_from(words), unique=True)):
        instead = data.draw(st.sampled_from(WORDS[:6]) | st.text(st.characters(exclude_characters="<&>"), max_size=12))
        text = text.replace(f">{word}<", f">{instead}<")
    check(read_telegram(text.encode(errors="replace"), "telegram.xml", daito))
