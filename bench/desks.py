"""The two desks of a large conference: how long one tick and one saved text take, two people at work."""

from __future__ import annotations

import statistics
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from bench.load import Target, fetch, run_round
from bench.stage import Site

#: Milliseconds that 95 of 100 presses stay under.
LIMIT = 100
CLIENTS = 2


@dataclass(frozen=True)
class Press:
    """What is pressed, where, and the form it sends each time."""

    what: str
    page: str
    form: Callable[[], dict[str, str]]
    says: str


def run(portal: Site, *, rounds: int, seconds: float) -> bool:
    """Print a line a press; True when both stay under the limit by their median."""
    met = True
    print(f"desks of 300 people and 40 items, {CLIENTS} at work   req/s  p50 ms  p95 ms")
    for press in (
        Press("tick", "tick", _ticks(portal.people), "Điểm danh: one entry"),
        Press("save", "save", _saves(portal.items), "Biên bản: one text saved"),
    ):
        target = Target(
            press.what,
            portal.url + portal.pages[press.page],
            portal.office_cookie,
            portal.pid,
            headers=(("X-CSRFToken", portal.token),),
            form=press.form,
        )
        for _ in range(20):
            fetch(target)
        seen = [run_round(target, clients=CLIENTS, seconds=seconds) for _ in range(rounds)]
        rate, p50, p95 = (
            statistics.median(getattr(one, name) for one in seen) for name in ("rate", "p50", "p95")
        )
        met = met and p95 < LIMIT
        print(
            f"{press.what:42} {rate:7.0f} {p50:7.1f} {p95:7.1f}"
            f"   {'ok' if p95 < LIMIT else 'TOO SLOW'}  {press.says}: 95 of 100 under {LIMIT} ms"
        )
    return met


def _ticks(people: list[int]) -> Callable[[], dict[str, str]]:
    """One after another down the list: out of the room, then back."""
    steps = _turns(people, ("left", "present"))

    def form() -> dict[str, str]:
        person, verb = next(steps)
        return {"key": str(uuid.uuid4()), "verb": verb, "person": str(person), "age": "0"}

    return form


def _saves(items: list[int]) -> Callable[[], dict[str, str]]:
    """A desk of its own goes from item to item and writes a little more each time."""
    desk, numbers = str(uuid.uuid4()), count(1)

    def form() -> dict[str, str]:
        number = next(numbers)
        return {
            "act": "block",
            "item": str(items[number % len(items)]),
            "revision": "0",
            "desk": desk,
            "step": str(number),
            "body": f"<p>{'Đại biểu cho ý kiến về báo cáo. ' * 20}{number}</p>",
        }

    return form


def _turns(people: list[int], verbs: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    while True:
        for verb in verbs:
            for person in people:
                yield person, verb
