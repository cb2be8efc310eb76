"""One child process: stopped, killed with its children, frozen, never left behind."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from patience import until

from portal.embedded.process import Process, descendants, state_of

PROJECT = Path(__file__).resolve().parents[1]
TWO_SLEEPERS = ["/bin/sh", "-c", "sleep 60 & sleep 60"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]


@pytest.fixture
def start(tmp_path):
    started = []

    def start(command):
        process = Process("sample", command, tmp_path / "sample.log")
        process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill(tree=True)


def ignored_by(pid):
    """The signals a process ignores; those its starter ignored come along, so never compare the whole."""
    status = Path(f"/proc/{pid}/status").read_text()
    mask = int(re.search(r"^SigIgn:\s+([0-9a-f]+)", status, re.MULTILINE)[1], 16)
    return {number for number in range(1, 65) if mask >> (number - 1) & 1}


def test_stop_ends_it_and_tells_the_exit_code(start):
    process = start(["/bin/sleep", "60"])

    process.stop()

    assert (process.is_running, process.exit_code) == (False, -signal.SIGTERM)


def test_one_that_will_not_listen_is_killed_after_a_while(start):
    process = start(DEAF)
    until(lambda: signal.SIGTERM in ignored_by(process.pid))

    process.stop(timeout=0.2)

    assert process.exit_code == -signal.SIGKILL


def test_killing_the_tree_leaves_no_child(start):
    process = start(TWO_SLEEPERS)
    until(lambda: len(list(descendants(process.pid))) == 2)
    children = list(descendants(process.pid))

    process.kill(tree=True)

    until(lambda: all(state_of(child) in (None, "Z") for child in children))


def test_looking_for_children_bears_strangers_that_come_and_go(start):
    start(["/bin/sh", "-c", "while :; do /bin/true; done"])
    process = start(TWO_SLEEPERS)
    until(lambda: len(list(descendants(process.pid))) == 2)

    assert {len(list(descendants(process.pid))) for _ in range(300)} == {2}


def test_frozen_and_thawed_with_its_children(start):
    process = start(TWO_SLEEPERS)
    until(lambda: len(list(descendants(process.pid))) == 2)
    family = [process.pid, *descendants(process.pid)]

    process.freeze()
    until(lambda: [state_of(pid) for pid in family] == ["T"] * 3)
    process.thaw()

    until(lambda: [state_of(pid) for pid in family] == ["S"] * 3)


def test_signals_to_an_ended_process_reach_no_stranger(start):
    process = start(["/bin/true"])
    until(lambda: not process.is_running)

    process.freeze()
    process.ask_to_stop()
    process.kill()

    assert process.exit_code == 0


def test_the_log_holds_what_it_said(start):
    process = start(["/bin/sh", "-c", "echo một; echo hai >&2"])
    until(lambda: not process.is_running)

    assert process.log_tail() == "một\nhai"


START_A_SLEEPER = """
import pathlib, sys, time
from portal.embedded.process import Process
process = Process("sleeper", ["/bin/sleep", "60"], pathlib.Path("/dev/null"), detached=sys.argv[1] == "stays")
process.start()
print(process.pid, flush=True)
time.sleep(60)
"""


def killed_launcher(kind):
    launcher = subprocess.Popen(
        [sys.executable, "-c", START_A_SLEEPER, kind], stdout=subprocess.PIPE, cwd=PROJECT, text=True
    )
    with launcher:
        pid = int(launcher.stdout.readline())
        launcher.kill()
    return pid


def test_it_dies_with_its_parent():
    pid = killed_launcher("dies")

    until(lambda: state_of(pid) in (None, "Z"))


def test_a_detached_one_outlives_its_parent():
    pid = killed_launcher("stays")

    time.sleep(0.1)
    assert state_of(pid) == "S"
    os.kill(pid, signal.SIGKILL)
