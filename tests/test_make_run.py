"""`make run`: everything up in order, watched, and down again with Ctrl-C; data stay."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from portal.embedded.marks import Mark, data_state
from portal.embedded.ports import free_port, is_free
from portal.embedded.process import Process, descendants, state_of
from portal.embedded.supervisor import StartFailed, dotenv, only_one
from portal.embedded.watch import Watch

PROJECT = Path(__file__).resolve().parents[1]


# --- The parts ---------------------------------------------------------------------------------------


def test_the_dotenv_file_is_read_without_its_comments(tmp_path):
    (tmp_path / ".env").write_text("# why\nSITE_URL=https://a.vn/?b=c\n\nNAME='Văn phòng'\n# OFF=1\n")

    assert dotenv(tmp_path / ".env") == {"SITE_URL": "https://a.vn/?b=c", "NAME": "Văn phòng"}
    assert dotenv(tmp_path / "missing") == {}


def test_a_second_run_over_the_same_data_is_refused(tmp_path):
    with only_one(tmp_path), pytest.raises(StartFailed, match="đang chạy"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_a_taken_port_is_passed_over():
    first = free_port(8300)
    with socket.create_server(("127.0.0.1", first)):
        assert not is_free(first)
        assert free_port(first) > first


def test_a_mark_speaks_of_one_state_only(tmp_path):
    mark = Mark(tmp_path / "mark")
    assert mark.text_for("a") is None

    mark.keep("a", "Tài khoản mẫu\n  vanphong\n")

    assert mark.text_for("a") == "Tài khoản mẫu\n  vanphong\n"
    assert mark.text_for("b") is None


@pytest.mark.django_db(transaction=True)
def test_a_migration_undone_is_another_state_of_the_data():
    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    before = data_state(url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name, applied FROM django_migrations ORDER BY id DESC LIMIT 1")
        last = cursor.fetchone()
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", last[:2])
        try:
            assert data_state(url) != before
        finally:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", last)
    assert data_state(url) == before


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def watched(tmp_path):
    """A watch over a process that ends at once, its clock, and what it said."""
    clock, said = Clock(), []
    process = Process("web", ["/bin/true"], tmp_path / "web.log")
    watch = Watch(process, process.start, said.append, clock)
    watch.begin()
    process.popen.wait()
    yield watch, clock, said
    process.popen.wait()


def test_one_that_died_after_a_while_comes_back_at_once(watched):
    watch, clock, said = watched
    clock.now += 60

    watch.look()

    assert watch.started_at == clock.now
    assert re.fullmatch(r"web đã dừng \(mã 0\), khởi động lại ngay\. Nhật ký: .*web\.log", said[0])


def test_one_that_dies_young_comes_back_after_pauses_that_double(watched):
    watch, clock, said = watched
    pauses = []

    for _ in range(7):
        watch.look()
        pauses.append(watch.pause)
        clock.now += watch.pause
        watch.look()
        watch.process.popen.wait()

    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert len(said) == 7


# --- The whole ---------------------------------------------------------------------------------------


class House:
    """A running `python -m portal.embedded run`, and what it printed."""

    def __init__(self, base, port):
        self.said = base / "said"
        environment = {
            name: value for name, value in os.environ.items() if not name.endswith("_URL") and name != "DEBUG"
        }
        command = [sys.executable, "-m", "portal.embedded", "run", "--var", base / "var"]
        with self.said.open("w") as out:
            self.popen = subprocess.Popen(
                command,
                stdout=out,
                stderr=out,
                cwd=PROJECT,
                env={**environment, "PORT": str(port)},
                start_new_session=True,
            )

    def says(self, pattern, patience=240):
        deadline = time.monotonic() + patience
        while not (found := re.search(pattern, self.said.read_text())):
            assert self.popen.poll() is None and time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)
        return found

    def pid_of(self, *words):
        for pid in descendants(self.popen.pid):
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
            if all(word in line for word in words):
                return pid
        raise AssertionError(f"no process with {words}")


@pytest.fixture
def open_house(base):
    opened = []

    def open_house():
        opened.append(House(base, free_port(8400)))
        return opened[-1]

    yield open_house
    for house in opened:
        if house.popen.poll() is None:
            house.popen.send_signal(signal.SIGINT)
            house.popen.wait(30)


@pytest.mark.stack
def test_the_house_stands_survives_a_kill_and_comes_down_whole(open_house):
    house = open_house()
    address = house.says(r"Cổng thông tin   (\S+)")[1]
    assert urllib.request.urlopen(address + "suc-khoe/").status == 200
    assert urllib.request.urlopen(house.says(r"Hộp thư thử      (\S+)")[1]).status == 200
    assert house.says(r"Tài khoản mẫu, .*\n +vanphong ")

    os.kill(house.pid_of("gunicorn"), signal.SIGKILL)
    house.says(r"web đã dừng \(mã -9\)")
    os.kill(house.pid_of("postgres", "-D"), signal.SIGKILL)
    house.says(r"postgres đã dừng \(mã -9\)")
    assert answers(address + "suc-khoe/")

    family = list(descendants(house.popen.pid))
    house.popen.send_signal(signal.SIGINT)
    assert house.popen.wait(30) == 0
    assert [pid for pid in family if state_of(pid) not in (None, "Z")] == []

    logs = [
        house.said.parent / "var" / "log" / f"{name}.log" for name in ("migrate", "demo", "collectstatic")
    ]
    written = [log.stat().st_mtime_ns for log in logs]
    again = open_house()
    assert again.says(r"Tài khoản mẫu, .*\n +vanphong ")
    assert [log.stat().st_mtime_ns for log in logs] == written


def answers(address, patience=20):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.status == 200
        except OSError:
            time.sleep(0.1)
    return False
