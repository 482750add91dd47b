"""Whom a replay counts as lost: everybody who had to be told and was not."""

import pytest

from alerts.ports import PushResult
from bosai.replay.play import lost

TOLD_OR_GONE = {PushResult.ACCEPTED, PushResult.UNREGISTERED}


@pytest.mark.parametrize("result", PushResult)
def test_only_who_was_accepted_or_is_gone_is_not_lost(result):
    assert lost({1}, {1: result}) == (0 if result in TOLD_OR_GONE else 1)


def test_who_was_never_begun_is_lost_and_who_need_not_be_told_does_not_count():
    assert lost({1, 2, 3}, {1: PushResult.ACCEPTED, 9: PushResult.EXPIRED}) == 2
