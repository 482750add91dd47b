"""What VPFT50 says about 大阪府 (jma.md §3.3)."""

from collections.abc import Callable

from alerts.telegram.reading import Outcome, Reading

Own = Callable[..., bytes]
Read = Callable[..., Reading]

TITLE = "<Title>大阪府熱中症警戒アラート</Title>"


def brief(reading: Reading) -> list[tuple[str, str, str]]:
    return [(each.hazard, each.code, each.state.value) for each in reading.notices]


def test_the_alert_of_the_prefecture_is_noticed_with_its_opening_sentence(own: Own, read: Read) -> None:
    reading = read(own("VPFT50"))
    assert (reading.outcome, brief(reading)) == (Outcome.LIVE, [("heat", "alert", "in_force")])
    assert reading.hazards == {"heat"}
    assert reading.notices[0].details == (
        "大阪府では、明日（２日）は、気温が著しく高くなることにより熱中症による人の健康に係る被害が生ずるおそれがあります。",
    )


def test_the_second_alert_stands_though_the_forecast_fell_below_33(own: Own, read: Read) -> None:
    raw = own("VPFT50", ("大阪３４、枚方３３", "大阪３２、枚方３１"), ("<Serial>1<", "<Serial>2<"))
    assert brief(read(raw)) == [("heat", "alert", "in_force")]


def test_another_prefecture_is_no_notice(own: Own, read: Read) -> None:
    reading = read(own("VPFT50", (TITLE, "<Title>京都府熱中症警戒アラート</Title>")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.LIVE, (), frozenset())


def test_r16_a_special_alert_acts_as_an_alert_and_is_held_for_the_office(own: Own, read: Read) -> None:
    reading = read(own("VPFT50", (TITLE, "<Title>大阪府熱中症特別警戒アラート</Title>")))
    assert (reading.outcome, reading.unknown_codes) == (Outcome.HOLD, ("熱中症特別警戒アラート",))
    assert brief(reading) == [("heat", "alert", "in_force")]


def test_r16_another_title_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VPFT50", (TITLE, "<Title>大阪府高温注意情報</Title>")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.HOLD, (), frozenset())


def test_r16_a_text_that_does_not_speak_of_heat_is_broken(own: Own, read: Read) -> None:
    reading = read(own("VPFT50", ("熱中症による", "")))
    assert (reading.outcome, reading.notices, reading.hazards) == (Outcome.HOLD, (), frozenset())
