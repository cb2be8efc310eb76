"""Real PostgreSQL, Valkey, mail server, web server, worker and beat, started as `make run` does."""

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import migrated
import psycopg
from psycopg.rows import namedtuple_row

from portal.embedded import programs
from portal.embedded.ports import LOOPBACK, free_port, is_free
from portal.embedded.postgres import PostgresServer
from portal.embedded.process import Process
from portal.embedded.valkey import ValkeyServer
from portal.embedded.watch import Watch
from stand.mailserver import MailServer

TESTS = Path(__file__).resolve().parent.parent


class House:
    """`settings` is the settings module of all programs; `given` goes into their environment."""

    def __init__(self, *, durable: bool, settings: str = "stand.settings", **given: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-stand-"))
        self.folder.chmod(0o711)
        self.database = PostgresServer(self.folder, durable=durable)
        self.broker = ValkeyServer(self.folder, durable=durable)
        self.mail = MailServer(self.folder)
        # Somewhere, so that two runs at once do not meet.
        self.port = free_port(random.randrange(25_000, 30_000))
        self.settings, self.given = settings, given
        self.web: Process | None = None
        self.celery: list[Watch] = []

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join([str(programs.PROJECT), str(TESTS)]),
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": self.mail.url,
            "SITE_URL": self.address,
            "WEB_BIND": f"{LOOPBACK}:{self.port}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            **self.given,
        }

    def start_servers(self) -> None:
        for server in (self.database, self.broker, self.mail):
            server.start()

    def build_tables(self) -> None:
        migrated.fill(self.database.url)

    def start_web(self) -> None:
        self.web = programs.program("web", self.folder, self.env)
        self.web.start()
        self.wait(lambda: not is_free(self.port), "the web server")
        assert self.web.is_running, self.web.log_tail(20)

    def have_celery(self, *, beats: int = 1) -> None:
        """Looked after as in the house: a worker whose broker goes away may end by itself."""
        started = [programs.program("worker", self.folder, self.env)]
        for number in range(beats):
            schedule = {"BEAT_SCHEDULE_FILE": str(self.folder / f"beat-{number}-schedule")}
            started.append(programs.program("beat", self.folder, self.env | schedule))
        self.celery = [Watch(process, process.start, sys.stdout.write) for process in started]
        for watch in self.celery:
            watch.begin()

    def no_celery(self) -> None:
        for watch in self.celery:
            watch.process.kill(tree=True)
        self.celery = []

    def manage(self, *arguments: str, **changed: str) -> Process:
        """A command of manage.py, begun."""
        process = programs.manage(self.folder, self.env | changed, *arguments)
        process.start()
        return process

    def finish(self, command: Process) -> None:
        command.wait_stopped(120)
        assert command.exit_code == 0, command.log_tail(40)

    def stop(self) -> None:
        self.no_celery()
        if self.web:
            self.web.kill(tree=True)
        for server in (self.mail, self.broker, self.database):
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        """What the database itself holds."""
        address = self.database.url.replace("postgres://", "postgresql://")
        with psycopg.connect(address, row_factory=namedtuple_row) as connection:
            return connection.execute(query, parameters).fetchall()

    def wait(self, what: Callable[[], object], words: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            for watch in self.celery:
                watch.look()
            assert time.monotonic() < deadline, f"waited {seconds} s for {words}"
            time.sleep(0.05)
