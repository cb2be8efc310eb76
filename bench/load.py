"""A plain load: so many clients at once, a new connection for each request, for so many seconds."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Target:
    """One page of one server, with the session cookie of a signed-in reader.

    With a `form` it is pressed, not read: each time with what the form says then.
    """

    name: str
    url: str
    cookie: str
    server_pid: int
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    form: Callable[[], dict[str, str]] | None = None


@dataclass(frozen=True)
class Round:
    """What one round showed: requests per second, milliseconds, server CPU per request."""

    rate: float
    p50: float
    p95: float
    cpu: float


def cpu_seconds(pid: int) -> float:
    """CPU used so far by a process and its children (a gunicorn master and its workers)."""
    return sum(_own_cpu(each) for each in [pid, *_children(pid)])


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _own_cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def run_round(target: Target, *, clients: int, seconds: float) -> Round:
    """Ask for the page until the time is over; any answer but the expected one stops the bench."""
    took: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + seconds

    def client() -> None:
        while time.monotonic() < until and not errors:
            start = time.perf_counter()
            status = fetch(target)
            took.append(time.perf_counter() - start)
            if status != target.status:
                errors.append(f"{target.name}: {target.url} answered {status}")

    cpu_before = cpu_seconds(target.server_pid)
    started = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - started
    if errors:
        raise RuntimeError(errors[0])
    cuts = statistics.quantiles(took, n=20)
    return Round(
        rate=len(took) / elapsed,
        p50=statistics.median(took) * 1000,
        p95=cuts[-1] * 1000,
        cpu=(cpu_seconds(target.server_pid) - cpu_before) / len(took) * 1000,
    )


def fetch(target: Target) -> int:
    """The status of the answer, read to its end."""
    return _ask(target).status


def etag_of(target: Target) -> str:
    return _ask(target).headers["ETag"]


def _ask(target: Target) -> http.client.HTTPResponse:
    where = urlsplit(target.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port or 80, timeout=30)
    try:
        path = where.path + (f"?{where.query}" if where.query else "")
        headers = {"Cookie": target.cookie, **dict(target.headers)}
        if target.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(target.form()), headers)
        else:
            connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def alternate(
    page: Target, floor: Target, *, rounds: int, clients: int, seconds: float
) -> list[tuple[Round, Round]]:
    """Page and floor in turn (A B B A …), so that a drifting machine wrongs neither."""
    pairs = []
    for number in range(rounds):
        order = [page, floor] if number % 2 == 0 else [floor, page]
        seen = {target.name: run_round(target, clients=clients, seconds=seconds) for target in order}
        pairs.append((seen[page.name], seen[floor.name]))
    return pairs
