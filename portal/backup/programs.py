"""PostgreSQL's own programs for dump and restore, at the database of the settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from django.core.management.base import CommandError
from django.db import connection

from portal.embedded.binaries import ProgramMissing, find_postgres

#: What libpq reads instead of arguments, so that no password stands in a list of processes.
_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
}


def run(program: str, arguments: Sequence[str], *, database: str = "") -> None:
    """Run pg_dump or pg_restore; a failure stops the command with the program's own words."""
    parameters = connection.get_connection_params()
    given = {name: str(parameters[key]) for key, name in _LIBPQ.items() if parameters.get(key)}
    environment = os.environ | given | ({"PGDATABASE": database} if database else {})
    done = subprocess.run([_path(program), *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise CommandError(f"{program} không chạy được: {done.stderr.strip()}")


def _path(program: str) -> str:
    """Of the pinned wheel, as new as the server; else whatever the machine has."""
    try:
        return str(find_postgres() / program)
    except ProgramMissing as missing:
        if found := shutil.which(program):
            return found
        raise CommandError(f"Không có {program} trên máy này: cài các gói đã ghim phiên bản.") from missing
