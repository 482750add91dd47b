"""The disk is full in the middle of a fan-out, and has room again later (R15, R27).

Every write of the worker to any file fails, as the kernel makes it fail: a limit on the size of files is set on the
running process. What SQLite maps into memory stays as it is.
"""

import resource

import pytest
from forked import BRISK, MOST_SECONDS, assert_everybody_was_told, has_ended_sending, not_written, sends

FULL = (1, resource.RLIM_INFINITY)  # bytes a file may have: what is asked for can be given back
ROOM = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.mark.timeout(2 * MOST_SECONDS)
def test_r15_r27_who_cannot_write_tells_nobody_and_goes_on_when_the_disk_has_room(slow_service, workers, until):
    slow_service.use(fcm_quota=BRISK)
    worker = workers.start()
    until(sends(slow_service))
    resource.prlimit(worker, resource.RLIMIT_FSIZE, FULL)
    until(has_ended_sending(slow_service))
    assert slow_service.open_chunks(), "the fan-out was over before the disk was full"
    unknown = not_written(slow_service)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, ROOM)
    until(lambda: not slow_service.open_chunks(), seconds=MOST_SECONDS)
    assert_everybody_was_told(slow_service, unknown + workers.left_in_doubt())
