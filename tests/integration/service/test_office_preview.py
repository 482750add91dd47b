"""What the officer sees before and after sending is what happens (issue 8.2, 8.4)."""

from datetime import timedelta

import pytest

from alerts.alert import Change
from alerts.office.content import Content
from alerts.ports import Address, Platform, PushResult
from alerts.service.deliver import deliver
from alerts.service.office import drafting, sending
from alerts.service.office.preview import preview
from alerts.service.office.standing import one, standing
from alerts.service.people.acting import Actor
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.telegram.composition import Stated
from alerts.wording.office_text import Template

AOKI = Actor("aoki", "aoki (aoki)", frozenset())
CHIBA = Actor("chiba", "chiba (chiba)", frozenset())


@pytest.fixture
def order(drill, clock):
    home, other = (district.id for district in drill.pack.districts[:2])
    for name, language, district in (("a", "ja", home), ("b", "en", home), ("c", "ja", other), ("d", "vi", "")):
        districts = [district] if district else []
        register(drill, Registration(Address("token", f"office-{name}"), Platform.IOS, language, districts, True))
    return Content(Template.EVACUATION_ORDER, (home,), clock.now() + timedelta(hours=6), hazard="landslide")


def test_the_preview_says_what_every_phone_will_show_and_how_many_there_are(drill, order, fcm):
    draft = drafting.begin(drill, AOKI, order)
    shown = preview(drill, draft.id)
    reach = shown.reach(drill)
    assert reach.by_language(0) == {"en": 1, "ja": 1, "vi": 1}
    assert reach.untold == 1
    assert shown.findings == ()
    assert shown.told.texts.keys() == set(drill.wording.languages)
    waiting = drafting.submit(drill, draft.id, AOKI, 1)
    assert waiting.seal == preview(drill, draft.id).told.seal == shown.told.seal
    sending.approve(drill, draft.id, CHIBA, shown.told.seal)
    deliver(drill, "w")
    bodies = {entry["message"]["notification"]["body"] for entry in fcm.messages()}
    assert bodies == {shown.told.texts[tag].text.body for tag in ("ja", "en", "vi")}


def test_the_preview_says_what_else_is_in_force(drill, order, jma):
    jma.services = drill
    jma.send("VPWW56", Stated("49"))
    shown = preview(drill, drafting.begin(drill, AOKI, order).id)
    assert [(state.hazard, state.level) for state in shown.in_force] == [("landslide", 4)]


def test_r6_the_preview_counts_down_to_acting_alone(drill, order, clock):
    draft = drafting.begin(drill, AOKI, order)
    assert preview(drill, draft.id).alone_in is None
    drafting.submit(drill, draft.id, AOKI, 1)
    assert preview(drill, draft.id).alone_in == 60
    clock.forward(seconds=90)
    assert preview(drill, draft.id).alone_in == 0


def test_r5_progress_and_the_time_it_took_are_shown(drill, order, clock):
    draft = drafting.begin(drill, AOKI, order)
    seal = drafting.submit(drill, draft.id, AOKI, 1).seal
    revision = sending.approve(drill, draft.id, CHIBA, seal)
    (before,) = standing(drill)
    assert (before.told[0].is_told, before.told[0].seconds) == (False, None)
    clock.forward(seconds=4)
    deliver(drill, "w")
    (after,) = standing(drill)
    assert after.told[0].results == {PushResult.ACCEPTED: 3}
    assert (after.told[0].is_told, after.told[0].seconds) == (True, 4)
    sending.send_prepared(drill, revision.alert_id, Change.RETRACT, AOKI, 1)
    deliver(drill, "w")
    assert standing(drill) == ()
    over = one(drill, revision.alert_id)
    assert over is not None
    assert (over.holds, [told.revision.change for told in over.told]) == (None, [Change.ISSUE, Change.RETRACT])
    assert one(drill, "nothing") is None
