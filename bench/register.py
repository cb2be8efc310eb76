"""The register at 20.000 members and 600 organisations: list, record, tree, statistics.

Goals: as many queries for a large part of the tree as for a small one; 95 of 100 answers under 300 ms;
page 1.000 of the list at most half as much again as page 1 in database time; the figures at most three
times the database time of bare SQL that counts the same.
"""

from __future__ import annotations

import statistics
import sys

from bench.load import Target, fetch, run_round
from bench.sending import say
from bench.stage import portal_alone, servers

MEMBERS = 20_000
LIMIT = 300
CLIENTS = 2
DEEP_PAGE_SHARE = 1.5
STATISTICS_SHARE = 3.0


def main(*, rounds: int, seconds: float) -> bool:
    """Print a line a goal; True when all are met."""
    demo = ("--members", str(MEMBERS))
    with servers() as env, portal_alone(env, demo=demo, prepare="bench.prepare_register") as (portal, facts):
        sys.stdout.write(f"{facts['members']} members, {facts['organizations']} organisations\n")
        met = True
        for page, (large, small) in facts["queries"].items():
            sys.stdout.write(f"{page}: {large} queries, {small} for a small part\n")
            met = say(f"queries more for the large part: {page}", [max(0, large - small)], most=0) and met
        for page, address in portal.pages.items():
            target = Target(page, portal.url + address, portal.cookie, portal.pid)
            for _ in range(20):  # both workers have loaded their templates
                fetch(target)
            seen = [run_round(target, clients=CLIENTS, seconds=seconds) for _ in range(rounds)]
            p95, cpu = (statistics.median(getattr(one, what) for one in seen) for what in ("p95", "cpu"))
            sys.stdout.write(f"{page}: {cpu:.1f} ms of CPU an answer\n")
            met = say(f"p95 ms, {CLIENTS} at work: {page}", [p95], most=LIMIT) and met
    return (
        say("page 1.000 of the list to page 1, database time", facts["deep"], most=DEEP_PAGE_SHARE)
        & say("figures to bare SQL, database time", facts["bare"], most=STATISTICS_SHARE)
        & met
    )
