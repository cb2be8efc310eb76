"""Lists of members: 10.000 rows checked and written, the register of 20.000 taken out and checked again.

Goals: ten seconds each for the 10.000; nothing changed by the 20.000; memory below half a gigabyte.
"""

from __future__ import annotations

import json
import subprocess
import sys

from bench.sending import say
from bench.stage import ROOT, servers

MEMBERS = 20_000
ROWS = 10_000
MOST_SECONDS = 10.0
MOST_MEGABYTES = 512.0


def main() -> bool:
    with servers() as env:
        env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "SITE_URL": "http://127.0.0.1"}
        for command in (["migrate"], ["demo", "--members", str(MEMBERS)]):
            subprocess.run(
                [sys.executable, "manage.py", *command, "-v0"],
                cwd=ROOT,
                env={**env, "DEBUG": "1"},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        took = json.loads(_inside(env))
    for what in ("export", "recheck", "undo"):
        sys.stdout.write(f"{what}: {took[what]:.1f} s\n")
    return (
        say(f"seconds to check {ROWS} rows", [took["check"]], most=MOST_SECONDS)
        & say(f"seconds to write {ROWS} rows", [took["write"]], most=MOST_SECONDS)
        & say("rows changed by an unchanged export", [took["changed"]], most=0)
        & say("megabytes of memory at most", [took["megabytes"]], most=MOST_MEGABYTES)
    )


def _inside(env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "bench.bring_lists", str(ROWS)]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
