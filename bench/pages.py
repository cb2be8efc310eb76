"""Pages against the bare floor, in alternating rounds: requests per second, p95, CPU per request."""

from __future__ import annotations

import statistics
from collections.abc import Collection
from dataclasses import dataclass, replace

from bench import desks
from bench.load import Round, Target, alternate, etag_of, fetch
from bench.stage import Site, portal_and_floor, servers


@dataclass(frozen=True)
class Goal:
    """At least this share of the floor's requests per second (performance goals)."""

    page: str
    share: float | None
    says: str
    #: The floor's page that stands beside it.
    floor: str = ""


GOALS = [
    Goal("home", None, "Trang chủ: for comparison with the floor's one list"),
    Goal("list", 0.60, "Tin tức, page 1, its rows kept: at least 60 % of the floor's list"),
    Goal("older", 0.60, "Tin tức, page 2, nothing kept: at least 60 % of the floor's list", floor="list"),
    Goal("deep", 0.60, "Tin tức, the last page, nothing kept: the same", floor="list"),
    Goal("unchanged", 2.00, "Bài, asked again (304): at least twice the floor's list", floor="list"),
    Goal("article", 0.60, "Bài: at least 60 % of the floor's article"),
    Goal("meeting", 0.50, "Hội nghị: at least 50 % of a bare table of as many rows"),
    Goal("large", 0.50, "Hội nghị, 300 people and 40 items: the same"),
]


def run(
    *, rounds: int, clients: int, seconds: float, articles: int, meetings: int, only: Collection[str] = ()
) -> bool:
    """Print a line a page, or of `only` these; True when every goal is met by its median."""
    met = True
    with servers() as env, portal_and_floor(env, articles=articles, meetings=meetings) as (portal, floor):
        print(
            f"{rounds} rounds of {seconds:g} s, {clients} clients, {articles} articles, {meetings} meetings"
        )
        print("page        req/s  p95 ms  CPU ms   floor req/s  p95 ms  CPU ms    share")
        for goal in GOALS:
            if only and goal.page not in only:
                continue
            ours = _target(goal.page, portal, "portal")
            bare = _target(goal.floor or goal.page, floor, "floor")
            for target in (ours, bare):
                for _ in range(30):  # both workers have loaded their templates
                    fetch(target)
            pairs = alternate(ours, bare, rounds=rounds, clients=clients, seconds=seconds)
            share = statistics.median(a.rate / b.rate for a, b in pairs)
            passed = goal.share is None or share >= goal.share
            met = met and passed
            print(
                f"{goal.page:9} {_figures([a for a, _ in pairs])}   {_figures([b for _, b in pairs], 11)}"
                f"   {share:6.0%}  {'ok' if passed else 'TOO SLOW'}  {goal.says}"
            )
        if not only:
            met = desks.run(portal, rounds=rounds, seconds=seconds) and met
    return met


def _target(page: str, site: Site, name: str) -> Target:
    target = Target(f"{name} {page}", site.url + site.pages[page], site.cookie, site.pid)
    if page != "unchanged":
        return target
    known = (("If-None-Match", etag_of(target)),)
    return replace(target, headers=known, status=304)


def _figures(rounds: list[Round], width: int = 7) -> str:
    rate, p95, cpu = (
        statistics.median(getattr(each, what) for each in rounds) for what in ("rate", "p95", "cpu")
    )
    return f"{rate:{width}.0f} {p95:7.1f} {cpu:7.2f}"
