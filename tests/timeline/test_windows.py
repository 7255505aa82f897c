from itertools import pairwise

import numpy as np
import pytest

from helpers.timeline.windows import BLOCK, NEAREST, blocks, meetings

MANY = [BLOCK + 1, 3 * BLOCK, 5 * BLOCK // 2 + 7]


@pytest.mark.parametrize("count", [0, 1, BLOCK, *MANY])
def test_blocks_hold_every_row_once_in_the_order_of_days(count):
    days = np.random.default_rng(0).permutation(count).astype(float)
    found = [*blocks(np.arange(count), days)]
    assert sorted(row for rows in found for row in rows.tolist()) == list(range(count))
    ends = [(days[rows].min(), days[rows].max()) for rows in found]
    assert all(one[1] < other[0] for one, other in pairwise(ends))


@pytest.mark.parametrize("count", MANY)
def test_of_many_rows_each_meets_those_of_near_days_once(count):
    days = np.random.default_rng(0).permutation(count).astype(float)
    by_day, pairs = np.argsort(days), []
    for some, others, meet in meetings(np.arange(count), days):
        assert others[len(others) - len(some) :].tolist() == some.tolist()
        one, other = np.nonzero(meet)
        pairs += zip(some[one].tolist(), others[other].tolist(), strict=True)
    near = {
        (by_day[place], before)
        for place in range(count)
        for before in by_day[max(place - NEAREST, 0) : place].tolist()
    }
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == near
