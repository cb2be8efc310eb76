"""`manage.py backup` and `restore`: one file, tried before it is needed, and letters held on the way back."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from cast import Cast
from conferences import Conferences
from django.core.management import CommandError, call_command
from django.db import connection

from members.models import PartyMember
from portal.models import Delivery, DeliveryState

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    upload = tmp_path / "media" / "papers" / "a1.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"%PDF-1.7 Dang uy")
    return tmp_path / "media"


@pytest.fixture
def archive(media: Path, conferences: Conferences, tmp_path: Path) -> Path:
    call_command("backup", str(tmp_path / "backups"))
    (file,) = (tmp_path / "backups").iterdir()
    return file


@pytest.fixture
def empty_database():
    """The address of a database with nothing in it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE restored TEMPLATE template0")
    address = urlsplit(os.environ["DATABASE_URL"])
    yield urlunsplit(address._replace(path="/restored"))
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE restored WITH (FORCE)")


def restore(file: Path, url: str, media: Path, *options: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(media)}
    command = [sys.executable, "manage.py", "restore", str(file), *options]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)


def damaged(file: Path) -> Path:
    """The same archive with one byte of its upload another."""
    changed = file.with_name("damaged.tar")
    changed.write_bytes(file.read_bytes().replace(b"Dang uy", b"Dang ux", 1))
    return changed


def test_only_its_owner_reads_it(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as contents:
        assert set(contents.getnames()) == {"database.dump", "manifest.json", "media/papers/a1.pdf"}


def test_verify_proves_it_and_leaves_no_database_behind(archive: Path, capsys) -> None:
    call_command("restore", str(archive), "--verify")

    assert "khôi phục được" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'verify%'")
        assert cursor.fetchone() == (0,)


def test_a_damaged_file_is_refused_by_name(archive: Path) -> None:
    with pytest.raises(CommandError, match="media/papers/a1.pdf không còn như lúc ghi"):
        call_command("restore", str(damaged(archive)), "--verify")


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.tar").write_text("not a backup")

    with pytest.raises(CommandError, match="Không đọc được bản sao lưu note.tar"):
        call_command("restore", str(tmp_path / "note.tar"), "--verify")


def link_to(target: str) -> tarfile.TarInfo:
    link = tarfile.TarInfo("media/link")
    link.type, link.linkname = tarfile.SYMTYPE, target
    return link


@pytest.mark.parametrize(
    "member", [tarfile.TarInfo("../beside"), tarfile.TarInfo("/tmp/beside"), link_to("/etc")]
)
def test_an_archive_that_reaches_out_of_its_folder_is_refused(tmp_path: Path, member) -> None:
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.addfile(member)

    with pytest.raises(CommandError, match="không phải là tệp của bản sao lưu"):
        call_command("restore", str(tmp_path / "evil.tar"), "--verify")


def test_a_database_with_tables_is_not_overwritten_unasked(archive: Path, cast: Cast) -> None:
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(archive))

    assert PartyMember.objects.filter(pk=cast.p_a2.pk).exists()


def test_everything_comes_back_and_unsent_letters_are_held(
    archive: Path, empty_database: str, tmp_path: Path
) -> None:
    unsent = Delivery.objects.filter(state=DeliveryState.QUEUED).count()

    done = restore(archive, empty_database, tmp_path / "elsewhere")

    assert (done.returncode, unsent > 0) == (0, True), done.stderr
    assert (tmp_path / "elsewhere/papers/a1.pdf").read_bytes() == b"%PDF-1.7 Dang uy"
    with psycopg.connect(dbname="restored", **_server()) as restored:
        members = restored.execute("SELECT count(*) FROM members_partymember").fetchone()
        held = restored.execute("SELECT count(*) FROM portal_delivery WHERE state = 'held'").fetchone()
    assert (members, held) == ((PartyMember.objects.count(),), (unsent,))


def _server() -> dict[str, str]:
    given = connection.get_connection_params()
    return {key: given[key] for key in ("host", "port", "user", "password") if given.get(key)}
