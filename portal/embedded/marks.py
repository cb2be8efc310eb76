"""What a start need not do again: marks left by the last one, and the state they speak of."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg

from portal.embedded.programs import PROJECT

# Whatever gives the database its shape: all applied migrations, of this very cluster.
SHAPE = """
    SELECT (SELECT system_identifier FROM pg_control_system()), count(*), max(applied)
    FROM django_migrations
"""


class Mark:
    """A file that names the state which a step left behind, and what the step had to say."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def text_for(self, state: str) -> str | None:
        """What was kept with `state`; None when the mark names another state, or is not there."""
        if not self.file.exists():
            return None
        kept, _, text = self.file.read_text().partition("\n")
        return text if kept == state else None

    def keep(self, state: str, text: str = "") -> None:
        self.file.write_text(f"{state}\n{text}")


def static_state() -> str:
    """Changes whenever a static file of ours or a pinned package does."""
    folders = [folder for folder in PROJECT.glob("**/static/") if not _is_foreign(folder)]
    return _digest_of(file for folder in sorted(folders) for file in sorted(folder.rglob("*")))


def data_state(database_url: str) -> str:
    """Changes with our code, the packages, and the migrations that `database_url` has seen."""
    code = _digest_of(file for file in sorted(PROJECT.glob("*/**/*.py")) if not _is_foreign(file))
    return f"{code} {_shape_of(database_url)}"


def _shape_of(database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        try:
            return " ".join(map(str, connection.execute(SHAPE).fetchone() or ()))
        except psycopg.errors.UndefinedTable:
            return "empty"


def _is_foreign(path: Path) -> bool:
    return PROJECT / ".venv" in path.parents or PROJECT / "var" in path.parents


def _digest_of(files: Iterator[Path]) -> str:
    digest = hashlib.sha256((PROJECT / "requirements.lock").read_bytes())
    for file in files:
        facts = file.stat()
        digest.update(f"{file}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
