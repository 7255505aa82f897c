"""Tasks are each done once, whatever becomes of the processes; and none of these is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import jobs
import pytest

from helpers import scale
from helpers.paths import CorpusError
from helpers.scale.pool import Here, Workers, required


def wait_for(told, seconds=60):
    end = time.monotonic() + seconds
    while not (found := told()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def test_a_worker_killed_from_outside_takes_nothing_with_it(tmp_path):
    def kill():
        wait_for((tmp_path / "pid").exists)
        (tmp_path / "killed").touch()
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with scale.workers(1) as pool:
        done = list(pool.completed(jobs.square, [(number, str(tmp_path)) for number in range(4)]))
    killer.join()
    assert sorted((number, result) for (number, _), result in done) == [(n, n * n) for n in range(4)]


WAITS = """
import sys, jobs
from helpers import scale
if __name__ == "__main__":
    with scale.workers(1) as pool:
        list(pool.completed(jobs.square, [(0, sys.argv[1])]))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_whoever_is_stopped_leaves_no_processes_behind(tmp_path, how):
    script = tmp_path / "waits.py"
    script.write_text(WAITS)
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    asking = subprocess.Popen([sys.executable, script, tmp_path], env=env, stderr=subprocess.PIPE, text=True)
    wait_for((tmp_path / "pid").exists)
    worker = int((tmp_path / "pid").read_text())
    asking.send_signal(how)
    told = asking.communicate(timeout=30)[1]
    assert asking.returncode != 0 and told.count("Traceback") <= 1
    wait_for(lambda: not Path(f"/proc/{worker}").exists() or "zombie" in status(worker), 10)


def status(process):
    try:
        return Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return "zombie"


def pool():
    return Workers(lambda _: Here(), 1)


def halve(task):
    middle = len(task) // 2
    return [task[:middle], task[middle:]] if middle else []


def test_a_bug_that_stops_every_article_is_not_looked_for_in_each(monkeypatch):
    calls = []

    def full(task):
        calls.append(task)
        raise OSError(28, "No space left on device")

    with pytest.raises(
        CorpusError, match="20 in a row .* No space left on device. That is no fault"
    ) as raised:
        list(pool().completed(full, [list(range(1000)), list(range(1000))], halve))
    assert len(calls) < 60 and isinstance(raised.value.__cause__, OSError)


def test_many_articles_that_fail_among_others_are_each_reported():
    def some(task):
        if any(number % 3 for number in task):
            raise ValueError("no third")
        return task

    done = list(pool().completed(some, [list(range(90))], halve))
    failed = [task for task, result in done if isinstance(result, scale.Failure)]
    assert sorted(failed) == [[number] for number in range(90) if number % 3]
    assert sorted(task for task, result in done if result == task) == [[n] for n in range(0, 90, 3)]


def test_what_has_to_be_done_says_why_it_was_not(capsys):
    with pytest.raises(CorpusError, match="^putting together: stopped with ZeroDivisionError"):
        required(pool().completed(lambda task: 1 // task, [1, 0]), "putting together", 2)
    assert capsys.readouterr().err == ""


def test_progress_shows_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    required(pool().completed(abs, [1, 2]), "looking for copies", 2)
    assert "looking for copies" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["nonsense", "tcp://here"])
def test_what_is_no_address_of_a_scheduler_is_told_so(address):
    with pytest.raises(CorpusError, match="is no address of a Dask scheduler"), scale.workers(1, address):
        pass


def test_a_scheduler_that_does_not_answer_is_told_so(monkeypatch):
    import distributed

    def silent(address, **options):
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(distributed, "Client", silent)
    address = "tcp://127.0.0.1:1"
    with (
        pytest.raises(CorpusError, match=f"No Dask scheduler answers at {address}"),
        scale.workers(1, address),
    ):
        pass
