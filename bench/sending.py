"""2,000 notices by the outbox, beside a plain script and a Celery task a letter, in alternating rounds.

Goals: at most twice the plain script's time; at least five times faster than a task a letter.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.stage import ROOT, servers
from portal.embedded.ports import free_port, is_free

NOTICES = 2000
#: A task a letter is so slow that fewer of them tell as much.
TASKS = 400
ROUNDS = 5
MOST_TIMES_PLAIN = 2.0
LEAST_TIMES_FASTER = 5.0
SINK = ROOT / "tests" / "stand" / "sink.py"


def main(rounds: int = ROUNDS) -> bool:
    to_plain, to_tasks = [], []
    with stage() as env:
        for number in range(rounds):
            order = ["plain", "outbox"] if number % 2 else ["outbox", "plain"]
            took = {side: race(env, side, NOTICES) for side in order}
            with celery(env):
                took["tasks"] = race(env, "tasks", TASKS) * NOTICES / TASKS
            to_plain.append(took["outbox"] / took["plain"])
            to_tasks.append(took["tasks"] / took["outbox"])
            sys.stdout.write(
                f"round {number + 1}: outbox {took['outbox']:.1f} s, plain {took['plain']:.1f} s,"
                f" a task a letter {took['tasks']:.1f} s\n"
            )
    return say("outbox / plain script", to_plain, most=MOST_TIMES_PLAIN) & say(
        "task a letter / outbox", to_tasks, least=LEAST_TIMES_FASTER
    )


def say(what: str, ratios: list[float], *, most: float = float("inf"), least: float = 0) -> bool:
    median = statistics.median(ratios)
    is_met = least <= median <= most
    goal = f"at most {most}" if least == 0 else f"at least {least}"
    sys.stdout.write(f"{what}: {median:.2f} ({goal}): {'met' if is_met else 'NOT MET'}\n")
    return is_met


def race(env: dict[str, str], side: str, number: int) -> float:
    command = [sys.executable, "-m", "bench.letters", side, str(number)]
    return float(
        subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout
    )


@contextmanager
def stage() -> Iterator[dict[str, str]]:
    """Servers, a sink, and two senders in their loop."""
    with servers() as env, tempfile.TemporaryDirectory() as folder:
        port = free_port(25_300)
        env |= {
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "bench.letters.settings",
            "SITE_URL": "http://127.0.0.1",
        }
        with running(env, str(SINK), str(port), str(Path(folder) / "sink.log")):
            while is_free(port):
                time.sleep(0.05)
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
            loop = ("manage.py", "outbox_drain", "--loop")
            with running(env, *loop), running(env, *loop):
                # Both senders are up and warm when the clock starts.
                race(env, "outbox", 200)
                yield env


@contextmanager
def celery(env: dict[str, str]) -> Iterator[None]:
    with running(env, "-m", "celery", "-q", "-A", "portal", "worker", "-c", "2", "-l", "error"):
        time.sleep(5)
        yield


@contextmanager
def running(env: dict[str, str], *command: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(0 if main() else 1)
