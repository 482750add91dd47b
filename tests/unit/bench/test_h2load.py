"""What h2load prints and writes, as `bosai bench herd` reads it."""

import pytest

from bosai.bench.contender import BenchError
from bosai.bench.h2load import _run

PRINTED = """
requests: 3 total, 3 started, 3 done, 3 succeeded, 0 failed, 0 errored, 0 timeout
time for connect:       74us      3.10ms       812us       190us    81.00%
"""
ROWS = ["1000000\t200\t5000", "2000000\t304\t1000", "2500000\t200\t9000"]


def test_a_run_is_read():
    run = _run(PRINTED, ROWS)
    assert (run.done, run.failed, run.statuses) == (3, 0, {"200": 2, "304": 1})
    assert (run.p50_ms, run.p99_ms, run.longest_ms, run.longest_connect) == (5.0, 9.0, 9.0, "3.10ms")
    assert run.seconds == pytest.approx(1.51, abs=0.005)


def test_every_way_to_fail_counts():
    assert _run(PRINTED.replace("0 failed, 0 errored, 0 timeout", "1 failed, 2 errored, 3 timeout"), ROWS).failed == 6


@pytest.mark.parametrize(("printed", "rows"), [("", ROWS), (PRINTED, [])])
def test_what_is_no_result_is_no_result(printed, rows):
    with pytest.raises(BenchError):
        _run(printed, rows)
