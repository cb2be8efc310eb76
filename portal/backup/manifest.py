"""What an archive says of itself: when, of which tables, how many rows, which bytes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import IO, Self

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

MANIFEST, DUMP, MEDIA = "manifest.json", "database.dump", "media"


@dataclass(frozen=True)
class Manifest:
    made_at: str
    #: Table → number of rows, in the very snapshot that was dumped.
    rows: dict[str, int]
    #: App and name of each migration that had run.
    migrations: list[str]
    #: Name in the archive → SHA-256.
    files: dict[str, str]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        return cls(**json.loads(data))


def count_rows(database: BaseDatabaseWrapper = connection) -> dict[str, int]:
    with database.cursor() as cursor:
        tables = sorted(database.introspection.table_names(cursor))
        counts = " UNION ALL ".join(
            f"SELECT {index}, count(*) FROM {database.ops.quote_name(table)}"
            for index, table in enumerate(tables)
        )
        cursor.execute(counts or "SELECT 0, 0 WHERE false")
        return {tables[index]: number for index, number in cursor.fetchall()}


def applied_migrations(database: BaseDatabaseWrapper = connection) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(database).applied_migrations())


def sha256(source: IO[bytes]) -> str:
    return hashlib.file_digest(source, "sha256").hexdigest()  # type: ignore[arg-type]
