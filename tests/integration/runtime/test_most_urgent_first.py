"""What matters most is told first, in whatever order it was nudged; and who delivers is heard while it does."""

from dataclasses import replace

from sqlalchemy import select

from alerts.ports import Address, Platform
from alerts.service.register import register
from alerts.service.registration import Registration
from alerts.store.tables import chunks

RESIDENTS = 12
ADVISORY, CRITICAL = ("VPWW55", "10"), ("VPWW56", "49")  # heavy rain, level 2; landslide, level 4


def one_phone_a_chunk(live):
    policy = replace(live.pack.policy, chunk_size=1)
    return replace(live, pack=replace(live.pack, policy=policy))


def closed_at(live, revision):
    with live.database.read() as uow:
        of_it = select(chunks.c.closed_at).where(chunks.c.alert_id == revision.alert_id)
        return list(uow.connection.scalars(of_it))


def test_a_critical_push_does_not_wait_behind_advisories_that_were_nudged_before_it(machine, until, warn):
    machine.start_broker()
    live = one_phone_a_chunk(machine.live)
    for number in range(RESIDENTS):
        register(live, Registration(Address("token", f"t{number}"), Platform.IOS, "ja", (), normal_pushes=True))
    advisory = warn(live, *ADVISORY)
    critical = warn(live, *CRITICAL)
    machine.start_parts("push")
    until(lambda: not machine.open_chunks("live"))
    assert len(closed_at(live, advisory)) >= RESIDENTS
    assert max(closed_at(live, critical)) <= min(closed_at(live, advisory)), "chunks told by one worker close together"
