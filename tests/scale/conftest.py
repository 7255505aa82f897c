"""Made-up corpora, and tasks that are done in this process: starting others takes seconds each."""

import pytest

from helpers import paths
from helpers.scale import pool


@pytest.fixture(scope="session")
def made():
    """The script that writes made-up corpora."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(paths.ROOT / "benchmarks")
        import made

        yield made


@pytest.fixture
def here(monkeypatch):
    """No other processes: what is monkeypatched holds for the tasks as well."""
    monkeypatch.setattr(pool, "of_this_machine", lambda jobs: pool.Here())
