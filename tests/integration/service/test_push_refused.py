"""Many phones of one revision are refused for good: the office hears of it, and not of a few (push.md §7.6)."""

from dataclasses import dataclass, field, replace

import pytest
from provider import Provider

from alerts.ports import Address, Platform, PushOutcome, PushResult
from alerts.service.deliver import deliver
from alerts.service.register import register_all
from alerts.service.registration import Registration
from alerts.service.settle import settle
from alerts.telegram.composition import Stated

PHONES = 100


@dataclass
class Choosy(Provider):
    """Refuses the phones of these numbers, and takes the others."""

    refused: frozenset[int] = field(default_factory=frozenset)
    answer_of_refused: PushResult = PushResult.INVALID

    def send(self, jobs, clock, record):
        def said(outcomes):
            return record([self._of(outcome) for outcome in outcomes])

        super().send(jobs, clock, said)

    def _of(self, outcome):
        if outcome.device not in self.refused:
            return outcome
        return PushOutcome(outcome.device, self.answer_of_refused, error=self.error, chunk=outcome.chunk)


@pytest.fixture
def provider():
    return Choosy(error="400 INVALID_ARGUMENT: too big")


@pytest.fixture
def phones(drill, jma, provider):
    jma.services = replace(drill, sender=provider)
    register_all(
        jma.services,
        (Registration(Address("token", f"phone-{number}"), Platform.IOS, "ja", (), True) for number in range(PHONES)),
    )
    return jma.services


def tell(services, jma):
    jma.send("VPWW56", Stated("49"))
    deliver(services, "w")


def alarm(services):
    with services.database.read() as uow:
        return uow.alarms.open_one("push_refused")


@pytest.mark.parametrize("answer", [PushResult.INVALID, PushResult.SENDER_MISMATCH])
def test_the_office_hears_that_a_push_is_refused_by_more_than_one_phone_in_twenty(phones, jma, provider, answer):
    provider.refused, provider.answer_of_refused = frozenset(range(1, 7)), answer
    tell(phones, jma)
    assert "6 of 100 phones" in alarm(phones).text
    assert "too big" in alarm(phones).text


@pytest.mark.parametrize("refused", [range(0), range(1, 6)])
def test_some_refused_phones_are_no_alarm(phones, jma, provider, refused):
    provider.refused = frozenset(refused)
    tell(phones, jma)
    assert alarm(phones) is None


def test_addresses_that_are_gone_are_no_refusal(phones, jma, provider):
    provider.refused, provider.answer_of_refused = frozenset(range(1, 100)), PushResult.UNREGISTERED
    tell(phones, jma)
    assert alarm(phones) is None


def test_the_alarm_stays_for_a_day_whatever_goes_well_meanwhile(phones, jma, provider, clock):
    provider.refused = frozenset(range(1, 50))
    tell(phones, jma)
    provider.refused = frozenset()
    clock.forward(hours=1)
    jma.send("VPWW56")
    settle(phones)
    deliver(phones, "w")
    assert alarm(phones) is not None
