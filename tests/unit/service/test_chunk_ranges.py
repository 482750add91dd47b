"""How the numbers of a city's devices are cut into chunks."""

from hypothesis import given
from hypothesis import strategies as st

from alerts.service.issue import FIRST_CHUNK, ranges


@given(first=st.integers(1, 9_000), more=st.integers(0, 9_000), chunk_size=st.integers(1, 3_000))
def test_every_device_lies_in_one_chunk_and_the_first_is_small(first: int, more: int, chunk_size: int) -> None:
    cut = list(ranges(first, first + more, chunk_size))
    numbers = [number for start, end in cut for number in range(start, end + 1)]
    assert numbers == list(range(first, first + more + 1))
    assert all(start <= end < start + chunk_size for start, end in cut)
    assert cut[0][1] < first + FIRST_CHUNK
