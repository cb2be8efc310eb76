"""The search with 1,000 articles and with 100,000: the whole page, and the database beside plain SQL.

Goals: 95 of 100 pages within 200 ms, asked one after another; in the database at most twice the best
plain statement with the same answer; from 1,000 to 100,000 articles at most three times the median.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from urllib.parse import quote

from bench.load import Target, fetch
from bench.sending import say
from bench.stage import gunicorn, python, servers
from portal.embedded.ports import free_port

FEW = 1_000
MOST_TIMES_PLAIN = 2.0
MOST_GROWTH = 3.0
MOST_PAGE_MS = 200.0

#: Of each query: milliseconds of the portal and of the plain statement.
Times = dict[str, dict[str, list[float]]]


def main(*, articles: int, rounds: int) -> bool:
    with servers() as env:
        port = free_port(8300)
        url = f"http://127.0.0.1:{port}"
        env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_POOL": "4", "SITE_URL": url}
        python(env, "manage.py", "migrate", "--verbosity", "0")
        python({**env, "DEBUG": "1"}, "manage.py", "demo")
        python(env, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        seen: dict[int, Times] = {}
        for number in (FEW, articles):
            _inside(env, "fill", str(number))
            seen[number] = _inside(env, "time", str(rounds))
        cookies = _inside(env, "sign_in")
        with gunicorn(env, "portal.wsgi", port) as pid:
            pages = {
                name: _pages(url, cookie, pid, list(seen[articles]), rounds)
                for name, cookie in cookies.items()
            }
    _print(seen, pages)
    return _judge(seen, pages, articles)


def _inside(env: dict[str, str], *what: str) -> dict:  # type: ignore[type-arg]
    found: dict = json.loads(python(env, "-m", "bench.search_inside", *what))  # type: ignore[type-arg]
    return found


def _pages(url: str, cookie: str, pid: int, words: list[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of the whole page for each query, one reader, a new connection each time."""
    targets = {one: Target(one, f"{url}/tim-kiem/?q={quote(one)}", cookie, pid) for one in words}
    took: dict[str, list[float]] = {one: [] for one in words}
    for number in range(rounds + 1):
        for one, target in targets.items():
            began = time.perf_counter()
            status = fetch(target)
            if status != 200:
                raise RuntimeError(f"{target.url} answered {status}")
            if number:  # both workers have loaded their templates
                took[one].append((time.perf_counter() - began) * 1000)
    return took


def _print(seen: dict[int, Times], pages: dict[str, dict[str, list[float]]]) -> None:
    """A line a query: the median in the database at each size, the plain statement beside it, the page."""
    heads = "".join(f"{number:>9} plain" for number in seen)
    sys.stdout.write(f"{'median ms':28}{heads}   page of {', '.join(pages)}\n")
    for words in next(iter(seen.values())):
        figures = "".join(
            f"{_median(times[words]['portal']):9.1f}{_median(times[words]['plain']):6.1f}"
            for times in seen.values()
        )
        shown = "".join(f"{_median(took[words]):9.1f}" for took in pages.values())
        sys.stdout.write(f"{words:28}{figures}{shown}\n")


def _judge(seen: dict[int, Times], pages: dict[str, dict[str, list[float]]], articles: int) -> bool:
    large = seen[articles]
    to_plain = [_median(times["portal"]) / _median(times["plain"]) for times in large.values()]
    sizes = {number: _all(times, "portal") for number, times in seen.items()}
    for number, took in sizes.items():
        sys.stdout.write(
            f"{number} articles, in the database: p50 {_median(took):.1f} ms, p95 {_p95(took):.1f} ms\n"
        )
    met = say(f"database / plain statement, {articles} articles", to_plain, most=MOST_TIMES_PLAIN)
    met &= say("growth of the median", [_median(sizes[articles]) / _median(sizes[FEW])], most=MOST_GROWTH)
    for name, took in pages.items():
        every = [one for times in took.values() for one in times]
        met &= say(f"p95 of the whole page for {name}, ms", [_p95(every)], most=MOST_PAGE_MS)
    return met


def _all(times: Times, side: str) -> list[float]:
    return [one for by_side in times.values() for one in by_side[side]]


def _median(took: list[float]) -> float:
    return statistics.median(took)


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]
