"""What the tests need before the first one runs."""

import pytest

from helpers import paths
from helpers.reporting import run


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the seeds' tables when notebooks are to be tested, so that each notebook's test stands alone."""
    if session.config.option.collectonly:
        return
    if any(item.path.suffix == ".ipynb" for item in session.items):
        try:
            run.report(paths.DATA / "seeds", tell=lambda _: None)
        except run.RunError as error:  # the notebook's own test then fails at the cell in question
            session.config.issue_config_time_warning(UserWarning(str(error)), stacklevel=2)
