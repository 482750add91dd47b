"""The list's addresses and secrets are encrypted anew with the key of phones (R20)."""

from dataclasses import replace

from alerts.channel.letter import Outcome
from alerts.service.reseal import reseal
from alerts.store.cipher import AddressCipher
from alerts.telegram.composition import Stated

OLD, NEW, OTHER = bytes(32), bytes([1]) * 32, bytes([2]) * 32


def test_the_list_is_sealed_with_the_new_key_and_told_as_before(enlist, jma, tell, live, hooks, mailbox):
    enlist("webhook")
    enlist("email")
    done = reseal(replace(live, cipher=AddressCipher(NEW, OLD)))
    assert (done.renewed, done.unreadable) == (2, 0)
    renewed = replace(live, cipher=AddressCipher(NEW))
    assert reseal(renewed).renewed == 0
    jma.send("VPWW56", Stated("49"))
    assert tell(renewed) == 2
    assert (len(hooks.taken), len(mailbox.mails)) == (1, 1)


def test_who_can_be_read_with_no_key_is_counted_and_rejected(enlist, jma, tell, live, outcomes):
    enlist("webhook")
    lost = replace(live, cipher=AddressCipher(OTHER))
    assert reseal(lost).unreadable == 1
    (revision,) = jma.send("VPWW56", Stated("49")).revisions
    assert tell(lost) == 0
    assert outcomes(revision.alert_id) == {1: [Outcome.REJECTED]}
