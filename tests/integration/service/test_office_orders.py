"""An officer's alert from the form to the phones: written, seen by another person, sent once, followed up (R2, R5)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.alert import AlertState, Change, Source, Urgency
from alerts.office.approval import ApprovalError
from alerts.office.content import Content
from alerts.office.draft import DraftError, DraftState, OvertakenError
from alerts.ports import Address, Platform, PushResult
from alerts.service.deliver import deliver
from alerts.service.office import drafting, sending
from alerts.service.office.tick import tick
from alerts.service.openings import report
from alerts.service.people.acting import Actor
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.shelter.opening import OpeningState
from alerts.shelter.report import OpeningReport, Reporter
from alerts.wording.office_text import Template

AOKI = Actor("aoki", "aoki (aoki)", frozenset())
BABA = Actor("baba", "baba (baba)", frozenset())
CHIBA = Actor("chiba", "chiba (chiba)", frozenset())
REASON = "承認者と連絡が取れないため"


@pytest.fixture
def here(drill):
    """Two districts that the order is for, and one that it is not."""
    return [district.id for district in drill.pack.districts[:3]]


@pytest.fixture
def phones(drill, here):
    """A phone in each of them, and one that has not said where it is."""
    numbers = {}
    for name, districts in (("a", here[:1]), ("b", here[1:2]), ("else", here[2:]), ("nowhere", [])):
        register(drill, Registration(Address("token", f"office-{name}"), Platform.ANDROID, "ja", districts, True))
        with drill.database.read() as uow:
            numbers[name] = uow.devices.number_range()[1]
    return numbers


@pytest.fixture
def order(here, clock):
    return Content(Template.EVACUATION_ORDER, tuple(here[:2]), clock.now() + timedelta(hours=6), hazard="landslide")


@pytest.fixture
def let_out(drill, phones):
    """Writes, submits and approves; returns the revision and the names of the phones that got it."""

    def let_out(content, change=Change.ISSUE, alert_id=None):
        draft = drafting.begin(drill, AOKI, content, change, alert_id)
        waiting = drafting.submit(drill, draft.id, AOKI, draft.version)
        revision = sending.approve(drill, draft.id, CHIBA, waiting.seal)
        return revision, told(drill, phones, revision)

    return let_out


def told(services, phones, revision):
    deliver(services, "w")
    with services.database.read() as uow:
        results = uow.deliveries.results(revision.alert_id, revision.number, 1, 99)
    return {name for name, number in phones.items() if results.get(number) is PushResult.ACCEPTED}


def alert_of(services, revision):
    with services.database.read() as uow:
        return uow.alerts.get(revision.alert_id)


def test_an_approved_order_reaches_its_districts_and_who_cannot_be_placed(drill, let_out, order, fcm):
    revision, names = let_out(order)
    assert names == {"a", "b", "nowhere"}
    assert (revision.urgency, revision.level, revision.change) == (Urgency.CRITICAL, 4, Change.ISSUE)
    alert = alert_of(drill, revision)
    assert (alert.source, alert.state, alert.name) == (Source.OFFICE, AlertState.IN_FORCE, "警戒レベル４ 避難指示")
    (message,) = {entry["message"]["notification"]["title"] for entry in fcm.messages()}
    assert message == "【訓練】大東市 警戒レベル４ 避難指示"


def test_r2_the_writer_cannot_approve_and_nothing_is_sent(drill, phones, order):
    draft = drafting.begin(drill, AOKI, order)
    waiting = drafting.submit(drill, draft.id, AOKI, 1)
    with pytest.raises(ApprovalError, match="ご自分が書いた"):
        sending.approve(drill, draft.id, AOKI, waiting.seal)
    with drill.database.read() as uow:
        assert uow.alerts.recent(9) == []
        assert uow.office.draft(draft.id).state is DraftState.SUBMITTED


def test_r2_an_edit_between_looking_and_approving_sends_nothing(drill, phones, order, here):
    draft = drafting.begin(drill, AOKI, order)
    seen = drafting.submit(drill, draft.id, AOKI, 1).seal
    drafting.save(drill, draft.id, AOKI, replace(order, districts=None), 1)
    with pytest.raises(ApprovalError, match="承認を待っていません"):
        sending.approve(drill, draft.id, CHIBA, seen)
    again = drafting.submit(drill, draft.id, AOKI, 2)
    assert again.seal != seen
    with pytest.raises(ApprovalError, match="内容が変わりました"):
        sending.approve(drill, draft.id, CHIBA, seen)


def test_r2_what_would_say_something_else_by_now_is_not_what_was_approved(drill, phones, order):
    draft = drafting.begin(drill, AOKI, order)
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal
    policy = drill.pack.office
    louder = replace(policy, urgencies={**policy.urgencies, Template.EVACUATION_ORDER: Urgency.HIGH})
    changed = replace(drill, pack=replace(drill.pack, office=louder))
    with pytest.raises(ApprovalError, match="市の設定や施設の名称が変わりました"):
        sending.approve(changed, draft.id, CHIBA, seal)
    with drill.database.read() as uow:
        assert uow.alerts.recent(9) == []


def test_a_double_click_sends_once(drill, phones, order):
    draft = drafting.begin(drill, AOKI, order)
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal

    def click(_):
        try:
            return sending.approve(drill, draft.id, CHIBA, seal)
        except (ApprovalError, DraftError) as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(click, range(4)))
    sent = [one for one in done if not isinstance(one, Exception)]
    assert len(sent) == 1
    assert told(drill, phones, sent[0]) == {"a", "b", "nowhere"}
    with drill.database.read() as uow:
        assert len(uow.alerts.revisions(sent[0].alert_id)) == 1


def test_two_officers_on_one_draft_lose_nothing(drill, order):
    draft = drafting.begin(drill, AOKI, order)
    drafting.save(drill, draft.id, BABA, replace(order, districts=None), 1)
    with pytest.raises(OvertakenError) as error:
        drafting.save(drill, draft.id, AOKI, replace(order, hazard=None), 1)
    assert (error.value.theirs.edited_by, error.value.theirs.content.districts) == ("baba", None)


def test_r6_one_officer_sends_a_template_alone_after_a_minute_and_it_is_loud(drill, phones, order, clock):
    draft = drafting.begin(drill, AOKI, order)
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal
    with pytest.raises(ApprovalError, match="秒待ってください"):
        sending.break_glass(drill, draft.id, AOKI, seal, REASON)
    clock.forward(seconds=60)
    revision = sending.break_glass(drill, draft.id, AOKI, seal, REASON)
    assert told(drill, phones, revision) == {"a", "b", "nowhere"}
    with drill.database.read() as uow:
        (kept,) = uow.office.sendings([revision.alert_id])
        assert (kept.alone, kept.approved_by, kept.reason) == (True, "aoki", REASON)
        assert "alone" in {kind.kind for kind in uow.alarms.open_kinds()}


def test_r5_a_retraction_is_one_click_to_exactly_the_receivers(drill, let_out, order, phones, here):
    revision, names = let_out(order)
    register(drill, Registration(Address("token", "late"), Platform.IOS, "ja", here[:1], True))
    retracted = sending.send_prepared(drill, revision.alert_id, Change.RETRACT, AOKI, revision.number)
    with drill.database.read() as uow:
        late = {"late": uow.devices.number_range()[1]}
    assert told(drill, phones | late, retracted) == names
    assert retracted.urgency is Urgency.CRITICAL
    assert alert_of(drill, revision).state is AlertState.RETRACTED


def test_r5_a_second_click_on_a_prepared_correction_sends_nothing(drill, let_out, order, phones):
    revision, names = let_out(order)
    corrected = sending.send_prepared(drill, revision.alert_id, Change.CORRECT, AOKI, revision.number)
    assert told(drill, phones, corrected) == names
    with pytest.raises(DraftError, match="先に操作しました"):
        sending.send_prepared(drill, revision.alert_id, Change.CORRECT, AOKI, revision.number)


def test_r5_what_is_not_prepared_needs_a_second_person(drill, let_out, order):
    revision, _ = let_out(order)
    for change in set(Change) - {Change.CORRECT, Change.RETRACT}:
        with pytest.raises(ApprovalError, match="承認が必要です"):
            sending.send_prepared(drill, revision.alert_id, change, AOKI, revision.number)


def test_districts_are_added_and_everybody_hears_where_it_holds(drill, let_out, order, here):
    revision, _ = let_out(order)
    _, names = let_out(replace(order, districts=tuple(here)), Change.ISSUE, revision.alert_id)
    assert names == {"a", "b", "else", "nowhere"}


def test_an_order_is_raised_and_lowered(drill, let_out, order):
    elderly = replace(order, template=Template.EVACUATION_ELDERLY)
    revision, _ = let_out(elderly)
    raised, names = let_out(order, Change.RAISE, revision.alert_id)
    assert (raised.level, names) == (4, {"a", "b", "nowhere"})
    lowered, names = let_out(elderly, Change.LOWER, revision.alert_id)
    assert (lowered.level, lowered.urgency, names) == (3, Urgency.NORMAL, {"a", "b", "nowhere"})
    assert alert_of(drill, revision).level == 3


def test_a_part_is_lifted_and_the_rest_holds(drill, let_out, order, here):
    revision, _ = let_out(order)
    partly, names = let_out(replace(order, districts=tuple(here[1:2])), Change.END, revision.alert_id)
    assert names == {"b", "nowhere"}
    assert alert_of(drill, partly).state is AlertState.IN_FORCE
    with drill.database.read() as uow:
        assert uow.office.held(revision.alert_id).districts == tuple(here[:1])


def test_r19_what_has_ended_is_not_ended_again(drill, let_out, order):
    revision, names = let_out(order)
    _, over = let_out(order, Change.END, revision.alert_id)
    assert over == names
    assert alert_of(drill, revision).state is AlertState.ENDED
    with pytest.raises(DraftError, match="もう発信中ではありません"):
        drafting.begin(drill, AOKI, order, Change.END, revision.alert_id)


def test_r8_a_closed_shelter_is_refused_an_open_one_is_named(drill, let_out, order, fcm):
    site = drill.pack.sites[0]
    naming = replace(order, shelters=(site.facility,))
    draft = drafting.begin(drill, AOKI, naming)
    with pytest.raises(drafting.FaultyDraftError, match=site.name):
        drafting.submit(drill, draft.id, AOKI, 1)
    report(drill, Reporter("office"), [OpeningReport(site.facility, 0, state=OpeningState.OPEN)])
    fcm.ask("POST", "/reset")
    let_out(naming)
    assert all(site.name in entry["message"]["notification"]["body"] for entry in fcm.messages())


def test_r8_a_shelter_that_closed_after_the_approval_was_asked_for_stops_the_sending(drill, phones, order):
    facility = drill.pack.sites[0].facility
    report(drill, Reporter("office"), [OpeningReport(facility, 0, state=OpeningState.OPEN)])
    draft = drafting.begin(drill, AOKI, replace(order, shelters=(facility,)))
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal
    report(drill, Reporter("office"), [OpeningReport(facility, 1, state=OpeningState.CLOSED)])
    with pytest.raises(drafting.FaultyDraftError, match="閉鎖されています"):
        sending.approve(drill, draft.id, CHIBA, seal)


def test_r18_an_order_never_ends_by_a_clock_a_notice_does_quietly(drill, let_out, order, clock, fcm):
    revision, _ = let_out(order)
    notice = Content(Template.FREE, None, clock.now() + timedelta(hours=2), written="窓口は15時に閉まります。")
    noticed, names = let_out(notice)
    assert names == {"a", "b", "else", "nowhere"}
    fcm.ask("POST", "/reset")
    clock.forward(hours=7)
    assert tick(drill) == 1
    deliver(drill, "w")
    assert fcm.messages() == []
    assert alert_of(drill, noticed).state is AlertState.ENDED
    assert alert_of(drill, revision).state is AlertState.IN_FORCE


def test_r19_a_forgotten_draft_is_closed(drill, order, clock):
    draft = drafting.begin(drill, AOKI, order)
    clock.forward(hours=25)
    tick(drill)
    with pytest.raises(DraftError, match="古くなったため閉じられました"):
        drafting.submit(drill, draft.id, AOKI, 1)


def test_r1_a_seal_of_the_drill_is_none_of_the_live_world(drill, live, order):
    draft = drafting.begin(drill, AOKI, order)
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal
    with live.database.write() as uow:
        uow.office.begin(draft)
    assert drafting.submit(live, draft.id, AOKI, 1).seal != seal
    with pytest.raises(ApprovalError, match="内容が変わりました"):
        sending.approve(live, draft.id, CHIBA, seal)


def test_the_noise_budget_holds_back_no_word_of_the_office(drill, let_out, phones, clock, fcm):
    """Every notice of an hour is told at once, however many there are."""
    for number in range(8):
        notice = Content(Template.FREE, None, clock.now() + timedelta(hours=6), written=f"お知らせ{number}です。")
        _, names = let_out(notice)
        assert names == {"a", "b", "else", "nowhere"}
