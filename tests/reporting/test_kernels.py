"""Forked kernels: alike to usual ones, apart from one another, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from helpers.reporting import kernels

pytestmark = pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="no fork here")

SEEN = """
import numpy, os, sys, time
names = "PYTHONUTF8 LC_ALL TZ OMP_NUM_THREADS OPENBLAS_NUM_THREADS IPYTHONDIR MPLBACKEND".split()
print({name: os.environ.get(name) for name in names}, os.getcwd(), sys.path, sys.flags.utf8_mode, time.tzname)
print(__name__, sys.executable, sorted(numpy.geterr().items()), sys.getrecursionlimit())
"""


@contextmanager
def started(tell=print):
    before = dict(os.environ)
    with kernels.forking(tell, 1) as manager:
        yield manager
    assert dict(os.environ) == before


@pytest.fixture(scope="module")
def manager():
    with started() as manager:
        yield manager


def run(manager, code, **options):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name="python3", kernel_manager_class=manager, **options).execute()
    return "".join(output.text for output in notebook.cells[0].outputs)


def is_there(pid):
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return done.stdout.strip()[:1] not in ("", "Z")


def gone(pids):
    end = time.monotonic() + 30
    while time.monotonic() < end and any(map(is_there, pids)):
        time.sleep(0.1)
    return not any(map(is_there, pids))


def test_a_forked_kernel_has_what_it_needs_and_sees_what_a_usual_one_sees(manager):
    assert run(manager, SEEN) == run(AsyncKernelManager, SEEN)
    ready = "import sys; print({'pandas', 'helpers.tone', 'helpers.reporting.figures'} <= set(sys.modules))"
    assert run(manager, ready) == "True\n"
    assert run(AsyncKernelManager, ready) == "False\n"


def test_kernels_are_forked_from_one_process_and_share_no_chance(manager):
    code = "import os, random, numpy; print(os.getppid()); print(random.random(), numpy.random.random())"
    (one, chance), (other, another) = (run(manager, code).splitlines() for _ in range(2))
    assert one == other and not set(chance.split()) & set(another.split())


def test_a_kernel_that_dies_is_told_and_the_next_one_runs(manager):
    with pytest.raises(DeadKernelError):
        run(manager, "import os; os._exit(3)")
    with pytest.raises(DeadKernelError):
        run(manager, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert run(manager, "print(1)") == "1\n"


def test_an_interrupt_concerns_the_kernel_alone(manager):
    slow = "import time\ntry:\n  time.sleep(60)\nexcept KeyboardInterrupt:\n  print('broken off')"
    assert run(manager, slow, timeout=1, interrupt_on_timeout=True) == "broken off\n"
    assert run(manager, "print(1)") == "1\n"


def test_where_the_process_has_ended_kernels_start_by_themselves_and_it_is_told():
    told = []
    with started(told.append) as manager:
        end = "import os, signal; print(os.getpid(), os.getppid()); os.kill(os.getppid(), signal.SIGKILL)"
        pids = list(map(int, run(manager, end).split()))
        assert told == []
        assert gone(pids)
        assert run(manager, "print(2)") == "2\n"
    (line,) = told
    assert line.startswith("The process that kernels are forked from has ended: this one starts by itself")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_behind_when_a_run_is_killed_or_broken_off(how, tmp_path):
    code = """
import sys, nbformat, nbclient
from helpers.reporting import kernels
cell = "import os, time; print(os.getpid(), os.getppid(), file=open('pids', 'w'), flush=True)"
cell += "; time.sleep(600)"
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
with kernels.forking(print, 1) as manager:
    nbclient.NotebookClient(notebook, kernel_name="python3", kernel_manager_class=manager).execute()
"""
    made = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while time.monotonic() < end and not (tmp_path / "pids").is_file():
        time.sleep(0.1)
    time.sleep(0.5)
    pids = list(map(int, (tmp_path / "pids").read_text().split()))
    assert all(map(is_there, pids))
    made.send_signal(how)
    made.wait(30)
    assert gone(pids)


def test_the_grammars_of_addresses_are_not_built_and_can_still_be_had():
    code = """
import sys
from helpers.reporting import kernels
with kernels.without_grammars():
    import nbformat
print("lark" in sys.modules)
import rfc3987_syntax
print("lark" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
