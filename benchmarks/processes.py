"""What a command costs: wall time, CPU time and memory, of the process it starts and all that these start.

Whoever measures imports little: before a command runs its own program, the process it will run in counts the
memory of the one that starts it.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.5  # seconds between two looks at the memory; at 0.2 they took 5 % of a core


class Cost(NamedTuple):
    """What a command took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of all processes
    largest: float  # MB, the peak of the process that had the largest
    together: float  # MB, the peak of all at once, shared pages counted once; 0 where there is no /proc
    told: str  # what it wrote to its standard output


def measured(command: list[object], folder: Path | None = None, **environment: object) -> Cost:
    """Run a command to its end.

    Parameters
    ----------
    command
        The program and its arguments; `python` is this one.
    folder
        Where it runs.
    environment
        Variables besides those of this process; numeric libraries have one thread.

    Raises
    ------
    RuntimeError
        If it fails, with the end of what it wrote.
    """
    words = [sys.executable if word == "python" else str(word) for word in command]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    mine = os.environ | threads | {name: str(value) for name, value in environment.items()}
    begun = time.perf_counter()
    process = subprocess.Popen(
        words, cwd=folder, env=mine, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peaks = [0.0]
    looking = threading.Thread(target=_look, args=(process.pid, peaks), daemon=True)
    looking.start()
    told = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    looking.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{told[-2000:]}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # of ru_maxrss: bytes or kilobytes
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, max(peaks), told)


def _look(process: int, peaks: list[float]) -> None:
    """Note the memory of a process and all that it started until it has ended."""
    while Path(f"/proc/{process}/smaps_rollup").exists():
        peak = sum(map(_memory, _family(process)))
        if not peak:  # it has ended, and nobody has asked for its exit code yet
            return
        peaks.append(peak / 1024)
        time.sleep(_PAUSE)


def _memory(process: int) -> int:
    """Kilobytes of a process, its part of what it shares with others."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _family(process: int) -> Iterator[int]:
    """A process and those it started, and so on."""
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))
