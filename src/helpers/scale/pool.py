"""Tasks on several processes, of this machine or of a Dask cluster, each done once.

A worker that dies takes nothing with it: what it had in hand is done again. A task that kills whoever takes
it, or stops with an error, is halved until one article is left, and that one is reported. No task is tried
for ever, and where nothing but errors comes back, it is given up: such an error is no article's.
"""

import contextlib
import gc
import multiprocessing
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from helpers.paths import CorpusError

_WAITING = 2  # tasks a worker has in hand or next: more would be done again when one dies
_HOPELESS = 20  # single articles that fail alike with nothing done in between: a bug, or a disk that is full


@dataclass(frozen=True)
class Failure:
    """Why a task that cannot be parted was not done, and the error that said so."""

    reason: str
    error: BaseException | None = None


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
        self._alike: tuple[str, int] = ("", 0)  # the kind of the last failures, and how many of it in a row

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

        Raises
        ------
        helpers.paths.CorpusError
            If `_HOPELESS` tasks that cannot be parted fail alike and nothing is done in between, or the
            cluster is gone.
        """
        self._alike = ("", 0)
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
                task, error = taken.pop(future), _error(future)
                if error is None:
                    yield self._counted(task, future.result())
                elif isinstance(error, BrokenExecutor):
                    broken = True
                    taken[future] = task
                else:
                    yield from self._parted(task, error, halve, waiting)
            if broken:
                suspects, taken = list(taken.values()), {}
                self._pool.shutdown(wait=False)
                yield from self._alone(function, suspects, halve, waiting)
                self._pool = self._start(self.jobs)

    def close(self) -> None:
        """Let the processes end."""
        self._pool.shutdown(wait=False)

    def _alone(self, function: Callable, tasks: list, halve: Callable, waiting: deque) -> Iterator:
        """Do tasks one by one, each with a worker of its own: so one that kills it is known."""
        for task in tasks:
            with self._start(1) as pool:
                error = _error(future := pool.submit(function, task))
            if error is None:
                yield self._counted(task, future.result())
            else:
                yield from self._parted(task, error, halve, waiting)

    def _parted(self, task: object, error: BaseException, halve: Callable, waiting: deque) -> Iterator:
        if parts := halve(task):
            waiting.extendleft(reversed(parts))
        else:
            yield self._counted(task, Failure(_told(error), error))

    def _counted(self, task: object, result: object) -> tuple[Any, Any]:
        """The task and its result; how many have failed alike is kept."""
        kind = type(result.error).__name__ if isinstance(result, Failure) else ""
        self._alike = (kind, self._alike[1] + 1 if kind == self._alike[0] else 1)
        if kind and self._alike[1] >= _HOPELESS:
            told = f"{_HOPELESS} in a row and none in between {result.reason}"
            raise CorpusError(
                f"{told}. That is no fault of an article: mend it, or tell us"
            ) from result.error
        return task, result


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
            raise CorpusError(f"{what}: {result.reason}") from result.error


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
    return _Processes(jobs)


class Here(Executor):
    """This process itself, one task after another."""

    def submit(self, function: Callable, /, *given: object) -> Future:
        """Do it."""
        future: Future = Future()
        try:
            future.set_result(function(*given))
        except Exception as error:
            future.set_exception(error)
        return future


class _Processes(ProcessPoolExecutor):
    """Processes that end at once if nobody waits for them, and with the one who started them.

    A worker ends when the other end of its pipe is closed: by `shutdown`, or because whoever held it is gone,
    however that came. Otherwise a worker of a killed notebook would wait for tasks for ever.
    """

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")  # not forked: a Jupyter kernel has threads
        theirs, self._held = context.Pipe(duplex=False)
        super().__init__(jobs, context, _bound, (theirs,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes end: when their tasks are done, or at once."""
        if not wait:
            self._held.close()
        super().shutdown(wait, cancel_futures=cancel_futures or not wait)
        self._held.close()


def _bound(pipe: Connection) -> None:
    """Bind this process to the other end of the pipe."""
    gc.freeze()  # what is loaded by now stays: to look through it again and again is 1 ms in 20 an article
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who hands out the tasks

    def end() -> None:
        pipe.poll(None)
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()


def _of_cluster(address: str, stack: contextlib.ExitStack) -> tuple[Callable[[int], Executor], int]:
    try:
        from distributed import Client
    except ImportError:
        told = "--cluster needs dask.distributed. Install it with: pip install 'parallax-news[cluster]'"
        raise CorpusError(told) from None
    if not re.fullmatch(r"\w+://.+:\d+", address):
        raise CorpusError(f"{address} is no address of a Dask scheduler, as tcp://host:8786 is one")
    try:
        client = stack.enter_context(Client(address, timeout=20, set_as_default=False))
    except (OSError, ValueError) as error:  # ValueError: a protocol that Dask does not know
        raise CorpusError(f"No Dask scheduler answers at {address}: {error}. See docs/scaling.md") from None
    threads = sum(client.nthreads().values())
    if not threads:
        raise CorpusError(f"The scheduler at {address} has no workers yet. See docs/scaling.md")
    return lambda jobs: client.get_executor(pure=False, retries=0), threads


def _error(future: Future) -> BaseException | None:
    """What a task stopped with.

    Raises
    ------
    helpers.paths.CorpusError
        If nobody will do it any more.
    """
    try:
        return future.exception()
    except CancelledError:
        raise CorpusError(
            "The Dask scheduler was lost before all was done. Start it, and this, again"
        ) from None


def _told(error: BaseException) -> str:
    """An error in plain words."""
    if isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker":
        return "killed the process that read it (out of memory, or a fault of a library)"
    return f"stopped with {type(error).__name__}: {error}"
