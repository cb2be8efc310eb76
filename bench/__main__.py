"""`make bench`: pages beside the floor, then sending beside a plain script and a task a message,
then lists of members in and out, then the register at its full size, then the search."""

import argparse
import sys

from bench import lists, pages, register, search, sending


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=["pages", "sending", "lists", "register", "search", "all"], default="all"
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--found-among", type=int, default=100_000, help="articles of the search")
    parser.add_argument("--meetings", type=int, default=300)
    parser.add_argument("--pages", nargs="*", default=(), help="only these of the pages")
    asked = parser.parse_args()
    met = True
    if asked.what in ("pages", "all"):
        met = pages.run(
            rounds=asked.rounds,
            clients=asked.clients,
            seconds=asked.seconds,
            articles=asked.articles,
            meetings=asked.meetings,
            only=asked.pages,
        )
    if asked.what in ("sending", "all"):
        met = sending.main() and met
    if asked.what in ("lists", "all"):
        met = lists.main() and met
    if asked.what in ("register", "all"):
        met = register.main(rounds=asked.rounds, seconds=asked.seconds) and met
    if asked.what in ("search", "all"):
        met = search.main(articles=asked.found_among, rounds=asked.rounds) and met
    return 0 if met else 1


sys.exit(main())
