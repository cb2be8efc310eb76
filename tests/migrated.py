"""A database as the migrations make it, dumped once for each set of them and loaded ever after.

Running all of them takes as long as a hundred tests, loading the dump a second. It lies in `var/`,
named by the hash of what it was made from.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from portal.embedded.binaries import find_postgres
from portal.embedded.programs import PROJECT

FOLDER = PROJECT / "var" / "migrated"
APPS = ["portal", "members", "news", "meetings"]


def fill(database: str) -> None:
    """Bring every table, trigger and row of the migrations into the empty database at this address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    dump = FOLDER / f"{_made_from()}.dump"
    with (FOLDER / "lock").open("w") as lock:
        # Several test processes begin at once; one of them makes what all load.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not dump.exists():
            _make(dump, database)
            return
    _run(find_postgres() / "pg_restore", "--exit-on-error", f"--dbname={database}", dump)


def _make(dump: Path, database: str) -> None:
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    _run(sys.executable, "manage.py", "migrate", "-v0", env=environment)
    partial = dump.with_suffix(".partial")
    _run(find_postgres() / "pg_dump", "--format=custom", f"--dbname={database}", f"--file={partial}")
    for outdated in FOLDER.glob("*.dump"):
        outdated.unlink()
    partial.rename(dump)


def _made_from() -> str:
    """Migrations, the models whose permissions they leave behind, and the versions of the packages."""
    sources = [PROJECT / "requirements.lock"]
    for app in APPS:
        sources += sorted((PROJECT / app / "migrations").glob("*.py"))
        sources += sorted((PROJECT / app / "models").rglob("*.py"))
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command[0]}: {done.stdout}{done.stderr}"
