"""Kernels forked from one process that has imported what notebooks import.

Imports are most of what a short notebook takes. One process beside the run makes them once, while the run
still prepares itself, and forks a kernel for each notebook. It holds neither threads nor sockets of zmq,
which would not survive a fork, runs no cell, so that no kernel sees what another did, and ends with the run,
however that ends. Where processes cannot be forked, kernels start as usual, with the same results.
"""

import contextlib
import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

# Without the first ones no cell runs. The others are imported whenever nothing is asked, in the order in
# which the notebooks need them, one at a time: while one is imported no kernel is started or looked after.
_FIRST = ["ipykernel.kernelapp", "ipykernel.ipkernel", "pandas", "pyarrow.parquet", "pandera.pandas"]
_LATER = [
    "charset_normalizer", "py3langid", "lxml.html", "matplotlib.figure", "matplotlib.backends.backend_svg",
    "scipy.special", "scipy.stats", "sklearn.base", "sklearn.feature_extraction.text",
]  # fmt: skip
_ENVIRONMENT = {
    "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "JUPYTER_PREFER_ENV_PATH": "1",  # the environment's own kernel, whatever the user has installed
    "TQDM_DISABLE": "1",  # a bar in a page would differ from run to run
}  # fmt: skip
_SERVE = "import sys; del sys.path[0]; from helpers.reporting import kernels; kernels.serve(int(sys.argv[1]))"


@contextlib.contextmanager
def forking(tell: Callable[[str], None], jobs: int) -> Iterator[type]:
    """Start the process that kernels are forked from, in the environment they are to have, and end it.

    Parameters
    ----------
    tell
        Takes the line that says so where kernels cannot be forked.
    jobs
        How many processes a notebook may start (`helpers.scale`).

    Yields
    ------
    type
        A `jupyter_client` manager of such kernels, or of usual ones.
    """
    source = None
    with _environment(jobs):
        if hasattr(os, "fork") and sys.platform != "darwin":  # where system libraries do not bear a fork
            source = _Source()
        else:
            tell("Kernels cannot be forked on this system: each starts by itself, which takes longer")
        try:
            yield _manager(source, tell)
        finally:
            if source:
                source.close()


@contextlib.contextmanager
def without_grammars() -> Iterator[None]:
    """Import what checks notebooks, but not the grammars of addresses: to build them takes 1 s of 2."""
    name = "rfc3987_syntax"
    there = sys.modules.setdefault(name, None)  # jsonschema wants it for "format": "iri", and does without
    try:
        yield
    finally:
        if there is None:
            sys.modules.pop(name, None)


def serve(number: int) -> None:
    """Be the process that kernels are forked from: do what is asked in lines on the socket of that number.

    A line is JSON: `{"argv", "env", "cwd"}` asks for a kernel and is answered with its process's number,
    `{"poll"}` asks for the exit code of such a process, null while it runs. At the end of the lines, as when
    the run was killed, it and its kernels end.
    """
    # ipykernel sets it, but matplotlib reads it when it is imported.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    later, running = _import_first(), set()
    connection = socket.socket(fileno=number)
    lines = connection.makefile("rw", encoding="utf-8")
    while True:
        while later and not select.select([connection], [], [], 0)[0]:
            import_module(later.pop(0))
        if not (line := lines.readline()):
            break
        asked = json.loads(line)
        if "poll" in asked:
            ended, status = os.waitpid(asked["poll"], os.WNOHANG)
            running.discard(ended)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        else:
            gc.freeze()  # what is there stays shared: no collection in a kernel writes to its pages
            if not (answer := os.fork()):
                lines.close()
                connection.close()
                return _be_kernel(**asked)
            os.setpgid(answer, answer)  # a signal to the kernel's group concerns it alone
            running.add(answer)
        lines.write(json.dumps(answer) + "\n")
        lines.flush()
    for kernel in running:
        os.kill(kernel, signal.SIGKILL)


def _import_first() -> list[str]:
    """Import what every notebook needs, and return what can wait."""
    for module in _FIRST:
        import_module(module)
    package = Path(__file__).parents[1]
    for module in pkgutil.iter_modules([str(package)], f"{package.name}."):
        if module.ispkg:
            loaded = import_module(module.name)
            for name in loaded.__all__:  # some are imported when they are asked for
                getattr(loaded, name)
    return list(_LATER)


def _be_kernel(argv: list[str], env: dict[str, str], cwd: str) -> None:
    import numpy as np
    from ipykernel import kernelapp

    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    # Of `python -m ipykernel_launcher …`; and it ends when this process does, however that ends.
    sys.argv = [*argv[2:], f"--IPKernelApp.parent_handle={os.getppid()}"]
    np.random.seed()  # not the state that all forks would share
    kernelapp.launch_new_instance()


@contextlib.contextmanager
def _environment(jobs: int) -> Iterator[None]:
    """Kernels see one locale, one time zone, one thread and no profile of the user's."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="parallax-") as profile:
        os.environ.update(_ENVIRONMENT, IPYTHONDIR=profile, PARALLAX_JOBS=str(jobs))
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


class _Source:
    """The process that kernels are forked from, seen from the run."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._lines = ours.makefile("rw", encoding="utf-8")
            self._process = subprocess.Popen(
                [sys.executable, "-c", _SERVE, str(theirs.fileno())], pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, start_new_session=True,  # Ctrl-C is for the run to see
            )  # fmt: skip
        self._one_at_a_time = threading.Lock()

    def ask(self, **words: object) -> int | None:
        """Send a line, and return the answer to it.

        Raises
        ------
        ChildProcessError
            If the process has ended.
        """
        with self._one_at_a_time, contextlib.suppress(OSError, ValueError):  # as is said when it has closed
            self._lines.write(json.dumps(words) + "\n")
            self._lines.flush()
            if answer := self._lines.readline():
                return json.loads(answer)
        raise ChildProcessError("The process that kernels are forked from has ended")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._lines.close()
        self._process.wait()


class _Kernel:
    """A forked kernel's process: of `subprocess.Popen` what `jupyter_client` uses."""

    stdin = stdout = stderr = returncode = None

    def __init__(self, source: _Source, pid: int) -> None:
        self._source, self.pid = source, pid

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                self.returncode = self._source.ask(poll=self.pid)
            except ChildProcessError:  # its kernels end with it
                self.returncode = -signal.SIGKILL
        return self.returncode

    wait = poll  # called when it has ended

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _manager(source: _Source | None, tell: Callable[[str], None]) -> type:
    from jupyter_client import AsyncKernelManager

    if not source:
        return AsyncKernelManager

    class Manager(AsyncKernelManager):
        async def _async_launch_kernel(self, kernel_cmd: list[str], **settings: object) -> None:
            env, cwd = settings["env"], settings.get("cwd") or str(Path.cwd())
            try:
                pid = source.ask(argv=kernel_cmd, env=env, cwd=cwd)
            except ChildProcessError as error:
                tell(f"{error}: this one starts by itself, which takes longer")
                return await super()._async_launch_kernel(kernel_cmd, **settings)
            local = self.provisioner
            local.process, local.pid, local.pgid, local.cwd = _Kernel(source, pid), pid, pid, cwd
            self._reconcile_connection_info(local.connection_info)

    return Manager
