"""What VYSE50 and VYSE51 state (jma.md §3.3)."""

from collections.abc import Callable

import pytest

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

CODE = "<Code>120</Code>"


def brief(reading: Reading) -> list[tuple[str, str, str]]:
    assert all(each.level is None for each in reading.notices)
    return [(each.hazard, each.code, each.state.value) for each in reading.notices]


@pytest.mark.parametrize("code", ["111", "112", "113", "120", "130"])
def test_every_serial_code_is_in_force(code: str, own: Own, read: Read) -> None:
    reading = read(own("VYSE50", (CODE, f"<Code>{code}</Code>")))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("nankai_trough", code, "in_force")])
    assert reading.hazards == {"nankai_trough"}


def test_190_ends(own: Own, read: Read) -> None:
    assert brief(read(own("VYSE50", (CODE, "<Code>190</Code>")))) == [("nankai_trough", "190", "ended")]


def test_the_name_and_the_headline_are_jmas(own: Own, read: Read) -> None:
    (notice,) = read(own("VYSE50")).notices
    assert notice.name == "巨大地震警戒"
    assert notice.details == ("大規模地震の発生可能性が平常時に比べて相対的に高まっていると考えられます。",)


@pytest.mark.parametrize("code", ["210", "219"])
def test_r16_a_commentary_is_a_commentary_whatever_warning_its_text_names(code: str, own: Own, read: Read) -> None:
    raw = own("VYSE51", ("<Code>210</Code>", f"<Code>{code}</Code>"))
    assert "巨大地震警戒".encode() in raw
    reading = read(raw)
    assert brief(reading) == [("nankai_trough", code, "in_force")]
    assert reading.notices[0].rank == 1


def test_r16_a_code_of_the_other_type_is_unknown(own: Own, read: Read) -> None:
    reading = read(own("VYSE51", ("<Code>210</Code>", "<Code>120</Code>")))
    assert (reading.outcome, reading.unknown_codes, reading.hazards) == (Outcome.HOLD, ("120",), frozenset())


@pytest.mark.parametrize("change", [(CODE, ""), ("EarthquakeInfo", "VolcanoInfo")])
def test_r16_without_a_serial_code_it_is_broken(change: tuple[str, str], own: Own, read: Read) -> None:
    reading = read(own("VYSE50", change))
    assert (reading.outcome, reading.hazards) == (Outcome.HOLD, frozenset())
    assert reading.reason.startswith("Broken: VYSE50 has no EarthquakeInfo")
