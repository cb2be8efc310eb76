"""Real PostgreSQL, Valkey, mail server, web server, worker and beat, started as `make run` does."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from portal.embedded import programs
from portal.embedded.ports import LOOPBACK, free_port, is_free
from portal.embedded.postgres import PostgresServer
from portal.embedded.process import Process
from portal.embedded.valkey import ValkeyServer
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
        self.port = free_port(28_000)
        self.settings, self.given = settings, given
        self.web: Process | None = None
        self.celery: list[Process] = []

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

    def start_web(self) -> None:
        self.web = programs.program("web", self.folder, self.env)
        self.web.start()
        self.wait(lambda: not is_free(self.port), "the web server")

    def have_celery(self, *, beats: int = 1) -> None:
        self.celery = [programs.program("worker", self.folder, self.env)]
        for number in range(beats):
            schedule = {"BEAT_SCHEDULE_FILE": str(self.folder / f"beat-{number}-schedule")}
            self.celery.append(programs.program("beat", self.folder, self.env | schedule))
        for process in self.celery:
            process.start()

    def no_celery(self) -> None:
        for process in self.celery:
            process.kill(tree=True)
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
        with psycopg.connect(self.database.url.replace("postgres://", "postgresql://")) as connection:
            return connection.execute(query, parameters).fetchall()

    def wait(self, what: Callable[[], object], words: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, f"waited {seconds} s for {words}"
            time.sleep(0.05)
