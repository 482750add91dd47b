"""Family share: a phone is told what another's places get, as long as both want it, and in its own world only (R1)."""

from dataclasses import replace

import pytest
from provider import Provider

from alerts.ports import Address, Platform
from alerts.service.deliver import deliver
from alerts.service.register import change, delete, register
from alerts.service.registration import Choice, Registration
from alerts.service.share import (
    ShareRefusedError,
    TooManyCodesError,
    UnknownCodeError,
    UnknownFollowError,
    end,
    follow,
    follows,
    offer,
)
from alerts.service.why_device import why_device
from alerts.sharing import CODE_LIVES, PATIENCE, WRONG_CODES, Refusal
from alerts.telegram.composition import Stated
from alerts.why.ground import Ground

SLIDE = "VPWW56"
L3, L4 = Stated("09"), Stated("49")
OVER = Stated("49", "解除", "49")


def phone_of(services, name, *districts):
    wanted = Registration(Address("token", name), Platform.ANDROID, "ja", districts, normal_pushes=True)
    return register(services, wanted).device


@pytest.fixture
def hill(pack):
    return pack.groups["hazard_zone:mountain"].districts[0]


@pytest.fixture
def plain(pack):
    return pack.groups["hazard_zone:lowland"].districts[0]


@pytest.fixture
def parent(city, hill):
    return phone_of(city, "parent", hill)


@pytest.fixture
def child(city, plain):
    return phone_of(city, "child", plain)


@pytest.fixture
def tell(city, jma, clock):
    """Sends a telegram ten minutes after the last one and delivers it."""

    def tell(*stated):
        clock.forward(minutes=11)
        jma.send(SLIDE, *stated)
        deliver(city, "w")

    return tell


def test_who_follows_is_told_first_with_the_other_and_the_push_says_for_whom(
    city, parent, child, tell, provider, pack, hill
):
    made = follow(city, child, offer(city, parent).code)
    assert (made.follower, made.followed, made.place) == (child.number, parent.number, 0)
    tell(L4)
    (push,) = provider.by_phone["child"]
    name = next(each.name for each in pack.districts if each.id == hill)
    assert (push.places, push.follows) == ((), (0,))
    assert f"対象の地区：{name}。" in push.body
    with city.database.read() as uow:
        alert = uow.alerts.recent(1)[0].id
    (said,) = why_device(city, child, alert).revisions
    assert (said.ground, said.tier) == (Ground.ACCEPTED, 0)
    assert any("見守り先" in note for note in said.words.notes)


def test_who_is_followed_may_move_and_the_follower_hears_of_the_new_place(city, parent, child, tell, provider, plain):
    follow(city, child, offer(city, parent).code)
    change(city, parent, Choice(districts=(plain,)))
    tell(L4)
    (push,) = provider.by_phone["child"]
    assert (push.places, push.follows) == ((0,), (0,))


@pytest.mark.parametrize("side", ["parent", "child"])
def test_either_side_ends_it_and_what_was_told_is_still_ended(city, parent, child, tell, provider, side):
    made = follow(city, child, offer(city, parent).code)
    tell(L4)
    end(city, {"parent": parent, "child": child}[side], made.id)
    assert follows(city, child) == follows(city, parent) == []
    tell(OVER)
    assert [push.change for push in provider.by_phone["child"]] == ["issue", "end"]
    with pytest.raises(UnknownFollowError):
        end(city, child, made.id)


def test_nobody_else_ends_it(city, parent, child):
    made = follow(city, child, offer(city, parent).code)
    with pytest.raises(UnknownFollowError):
        end(city, phone_of(city, "stranger"), made.id)
    assert follows(city, child) == [made]


@pytest.mark.parametrize("how", ["deleted", "registered elsewhere"])
def test_that_whom_a_phone_followed_has_gone_is_a_change_of_what_it_is_told(city, parent, child, tell, clock, how):
    follow(city, child, offer(city, parent).code)
    tell(L4)
    clock.forward(minutes=1)
    if how == "deleted":
        delete(city, parent)
    else:
        change(city, phone_of(city, "new phone"), Choice(address=Address("token", "parent")))
    with city.database.read() as uow:
        assert uow.devices.places_changed_at(uow.devices.by_id(child.id)) == clock.now()


