"""Every kind's colour is the official one of its own scale."""

import pytest

from alerts.telegram.kinds import all_kinds, table
from api.residents.colours import INTENSITIES, LEVELS, TSUNAMI, WITHOUT_CLASSES, colour_of, shade_of

KINDS = [(code, kind) for (_, code), kind in table().items()]


@pytest.mark.parametrize(
    ("code", "rgb"),
    [
        ("7", (180, 0, 104)),
        ("6+", (165, 0, 33)),
        ("6-", (255, 40, 0)),
        ("5+", (255, 153, 0)),
        ("5-", (255, 230, 0)),
        ("4", (250, 230, 150)),
        ("3", (0, 65, 255)),
        ("2", (0, 170, 255)),
        ("1", (242, 242, 255)),
    ],
)
def test_an_intensity_has_jma_s_colour(code, rgb):
    assert colour_of("earthquake", code, None, 0) == "#{:02X}{:02X}{:02X}".format(*rgb)


def test_every_earthquake_kind_has_the_colour_of_its_intensity():
    quakes = {code for hazard, code in all_kinds() if hazard == "earthquake"}
    assert quakes == INTENSITIES.keys()
    assert INTENSITIES["5-?"] == INTENSITIES["5-"]  # at least that


def test_no_other_scale_is_coloured_as_a_warning_level():
    for code, kind in KINDS:
        colour = colour_of(kind.hazard, code, kind.level, kind.rank)
        if kind.hazard in WITHOUT_CLASSES - {"earthquake"}:
            assert colour is None
        elif kind.hazard == "tsunami":
            assert colour == TSUNAMI.get(code)
        elif kind.hazard != "earthquake":
            assert colour == LEVELS.get(kind.level or kind.rank)


def test_a_page_without_the_scale_shades_an_earthquake_as_nothing():
    assert {shade_of(kind.hazard, kind.level, kind.rank) for _, kind in KINDS if kind.hazard in WITHOUT_CLASSES} == {0}
    assert shade_of("storm", None, 3) == 3
    assert shade_of("landslide", 4, 4) == 4
