"""Tasks on several processes, of this machine or of a Dask cluster, each done once.

A worker that dies takes nothing with it: what it had in hand is done again. A task that kills whoever takes
it, or stops with an error, is halved until one article is left, and that one is reported. No task is tried
for ever.
"""

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from helpers.paths import CorpusError

_WAITING = 2  # tasks a worker has in hand or next: more would be done again when one dies


@dataclass(frozen=True)
class Failure:
    """Why a task that cannot be parted was not done."""

    reason: str


class Workers:
    """Processes that do tasks; made by :func:`workers`.

    Parameters
    ----------
    start
        Starts a number of processes.
    jobs
        How many there should be.
    """

    def __init__(self, start: Callable[[int], Executor], jobs: int) -> None:
        self.jobs = jobs
        self._start = start
        self._pool = start(jobs)

    def completed(
        self, function: Callable, tasks: Iterable, halve: Callable[[Any], list] = lambda task: []
    ) -> Iterator[tuple[Any, Any]]:
        """Do tasks; yield each with what came of it, in the order in which they are done.

        Parameters
        ----------
        function
            What a worker does with a task: importable by its name; done again, it must do the same again.
        tasks
            Values that can be pickled.
        halve
            Parts a task that failed into smaller ones, of one that cannot be parted none.

        Yields
        ------
        task, result
            The result is a :class:`Failure` where a task that cannot be parted failed.
        """
        waiting, taken = deque(tasks), {}
        while waiting or taken:
            while waiting and len(taken) < _WAITING * self.jobs:
                task = waiting.popleft()
                try:
                    taken[self._pool.submit(function, task)] = task
                except BrokenExecutor:  # found out on the way; those in hand are seen to below
                    waiting.appendleft(task)
                    break
            done, _ = wait(taken, return_when=FIRST_COMPLETED) if taken else (set(), set())
            broken = not taken
            for future in done:
                task, error = taken.pop(future), future.exception()
                if error is None:
                    yield task, future.result()
                elif isinstance(error, BrokenExecutor):
                    broken = True
                    taken[future] = task
                else:
                    yield from self._parted(task, _told(error), halve, waiting)
            if broken:
                suspects, taken = list(taken.values()), {}
                self._pool.shutdown(wait=False, cancel_futures=True)
                yield from self._alone(function, suspects, halve, waiting)
                self._pool = self._start(self.jobs)

    def close(self) -> None:
        """Let the processes end."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, function: Callable, tasks: list, halve: Callable, waiting: deque) -> Iterator:
        """Do tasks one by one, each with a worker of its own: so one that kills it is known."""
        pool = None
        for task in tasks:
            pool = pool or self._start(1)
            error = (future := pool.submit(function, task)).exception()
            if error is None:
                yield task, future.result()
                continue
            if isinstance(error, BrokenExecutor):
                pool = None
            yield from self._parted(task, _told(error), halve, waiting)
        if pool:
            pool.shutdown(wait=False)

    def _parted(self, task: object, reason: str, halve: Callable, waiting: deque) -> Iterator:
        if parts := halve(task):
            waiting.extendleft(reversed(parts))
        else:
            yield task, Failure(reason)


def required(done: Iterable[tuple[Any, Any]], what: str, number: int) -> None:
    """See tasks done, with a bar; none of them may fail.

    Raises
    ------
    helpers.paths.CorpusError
        If one does.
    """
    from tqdm import tqdm

    for _, result in tqdm(done, desc=what, total=number, leave=False, disable=None):
        if isinstance(result, Failure):
            raise CorpusError(f"{what}: {result.reason}")


@contextlib.contextmanager
def workers(jobs: int = 1, cluster: str | None = None) -> Iterator[Workers]:
    """Processes that do tasks, as long as the block runs.

    Parameters
    ----------
    jobs
        How many of this machine.
    cluster
        The address of a Dask scheduler ("tcp://host:8786"): its workers take the place of those here. Each
        needs this package in the same version, and should have one thread.

    Raises
    ------
    helpers.paths.CorpusError
        If the cluster cannot be reached, has no workers, or dask.distributed is not installed.
    """
    with contextlib.ExitStack() as stack:
        if cluster:
            start, jobs = _of_cluster(cluster, stack)
        else:
            start = of_this_machine
        pool = Workers(start, jobs)
        stack.callback(pool.close)
        yield pool


def of_this_machine(jobs: int) -> Executor:
    """So many processes of this machine."""
    # Not forked: whoever asks has threads, as every Jupyter kernel has.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))


def _of_cluster(address: str, stack: contextlib.ExitStack) -> tuple[Callable[[int], Executor], int]:
    try:
        from distributed import Client
    except ImportError:
        told = "--cluster needs dask.distributed. Install it with: pip install 'parallax-news[cluster]'"
        raise CorpusError(told) from None
    try:
        client = stack.enter_context(Client(address, timeout=20, set_as_default=False))
    except OSError as error:
        raise CorpusError(f"No Dask scheduler answers at {address}: {error}. See docs/scaling.md") from None
    threads = sum(client.nthreads().values())
    if not threads:
        raise CorpusError(f"The scheduler at {address} has no workers yet. See docs/scaling.md")
    return lambda jobs: client.get_executor(pure=False, retries=0), threads


def _told(error: BaseException) -> str:
    """An error in plain words."""
    if isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker":
        return "killed the process that read it (out of memory, or a fault of a library)"
    return f"stopped with {type(error).__name__}: {error}"
