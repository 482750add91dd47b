"""Reports of places of refuge: all or none, nobody writes over somebody else, everything is kept."""

import threading

import pytest

from alerts.service import shelter_import
from alerts.service.openings import history, openings, report
from alerts.service.report_faults import FaultKind, ReportsRefusedError
from alerts.service.shelter_import import ImportRefusedError
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport, Reporter
from alerts.shelter.site import SiteKind
from alerts.shelter.site_import import SiteImport

OFFICE = Reporter("office")


@pytest.fixture
def services(live):
    return live


@pytest.fixture
def school(services):
    return next(site for site in services.pack.sites if site.kind is SiteKind.EMERGENCY_SITE)


def refused(services, reporter, *reports):
    with pytest.raises(ReportsRefusedError) as error:
        report(services, reporter, reports)
    return {place: fault.kind for place, fault in error.value.faults.items()}


def opened(facility, seen=0, **said):
    return OpeningReport(facility, seen, state=OpeningState.OPEN, **said)


def test_many_places_are_reported_in_one_call(services):
    facilities = list(dict.fromkeys(site.facility for site in services.pack.sites))
    report(services, OFFICE, [opened(facility, occupancy=3) for facility in facilities])
    held = openings(services)
    assert set(held) == set(facilities)
    assert {each.occupancy for each in held.values()} == {3}
    with services.database.read() as uow:
        assert uow.versions.get("openings") == 1


def test_a_place_is_named_by_its_facility_or_by_one_of_its_entries(services, school):
    (made,) = report(services, OFFICE, [opened(school.id)])
    assert made.facility == school.facility


def test_one_wrong_report_takes_all_back(services, school):
    other = next(site for site in services.pack.sites if site.facility != school.facility)
    wrong = OpeningReport(other.facility, 0, state=OpeningState.FULL)
    twice = opened(school.facility)
    assert refused(services, OFFICE, opened(school.facility), wrong, opened("nowhere"), twice) == {
        1: FaultKind.REFUSED,
        2: FaultKind.UNKNOWN,
        3: FaultKind.REFUSED,
    }
    assert openings(services) == {}


def test_who_has_not_seen_the_newest_report_is_told_what_holds(services, school):
    report(services, OFFICE, [opened(school.facility)])
    with pytest.raises(ReportsRefusedError) as error:
        report(services, OFFICE, [OpeningReport(school.facility, 0, state=OpeningState.OPENING)])
    (fault,) = error.value.faults.values()
    assert (fault.kind, fault.now.state, fault.now.version) == (FaultKind.CONFLICT, OpeningState.OPEN, 1)


def test_of_two_reporters_at_once_one_is_refused(services, school):
    report(services, OFFICE, [opened(school.facility)])
    results, barrier = [], threading.Barrier(2)

    def say(people):
        barrier.wait()
        try:
            report(services, OFFICE, [OpeningReport(school.facility, 1, occupancy=people)])
            results.append(people)
        except ReportsRefusedError as error:
            results.extend(fault.kind for fault in error.faults.values())

    threads = [threading.Thread(target=say, args=(people,)) for people in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (taken,) = [result for result in results if isinstance(result, int)]
    assert FaultKind.CONFLICT in results
    assert openings(services)[school.facility].occupancy == taken


def test_staff_report_their_own_place_only(services, school):
    other = next(site for site in services.pack.sites if site.facility != school.facility)
    staff = Reporter("北条小学校", frozenset({school.facility}))
    assert refused(services, staff, opened(other.facility)) == {0: FaultKind.NOT_YOURS}
    (made,) = report(services, staff, [opened(school.facility)])
    assert (made.reporter, made.by_office) == ("北条小学校", False)


def test_every_report_is_kept_with_who_when_and_what_was_before(services, clock, school):
    report(services, OFFICE, [opened(school.facility, occupancy=5)])
    clock.forward(minutes=10)
    report(services, Reporter("当直"), [OpeningReport(school.facility, 1, state=OpeningState.FULL)])
    first, second = history(services, school.facility)
    assert (first.opening.state, first.opening.reporter) == (OpeningState.OPEN, "office")
    assert (second.opening.state, second.opening.reporter) == (OpeningState.FULL, "当直")
    assert (second.at - first.at).total_seconds() == 600
    assert second.opening.occupancy == 5


def gsi_list(*sites):
    return SiteImport(SiteKind.EMERGENCY_SITE, sites, carries=frozenset({"name"}))


def test_a_list_that_retires_a_place_with_people_in_it_is_refused(services):
    sites = [site for site in services.pack.sites if site.kind is SiteKind.EMERGENCY_SITE]
    stays = {site.facility for site in services.pack.sites if site.kind is SiteKind.SHELTER}
    gone = next((site for site in sites if site.facility not in stays), sites[0])
    with services.database.write() as uow:
        uow.sites.replace_all(sites, "only the emergency sites")
    report(services, OFFICE, [opened(gone.facility)])
    left = gsi_list(*(site for site in sites if site != gone))
    with pytest.raises(ImportRefusedError, match=f"{gone.name}.* is open and would be retired; close it first"):
        shelter_import.apply(services, left, "new")
    _, refusals = shelter_import.preview(services, left)
    assert len(refusals) == 1
    report(services, OFFICE, [OpeningReport(gone.facility, 1, state=OpeningState.CLOSED)])
    assert shelter_import.apply(services, left, "new").changes


def test_a_list_that_takes_most_places_away_needs_to_be_meant(services):
    few = gsi_list(*[site for site in services.pack.sites if site.kind is SiteKind.EMERGENCY_SITE][:1])
    with pytest.raises(ImportRefusedError, match="19 of 72 places would be retired"):
        shelter_import.apply(services, few, "new")
    assert len(shelter_import.apply(services, few, "new", may_retire_many=True).after) == 53
