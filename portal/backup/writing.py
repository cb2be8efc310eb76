"""Making the archive: whole under its name, or not there at all."""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.backup.manifest import DUMP, MANIFEST, MEDIA, Manifest, applied_migrations, count_rows, sha256
from portal.backup.programs import run


def back_up(folder: Path) -> Path:
    """Write `portal-<day>-<time>.tar` into the folder, readable by its owner only."""
    now = timezone.localtime()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = folder / f"portal-{now:%Y-%m-%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as scratch:
        dump, partial = Path(scratch) / DUMP, Path(scratch) / final.name
        rows, migrations = _dump(dump)
        contents = {DUMP: dump} | _uploads()
        files = {}
        with tarfile.open(partial, "x") as archive:
            for name, path in contents.items():
                with path.open("rb") as source:
                    files[name] = sha256(source)
                archive.add(path, name, recursive=False)
            _add(archive, MANIFEST, Manifest(now.isoformat(), rows, migrations, files).to_bytes())
        partial.chmod(0o600)
        with partial.open("rb") as whole:
            os.fsync(whole.fileno())
        partial.rename(final)
    return final


def _dump(target: Path) -> tuple[dict[str, int], list[str]]:
    """Rows are counted in the snapshot that is dumped: the two agree while people go on working."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        run("pg_dump", ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"])
        return count_rows(), applied_migrations()


def _uploads() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    found = sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {f"{MEDIA}/{path.relative_to(root).as_posix()}": path for path in found}


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))
