"""What a new list does to the one in use, and what is written is read back as it was."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from shelter_samples import ALL, a_site

from alerts.shelter.changes import Action, changes_by
from alerts.shelter.export import six_digits, standard_csv, standard_name
from alerts.shelter.open_data import read_places
from alerts.shelter.site import Site, SiteKind, facility_of
from alerts.shelter.site_import import SiteImport
from alerts.wording.proof import SAMPLE_CITY as CITY

PARK = a_site("E9920100001201", capacity=300, phone="000-0000")
SCHOOL = a_site("E9920100002201")
STAY = a_site("E9920100002111", kind=SiteKind.SHELTER, hazards=(), capacity=80)
IN_USE = (PARK, SCHOOL, STAY)
GSI = frozenset({"name", "address", "latitude", "longitude", "note", "hazards"})


def listed(*sites: Site, shelters: tuple[Site, ...] = (), carries=GSI, **said: bool) -> SiteImport:
    return SiteImport(SiteKind.EMERGENCY_SITE, sites, also_shelters=shelters, carries=carries, **said)


def told(changes) -> list[tuple[Action, str, tuple[str, ...]]]:
    return [(change.action, change.site.id, change.reasons) for change in changes.changes]


def test_the_same_list_again_changes_nothing():
    changes = changes_by(listed(PARK, SCHOOL), IN_USE)
    assert (told(changes), changes.unchanged, set(changes.after)) == ([], 2, set(IN_USE))


def test_each_thing_that_happens_has_its_reason():
    new = a_site("E9920100009201")
    moved = replace(PARK, latitude=PARK.latitude + 0.001, hazards=("flood", "earthquake"))
    changes = changes_by(listed(moved, new), IN_USE)
    assert told(changes) == [
        (
            Action.MOVE,
            PARK.id,
            ("lies 111 m away from where it was", "designated for earthquake", "no longer designated for landslide"),
        ),
        (Action.ADD, new.id, ("the list in use does not have it",)),
        (Action.RETIRE, SCHOOL.id, ("the new list does not have it",)),
    ]
    assert changes.of(Action.RETIRE) == (SCHOOL,)
    assert {site.id for site in changes.after} == {PARK.id, new.id, STAY.id}


def test_a_new_name_is_a_change():
    changes = changes_by(listed(replace(PARK, name="新しい名前"), SCHOOL), IN_USE)
    assert told(changes) == [(Action.CHANGE, PARK.id, (f"name: {PARK.name} → 新しい名前",))]


def test_what_the_layout_has_no_column_for_stays():
    changes = changes_by(listed(replace(PARK, capacity=None, phone=None, note="新"), SCHOOL), IN_USE)
    after = next(site for site in changes.after if site.id == PARK.id)
    assert (after.capacity, after.phone, after.note) == (300, "000-0000", "新")


def test_rounding_of_a_coordinate_is_no_move():
    assert told(changes_by(listed(replace(PARK, latitude=PARK.latitude + 0.000004), SCHOOL), IN_USE)) == []


def test_a_list_without_ids_finds_places_by_name_and_address_in_another_spelling():
    bare = replace(
        PARK,
        id="99201-abc",
        facility="99201-abc",
        name=f" {PARK.name}",
        address="試験市大字中央E９９２０１００００１２０１",
    )
    changes = changes_by(listed(bare, SCHOOL, carries=GSI - {"name", "address"}), IN_USE)
    assert told(changes) == []


def test_two_rows_of_one_name_and_address_stay_two_places():
    twins = tuple(replace(PARK, id=f"99201-{number}", facility=f"99201-{number}") for number in (1, 2))
    after = changes_by(listed(*twins, SCHOOL), IN_USE).after
    assert {site.id for site in after} == {PARK.id, "99201-2", SCHOOL.id, STAY.id}


def test_a_row_that_is_a_shelter_too_adds_one_only_where_the_facility_has_none():
    own = replace(STAY, id="E9920100002-shelter")
    new = replace(STAY, id="E9920100001-shelter", facility=PARK.facility)
    changes = changes_by(listed(PARK, SCHOOL, shelters=(own, new)), IN_USE)
    assert told(changes) == [(Action.ADD, "E9920100001-shelter", ("the list in use does not have it",))]


def test_a_list_of_emergency_sites_retires_only_the_shelters_that_such_lists_brought():
    brought = replace(STAY, id="99201-9-shelter", facility="99201-9")
    whole = listed(PARK, SCHOOL, is_of_city=True, names_shelters=True)
    assert changes_by(whole, (*IN_USE, brought)).of(Action.RETIRE) == (brought,)


def test_a_list_that_does_not_say_which_places_are_shelters_retires_none():
    brought = replace(STAY, id="99201-9-shelter", facility="99201-9")
    assert told(changes_by(listed(PARK, SCHOOL, is_of_city=True), (*IN_USE, brought))) == []


def test_a_list_of_the_state_retires_nothing_that_only_the_city_numbers():
    own = (replace(PARK, id="99201-7", facility="99201-7", name="市の公園"), replace(STAY, id="99201-9-shelter"))
    assert told(changes_by(listed(PARK, SCHOOL), (*IN_USE, *own))) == []
    city = listed(PARK, SCHOOL, is_of_city=True, names_shelters=True)
    assert set(changes_by(city, (*IN_USE, *own)).of(Action.RETIRE)) == set(own)


def test_a_row_that_is_a_shelter_alone_is_the_shelter_of_that_name_and_address():
    row = replace(STAY, id="99201-2", facility="99201-2", capacity=120)
    changes = changes_by(listed(PARK, SCHOOL, shelters=(row,), is_of_city=True, names_shelters=True), IN_USE)
    assert STAY.id in {site.id for site in changes.after}
    assert "99201-2" not in {site.id for site in changes.after}


def test_a_list_of_shelters_leaves_the_emergency_sites_alone():
    changes = changes_by(SiteImport(SiteKind.SHELTER, (), carries=GSI), IN_USE)
    assert changes.of(Action.RETIRE) == (STAY,)


def test_the_check_digit_makes_six_digits_of_five():
    assert [six_digits(code) for code in ("01100", "27218", "37201", "09201")] == [
        "011002",
        "272183",
        "372013",
        "092011",
    ]
    assert standard_name(CITY) == "992011_evacuation_space.csv"


WORDS = st.text(st.characters(categories=("L", "Nd"), codec="utf-8"), min_size=1, max_size=8)
MAYBE = st.none() | WORDS
NUMBERS = st.integers(0, 99_999)


@st.composite
def places(draw, site_id, kind) -> Site:
    is_site = kind is SiteKind.EMERGENCY_SITE
    hazards = draw(st.lists(st.sampled_from(ALL), unique=True)) if is_site else ()
    return Site(
        id=site_id,
        kind=kind,
        facility=facility_of(site_id),
        name=draw(WORDS) + site_id,
        address=draw(WORDS),
        latitude=draw(st.floats(20, 46)),
        longitude=draw(st.floats(122, 154)),
        hazards=tuple(hazard for hazard in ALL if hazard in hazards),
        welfare=not is_site and draw(st.booleans()),
        accepts=None if is_site else draw(MAYBE),
        note=draw(MAYBE),
        name_kana=draw(MAYBE),
        name_en=draw(MAYBE),
        capacity=draw(st.none() | NUMBERS),
        phone=draw(MAYBE),
        communities=tuple(draw(st.lists(WORDS, max_size=3))),
        url=draw(MAYBE),
    )


def by_gsi(draw, number, kinds) -> list[Site]:
    """Two entries of their own, in two places."""
    ends = {SiteKind.EMERGENCY_SITE: "201", SiteKind.SHELTER: "111"}
    return [draw(places(f"E27218{number:05}{ends[kind]}", kind)) for kind in kinds]


def by_the_city(draw, number, kinds) -> list[Site]:
    """One row of the city's list; the shelter beside an emergency site is known from that row alone."""
    first = draw(places(f"{CITY.code}-{number}", kinds[0]))
    shelter = replace(first, id=f"{first.id}-shelter", kind=SiteKind.SHELTER, hazards=())
    return [first] if len(kinds) == 1 else [first, shelter]


