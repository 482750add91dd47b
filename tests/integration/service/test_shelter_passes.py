"""A shelter's link is opened once, reports its own places in its own world, ends by itself and can be ended."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from alerts.people.request import Act
from alerts.people.role import Role
from alerts.people.shelter_pass import PassState
from alerts.service import audit, openings
from alerts.service.facilities import places
from alerts.service.people import administration, sessions, shelter_passes
from alerts.service.people.administration import Wanted
from alerts.service.people.refused import Reason, RefusedError
from alerts.service.people.signing_in import Attempt, welcome
from alerts.service.report_faults import FaultKind, ReportsRefusedError
from alerts.service.services import Services
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport
from alerts.store.tables import shelter_passes as passes_table
from alerts.world import DRILL
from workers.fcm.none import NoSender

PASSWORD = "kawa no nagare wa"


@pytest.fixture
def visitor(live):
    done = administration.add_at_console(live, Wanted(Act.ADD, login="sato", name="佐藤", roles=[Role.SHELTER]))
    return sessions.find(live, welcome(live, Attempt("sato", PASSWORD, done.code)).token)


@pytest.fixture
def two(live):
    """Two facilities of the city."""
    return [place.facility for place in places(live)[:2]]


@pytest.fixture
def drill_world(live, drill_database):
    return Services(DRILL, drill_database, live.pack, live.clock, live.nudge, NoSender(), live.cipher, live.wording)


@pytest.fixture
def holder(live, visitor, two):
    return shelter_passes.open_link(live, shelter_passes.issue(live, live, visitor, two[:1], "北条小 受付").key)


def refused(call, *words):
    with pytest.raises(RefusedError) as found:
        call(*words)
    return found.value.reason


def report(world, holder, facility, state=OpeningState.OPEN, seen=0):
    said = OpeningReport(facility, seen, state=state)
    return openings.report(world, holder.shelter_pass.reporter, [said], holder.actor)[0]


def test_who_opens_the_link_reports_and_the_book_says_who(live, holder, two):
    made = report(live, holder, two[0])
    assert (made.state, made.by_office, made.reporter) == (OpeningState.OPEN, False, holder.shelter_pass.name)
    entry = audit.newest(live, 1)[0]
    assert (entry.action, entry.who, entry.officer_id) == ("shelter.report", holder.shelter_pass.name, None)
    assert [entry.action for entry in audit.newest(live, 3)] == ["shelter.report", "pass.open", "pass.issue"]
    assert audit.check(live).faults == ()


def test_another_place_is_not_its_to_report(live, holder, two):
    with pytest.raises(ReportsRefusedError) as found:
        report(live, holder, two[1])
    assert found.value.faults[0].kind is FaultKind.NOT_YOURS
    assert openings.openings(live) == {}


def test_a_link_is_opened_by_one_of_many_telephones_and_looking_at_it_uses_nothing_up(live, visitor, two):
    key = shelter_passes.issue(live, live, visitor, two, "北条小 受付").key
    assert shelter_passes.waiting(live, key).facilities == tuple(sorted(two))
    assert shelter_passes.waiting(live, key) is not None

    def attempt(_):
        try:
            return bool(shelter_passes.open_link(live, key))
        except RefusedError as error:
            return error.reason is not Reason.LINK_USED

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
    assert shelter_passes.waiting(live, key) is None


def test_it_ends_by_itself_opened_or_not(live, visitor, holder, two, clock):
    unopened = shelter_passes.issue(live, live, visitor, two, "四条小 受付").key
    clock.forward(hours=23, minutes=59)
    assert shelter_passes.find(live, holder.token) == holder_now(live, holder)
    assert len(shelter_passes.standing(live, live)) == 2
    clock.forward(minutes=1)
    assert shelter_passes.find(live, holder.token) is None
    assert refused(shelter_passes.open_link, live, unopened) is Reason.LINK_USED
    assert shelter_passes.standing(live, live) == []


def holder_now(live, holder):
    with live.database.read() as uow:
        return replace(holder, shelter_pass=uow.shelter_passes.get(holder.shelter_pass.id))


@pytest.mark.parametrize("by", ["office", "holder"])
def test_it_is_ended_once_and_from_then_on_reports_nothing(live, visitor, holder, by):
    for _ in range(2):
        if by == "office":
            shelter_passes.revoke(live, live, visitor, holder.shelter_pass.id)
        else:
            shelter_passes.hand_back(live, holder)
    assert shelter_passes.find(live, holder.token) is None
    assert holder_now(live, holder).shelter_pass.state(live.clock.now()) is PassState.REVOKED
    said = [(entry.action, entry.who) for entry in audit.newest(live, 2)]
    ended = ("pass.revoke", "佐藤 (sato)") if by == "office" else ("pass.close", holder.shelter_pass.name)
    assert said == [ended, ("pass.open", holder.shelter_pass.name)]


def test_a_link_that_was_revoked_is_not_opened(live, visitor, two):
    issued = shelter_passes.issue(live, live, visitor, two, "北条小 受付")
    shelter_passes.revoke(live, live, visitor, issued.shelter_pass.id)
    assert refused(shelter_passes.open_link, live, issued.key) is Reason.LINK_USED
    assert refused(shelter_passes.revoke, live, live, visitor, "no such") is Reason.UNKNOWN_LINK


@pytest.mark.parametrize(
    ("facilities", "label", "reason"),
    [
        ([], "受付", Reason.NO_PLACE),
        (["E9999999999"], "受付", Reason.NO_PLACE),
        (None, " ", Reason.NO_LABEL),
        (None, "あ" * 41, Reason.NO_LABEL),
        (None, "受付\n2", Reason.NO_LABEL),
    ],
)
def test_a_link_for_nobody_or_for_no_place_is_not_made(live, visitor, two, facilities, label, reason):
    wanted = two if facilities is None else facilities
    assert refused(shelter_passes.issue, live, live, visitor, wanted, label) is reason
    assert shelter_passes.standing(live, live) == []


def test_one_known_place_among_unknown_ones_is_not_enough(live, visitor, two):
    assert refused(shelter_passes.issue, live, live, visitor, [two[0], "E9999999999"], "受付") is Reason.NO_PLACE


def test_r1_a_pass_of_the_drill_is_kept_with_the_accounts_and_names_the_drill(live, drill_world, visitor, two):
    issued = shelter_passes.issue(live, drill_world, visitor, two, "訓練の受付")
    assert issued.shelter_pass.world == "drill"
    assert shelter_passes.standing(live, live) == []
    assert shelter_passes.standing(live, drill_world) == [issued.shelter_pass]
    assert refused(shelter_passes.revoke, live, live, visitor, issued.shelter_pass.id) is Reason.UNKNOWN_LINK
    holder = shelter_passes.open_link(live, issued.key)
    report(drill_world, holder, two[0])
    assert audit.newest(drill_world, 1)[0].who == holder.shelter_pass.name
    assert openings.openings(live) == {}


def test_r20_neither_link_nor_token_is_kept(live, visitor, two):
    issued = shelter_passes.issue(live, live, visitor, two, "北条小 受付")
    holder = shelter_passes.open_link(live, issued.key)
    with live.database.read() as uow:
        kept = repr(uow.connection.execute(select(passes_table)).all())
    kept += repr(audit.newest(live, 100))
    assert issued.key not in kept
    assert holder.token not in kept