@pytest.mark.parametrize("gone", ["parent", "child"])
def test_deleting_either_phone_leaves_nothing(city, parent, child, gone):
    follow(city, child, offer(city, parent).code)
    offer(city, parent)
    with pytest.raises(UnknownCodeError):
        follow(city, parent, "0000000000")
    left = {"parent": child, "child": parent}[gone]
    delete(city, {"parent": parent, "child": child}[gone])
    assert follows(city, left) == []
    delete(city, left)
    with city.database.read() as uow:
        assert uow.sharing.of(parent.number) == uow.sharing.of(child.number) == []
        assert uow.sharing.failures(parent.number, city.clock.now() - PATIENCE) is None


def test_a_code_works_once_and_for_a_while_and_only_the_last_one(city, parent, child, clock):
    first, second = offer(city, parent), offer(city, parent)
    with pytest.raises(UnknownCodeError):
        follow(city, child, first.code)
    follow(city, child, second.code.lower())
    with pytest.raises(UnknownCodeError):
        follow(city, phone_of(city, "other"), second.code)
    late = offer(city, parent)
    clock.forward(seconds=CODE_LIVES.total_seconds())
    with pytest.raises(UnknownCodeError):
        follow(city, phone_of(city, "other"), late.code)


def test_whoever_guesses_must_wait_also_with_the_right_code(city, parent, child, clock):
    right = offer(city, parent).code
    for number in range(WRONG_CODES):
        with pytest.raises(UnknownCodeError):
            follow(city, child, f"000000000{number}")
    with pytest.raises(TooManyCodesError) as refused:
        follow(city, child, right)
    assert 0 < refused.value.again_after <= PATIENCE.total_seconds()
    clock.forward(seconds=refused.value.again_after)
    follow(city, child, offer(city, parent).code)


def test_nobody_follows_itself_or_in_a_circle(city, parent, child):
    grandchild = phone_of(city, "grandchild")
    follow(city, child, offer(city, parent).code)
    follow(city, grandchild, offer(city, child).code)
    for follower, followed, why in (
        (parent, parent, Refusal.ITSELF),
        (child, parent, Refusal.AGAIN),
        (parent, child, Refusal.CIRCLE),
        (parent, grandchild, Refusal.CIRCLE),
    ):
        with pytest.raises(ShareRefusedError) as refused:
            follow(city, follower, offer(city, followed).code)
        assert refused.value.refusal is why


def test_a_follower_of_a_phone_in_no_district_hears_of_the_whole_city(city, child, tell, provider):
    follow(city, child, offer(city, phone_of(city, "anywhere")).code)
    tell(L4)
    (push,) = provider.by_phone["child"]
    assert push.follows == (0,)


def test_r20_neither_code_nor_districts_of_another_phone_are_stored_with_a_follow(city, parent, child):
    code = offer(city, parent).code
    with city.database.read() as uow:
        assert uow.sharing.offered(code.replace("-", ""), city.clock.now()) is None, "only its keyed hash is kept"
    made = follow(city, child, code)
    assert set(made.__slots__) == {"id", "follower", "followed", "place", "since"}


def test_r1_a_follow_of_the_drill_world_reaches_no_phone_of_the_real_one(live, city, jma, provider, clock, plain):
    residents = Provider(channel="fcm")
    real = replace(live, sender=residents)
    mother, son = phone_of(real, "mother"), phone_of(real, "son", plain)
    follow(real, son, offer(real, mother).code)
    with pytest.raises(UnknownCodeError):
        follow(city, phone_of(city, "son", plain), offer(real, mother).code)
    follow(city, phone_of(city, "son", plain), offer(city, phone_of(city, "mother")).code)
    clock.forward(minutes=11)
    jma.send(SLIDE, L4)
    deliver(city, "w")
    deliver(real, "w")
    assert all(push.drill for pushes in provider.by_phone.values() for push in pushes)
    assert provider.by_phone["son"]
    assert not residents.by_phone
