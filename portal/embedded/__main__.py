"""python -m portal.embedded run | env | stop"""

import argparse
import os
import shlex
import sys
from pathlib import Path

from portal.embedded.programs import PROJECT
from portal.embedded.services import Services, secret_key
from portal.embedded.supervisor import Supervisor

VAR = PROJECT / "var"


def environment(base: Path) -> dict[str, str]:
    """Start (or find running) the servers of `base`, to stay, and name what commands need."""
    services = Services(base, given=os.environ, detached=True)
    return {"SECRET_KEY": os.environ.get("SECRET_KEY") or secret_key(base), "DEBUG": "1", **services.start()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m portal.embedded", description=__doc__)
    parser.add_argument("command", choices=["run", "env", "stop"])
    parser.add_argument("--var", type=Path, default=VAR, help="folder of the data (var/)")
    parser.add_argument("--without-demo", action="store_true", help="run: load no sample committee")
    options = parser.parse_args()
    if options.command == "run":
        sys.exit(Supervisor(options.var, os.environ, with_demo=not options.without_demo).run())
    elif options.command == "env":
        for name, value in environment(options.var).items():
            sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    else:
        Services(options.var, given={}).stop_adopted()


if __name__ == "__main__":
    main()
