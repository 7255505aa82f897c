import numpy as np
import pytest

from helpers.timeline.windows import BLOCK, blocks


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
