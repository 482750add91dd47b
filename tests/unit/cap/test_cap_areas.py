"""Where a message holds: names, codes, and polygons that are closed, few in corners and never too small."""

from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, unary_union
from shapely.geometry import shape

from alerts.alert import Source, Tier
from alerts.cap.outline import MOST_CORNERS, outlines


def drawn(text: str) -> Polygon:
    """A CAP polygon as a shape in longitude and latitude."""
    pairs = [tuple(map(float, pair.split(","))) for pair in text.split(" ")]
    assert pairs[0] == pairs[-1]
    assert len(pairs) >= 4
    return Polygon([(longitude, latitude) for latitude, longitude in pairs])


def test_the_citys_polygon_covers_all_of_it_and_little_more(live, landslide, said, written, texts, pack):
    (text,) = set(texts(written(live, said(landslide)), "polygon"))
    polygon, city = drawn(text), shape(pack.boundary)
    assert polygon.is_valid
    assert polygon.exterior.is_ccw
    assert len(text.split(" ")) <= MOST_CORNERS
    assert city.difference(polygon).area < city.area * 1e-6  # rounded to a tenth of a metre
    assert polygon.area < city.area * 1.1


def test_parts_that_the_telegram_names_are_areas_of_their_own(live, landslide, said, written, texts, pack):
    named = frozenset(district.id for district in pack.districts[:3])
    document = written(live, said(landslide, tiers=(Tier(named, "flood_named", level=4), Tier(None))))
    assert texts(document, "areaDesc")[:2] == ["大阪府大東市", "赤井一丁目、赤井二丁目、赤井三丁目"]
    assert {f"27218-akai-{number}" for number in (1, 2, 3)} <= set(texts(document, "value"))
    part = drawn(texts(document, "polygon")[1])
    assert unary_union([shape(pack.polygons[each]) for each in named]).difference(part).area < 1e-9


def test_the_order_of_telling_is_no_area(live, landslide, said, written, texts):
    first = Tier(frozenset({"27218-hojo-3"}), "foothill", rule="landslide")
    document = written(live, said(landslide, tiers=(first, Tier(None))))
    assert set(texts(document, "areaDesc")) == {"大阪府大東市", "Daito City", "大東市（だいとうし）"}


def test_an_order_of_the_city_holds_where_it_says(live, landslide, said, written, texts):
    order = said(landslide, tiers=(Tier(frozenset({"27218-hojo-3", "27218-hojo-4"})),))
    document = written(live, order, source=Source.OFFICE)
    assert texts(document, "areaDesc")[0] == "北条三丁目、北条四丁目"
    assert texts(document, "source") == ["大東市"]


DEGREES = st.floats(0.001, 0.05)
CORNERS = st.lists(st.tuples(DEGREES, DEGREES), min_size=3, max_size=300)


@given(st.lists(CORNERS, min_size=1, max_size=3))
def test_no_point_of_any_shape_falls_outside_its_outline(rings):
    shapes = [Polygon(ring).buffer(0.0005) for ring in rings]
    found = [drawn(text) for text in outlines([one.__geo_interface__ for one in shapes])]
    assert sum(len(polygon.exterior.coords) for polygon in found) <= MOST_CORNERS
    assert all(polygon.is_valid and polygon.exterior.is_ccw for polygon in found)
    assert unary_union(shapes).difference(unary_union(found).buffer(1e-5)).is_empty


def test_a_city_without_shapes_has_no_polygon():
    assert outlines([]) == ()