@st.composite
def lists_in_use(draw) -> tuple[Site, ...]:
    """Facilities that are emergency sites, shelters, or both, with GSI's ids or a city's own."""
    sites: list[Site] = []
    for number in draw(st.lists(NUMBERS, unique=True, max_size=6)):
        kinds = draw(st.sampled_from([(SiteKind.EMERGENCY_SITE,), (SiteKind.SHELTER,), tuple(SiteKind)]))
        sites += draw(st.sampled_from([by_gsi, by_the_city]))(draw, number, kinds)
    return tuple(sites)


@given(lists_in_use())
def test_an_export_read_back_changes_nothing(sites):
    found = read_places(standard_csv(sites, CITY), standard_name(CITY), CITY)
    if not sites:
        assert [problem.message for problem in found.problems] == ["holds no row; at least one place is expected"]
        return
    assert found.problems == ()
    assert told(changes_by(found, sites)) == []


@given(lists_in_use())
def test_an_export_read_into_an_empty_city_gives_the_same_emergency_sites(sites):
    wanted = {site.id: site for site in sites if site.kind is SiteKind.EMERGENCY_SITE}
    if not wanted:
        return
    after = changes_by(read_places(standard_csv(sites, CITY), "x.csv", CITY), ()).after
    assert {site.id: site for site in after if site.kind is SiteKind.EMERGENCY_SITE} == wanted
    shelters = {site.facility for site in sites if site.kind is SiteKind.SHELTER}
    assert {site.facility for site in after if site.kind is SiteKind.SHELTER} == shelters
