"""Back out of an archive: tried in a database of its own, or into the portal's."""

from __future__ import annotations

import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler

from portal.backup.manifest import DUMP, MANIFEST, MEDIA, Manifest, count_rows, sha256
from portal.backup.programs import run
from portal.outbox.holding import hold_unsent


def check(file: Path) -> Manifest:
    """Prove that the archive can be restored: its bytes, its migrations, and its rows, loaded for the
    purpose into a database of their own that is dropped again."""
    with _opened(file) as (folder, manifest):
        _check_migrations(manifest)
        with _database_of_its_own() as database:
            _load(folder, database.settings_dict["NAME"])
            _check_rows(manifest, database)
    return manifest


def restore(file: Path, *, replace: bool = False) -> tuple[Manifest, int]:
    """Into the portal's own database and folder of uploads; returns how many letters are held.

    A database with tables is left alone unless `replace` says that they may go. Letters that the backup
    takes for unsent are held before any sender can see them (reliability §3, line 31).
    """
    with _opened(file) as (folder, manifest):
        _check_migrations(manifest)
        if connection.introspection.table_names():
            if not replace:
                raise CommandError(
                    "Cơ sở dữ liệu đang có dữ liệu. Dừng web, worker, beat rồi chạy lại với --replace nếu"
                    " muốn thay toàn bộ bằng bản sao lưu."
                )
            with connection.cursor() as cursor:
                cursor.execute("DROP SCHEMA public CASCADE")
                cursor.execute("CREATE SCHEMA public")
        connection.close()
        _load(folder, connection.settings_dict["NAME"])
        _check_rows(manifest, connection)
        _put_uploads(folder / MEDIA)
    return manifest, hold_unsent()


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Folders and plain files, none of them outside of `folder`; anything else is no backup of ours.

    `extractall(filter="data")` would do, but the Python of Debian 12 (3.11.2) does not know it yet.
    """
    for member in archive:
        target = (folder / member.name).resolve()
        if not target.is_relative_to(folder.resolve()) or not (member.isdir() or member.isfile()):
            raise ValueError(f"{member.name} không phải là tệp của bản sao lưu.")
        place = target if member.isdir() else target.parent
        place.mkdir(parents=True, exist_ok=True)
        if (content := archive.extractfile(member)) is not None:
            with content, target.open("wb") as file:
                shutil.copyfileobj(content, file)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[Path, Manifest]]:
    """The archive's files, unpacked and each held against the hash it was packed with."""
    with tempfile.TemporaryDirectory(prefix="portal-restore-") as scratch:
        folder = Path(scratch)
        try:
            with tarfile.open(file) as archive:
                _unpack(archive, folder)
            manifest = Manifest.from_bytes((folder / MANIFEST).read_bytes())
        except (OSError, tarfile.TarError, ValueError, TypeError) as error:
            raise CommandError(f"Không đọc được bản sao lưu {file.name}: {error}") from error
        for name, expected in manifest.files.items():
            path = folder / name
            if not path.is_file():
                raise CommandError(f"Bản sao lưu thiếu {name}.")
            with path.open("rb") as source:
                if sha256(source) != expected:
                    raise CommandError(f"Bản sao lưu hỏng: {name} không còn như lúc ghi.")
        yield folder, manifest


def _check_migrations(manifest: Manifest) -> None:
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    if newer := sorted(set(manifest.migrations) - known):
        raise CommandError(f"Bản sao lưu của phiên bản mới hơn chương trình này: {', '.join(newer[:3])} …")


def _check_rows(manifest: Manifest, database: BaseDatabaseWrapper) -> None:
    found = count_rows(database)
    wrong = [table for table, number in manifest.rows.items() if found.get(table) != number]
    if wrong:
        raise CommandError(f"Số dòng không khớp sau khi nạp: {', '.join(wrong)}.")


def _load(folder: Path, database: str) -> None:
    arguments = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={database}"]
    # A new database has the schema already.
    arguments += ["--clean", "--if-exists"]
    run("pg_restore", [*arguments, str(folder / DUMP)], database=database)


def _put_uploads(unpacked: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    for source in unpacked.rglob("*") if unpacked.exists() else ():
        if source.is_file():
            target = root / source.relative_to(unpacked)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
            target.chmod(0o600)


@contextmanager
def _database_of_its_own() -> Iterator[BaseDatabaseWrapper]:
    name = f"verify_{secrets.token_hex(4)}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    usual = connections.settings["default"]
    options = {key: value for key, value in usual["OPTIONS"].items() if key != "pool"}
    described = usual | {"NAME": name, "OPTIONS": options}
    database = ConnectionHandler({"default": described})["default"]
    try:
        yield database
    finally:
        database.close()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")
