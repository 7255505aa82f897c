"""What workers do in the tests: they import it by its name."""

import os
import signal
import time
from pathlib import Path

import pandas as pd

CALLS: list[list[str]] = []


def lengths(articles: pd.DataFrame, factor: int = 1) -> pd.DataFrame:
    """A map stage, which remembers what it was called with."""
    CALLS.append(articles.article_id.tolist())
    if articles.text.str.contains("stops").any():
        raise KeyError("no such word")
    if articles.text.str.contains("kills").any():
        os.kill(os.getpid(), signal.SIGKILL)
    found = articles[articles.text != ""]
    return found[["article_id"]].assign(length=found.text.str.len() * factor)


def square(task: tuple[int, str]) -> int:
    """The square of a number; the first task tells its process and waits until a file is there."""
    number, folder = task
    if number == 0 and not Path(folder, "killed").exists():
        Path(folder, "pid.tmp").write_text(str(os.getpid()))
        Path(folder, "pid.tmp").rename(Path(folder, "pid"))
        while True:
            time.sleep(0.05)
    return number * number
