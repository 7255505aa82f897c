import numpy as np
import pytest

from helpers.timeline.windows import BLOCK, blocks, meetings


def met(count, days):
    """Which rows each row is in a block with."""
    found = [set() for _ in range(count)]
    for rows in blocks(np.arange(count), days):
        for row in rows:
            found[row].update(rows.tolist())
    return found


def test_up_to_a_block_every_row_meets_every_other():
    assert met(BLOCK, np.arange(BLOCK, 0.0, -1)) == [set(range(BLOCK))] * BLOCK


@pytest.mark.parametrize("count", [BLOCK + 1, 3 * BLOCK, 5 * BLOCK // 2 + 7])
def test_of_more_rows_each_meets_those_of_near_days(count):
    days = np.random.default_rng(0).permutation(count).astype(float)
    by_day, found = np.argsort(days), met(count, days)
    for place, row in enumerate(by_day):
        near = by_day[max(place - BLOCK // 2, 0) : place + BLOCK // 2 + 1]
        assert set(near.tolist()) <= found[row]


@pytest.mark.parametrize("count", [1, 2, BLOCK, BLOCK + 1, 3 * BLOCK, 5 * BLOCK // 2 + 7])
def test_each_two_rows_of_a_block_meet_once(count):
    days = np.random.default_rng(0).permutation(count).astype(float)
    pairs = []
    for some, others, meet in meetings(np.arange(count), days):
        one, other = np.nonzero(meet)
        pairs += [frozenset(pair) for pair in zip(some[one].tolist(), others[other].tolist(), strict=True)]
    found = met(count, days)
    assert len(pairs) == len(set(pairs))
    assert set(pairs) == {frozenset((a, b)) for a in range(count) for b in found[a] if a != b}
