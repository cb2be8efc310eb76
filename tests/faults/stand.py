"""The test stand: real PostgreSQL, Valkey, mail server, web server and senders, all of them to be hurt."""

import json
import os
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

from faults.mailserver import MailServer
from portal.embedded.ports import free_port, is_free
from portal.embedded.postgres import PostgresServer
from portal.embedded.process import Process
from portal.embedded.valkey import ValkeyServer

ROOT = Path(__file__).resolve().parent.parent.parent
FINAL = {"sent", "failed", "no_address", "cancelled", "uncertain"}
WITHOUT_A_COPY = {"retry", "failed", "no_address", "cancelled", "uncertain"}


class Stand:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-faults-"))
        self.folder.chmod(0o711)
        self.database = PostgresServer(self.folder, durable=True)
        self.broker = ValkeyServer(self.folder, durable=True)
        self.mail = MailServer(self.folder)
        self.port = free_port(28_000)
        self.senders: list[Process] = []
        self.celery: list[Process] = []
        self.web: Process | None = None
        self.slowest_answer = 0.0

    def start(self, people: int) -> None:
        self.database.start()
        self.broker.start()
        self.mail.start()
        migrate = self.program("migrate", sys.executable, "manage.py", "migrate", "-v0")
        migrate.start()
        migrate.wait_stopped(120)
        assert migrate.exit_code == 0, migrate.log_tail(40)
        self.web = self.program(
            "web",
            *(Path(sys.executable).with_name("gunicorn"), "portal.wsgi", "-b", f"127.0.0.1:{self.port}"),
            *("-w", "1", "-k", "gthread", "--threads", "8", "-c", "/dev/null"),
        )
        self.web.start()
        self.wait(lambda: not is_free(self.port), "the web server", 30)
        self.press(f"people/{people}/")

    def stop(self) -> None:
        for process in filter(None, [*self.senders, *self.celery, self.web]):
            process.kill(tree=True)
        self.mail.stop()
        self.broker.stop()
        self.database.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name: str, *command: str | Path) -> Process:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "faults.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
            "DATABASE_URL": self.database.url,
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": self.mail.url,
            "BEAT_SCHEDULE_FILE": str(self.folder / f"{name}-schedule"),
        }
        return Process(name=name, command=command, log=self.folder / f"{name}.log", env=env, cwd=ROOT)

    # --- senders ---

    def have_senders(self, number: int) -> None:
        """Exactly so many loops alive."""
        self.senders = [process for process in self.senders if process.is_running]
        while len(self.senders) > number:
            self.senders.pop().stop()
        while len(self.senders) < number:
            name = f"sender-{time.monotonic_ns()}"
            sender = self.program(name, sys.executable, "manage.py", "outbox_drain", "--loop")
            sender.start()
            self.senders.append(sender)

    def have_celery(self, *, beats: int = 1) -> None:
        celery = Path(sys.executable).with_name("celery")
        worker = self.program("worker", celery, "-A", "portal", "worker", "-c", "2", "-l", "warning")
        self.celery = [worker]
        for number in range(beats):
            schedule = self.folder / f"beat-{number}-schedule"
            self.celery.append(
                self.program(
                    f"beat-{number}", celery, "-A", "portal", "beat", "-s", schedule, "-l", "warning"
                )
            )
        for process in self.celery:
            process.start()

    def no_celery(self) -> None:
        for process in self.celery:
            process.kill(tree=True)
        self.celery = []

    # --- pages ---

    def press(self, address: str, /, **fields: object) -> dict:
        """A POST; how long it took is remembered."""
        data = urllib.parse.urlencode(fields, doseq=True).encode()
        started = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{address}", data=data, timeout=20) as page:
            answer: dict = json.load(page)
        self.slowest_answer = max(self.slowest_answer, time.monotonic() - started)
        return answer

    def board(self, notice: int) -> dict:
        """As the office sees it; errors while the database is away are waited out."""
        deadline = time.monotonic() + 15
        while True:
            with suppress(urllib.error.HTTPError):
                return self.press(f"board/{notice}/")
            assert time.monotonic() < deadline, self.web.log_tail(20)
            time.sleep(0.2)

    # --- rows ---

    def rows(self, notice: int) -> list[tuple]:
        with psycopg.connect(self.database.url.replace("postgres://", "postgresql://")) as connection:
            found = connection.execute(
                "SELECT message_id, state, reason, reply, attempts, id FROM portal_delivery"
                " WHERE notice_id = %s",
                [notice],
            )
            return found.fetchall()

    def states(self, notice: int) -> dict[str, int]:
        found: dict[str, int] = {}
        for _, state, *_ in self.rows(notice):
            found[state] = found.get(state, 0) + 1
        return found

    def wait(self, what, words: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, f"waited {seconds} s for {words}"
            time.sleep(0.05)

    def settle(self, notice: int, seconds: float = 60) -> dict[str, int]:
        """Wait until every row has its final state."""
        self.wait(lambda: set(self.states(notice)) <= FINAL, f"the end of notice {notice}", seconds)
        return self.states(notice)

    def wait_taken(self, number: int, seconds: float = 30) -> None:
        self.wait(lambda: len(self.mail.notes("taken")) >= number, f"{number} letters", seconds)

    def check(self, notice: int, *, in_doubt: int = 0, repeats: int = 0) -> None:
        """I1 to I6 of reliability §5, counted at the mail server."""
        rows, taken, board = self.rows(notice), self.mail.taken, self.board(notice)
        ours = {message: taken[message] for message, *_ in rows}
        states = {message: state for message, state, *_ in rows}
        extra = sum(max(0, copies - 1) for copies in ours.values())
        doubtful = sum(state == "uncertain" for state in states.values())
        results = {
            "I1 no loss in silence": all(
                states[m] in (WITHOUT_A_COPY if not n else {"sent", "uncertain"}) for m, n in ours.items()
            ),
            "I2 no double in silence": extra <= repeats,
            "I3 doubt is bounded": doubtful <= in_doubt,
            "I4 all final, with a reason": all(
                state in FINAL and (state in ("sent", "no_address") or reason)
                for _, state, reason, *_ in rows
            ),
            "I5 board equals the server's count": board["states"].get("sent", 0)
            == sum(bool(n) for m, n in ours.items() if states[m] == "sent")
            and sum(board["states"].values()) == board["recipients"] == len(rows),
            "I6 one portal copy each, quick answers": board["copies"] == board["portal"] == board["accounts"]
            and self.slowest_answer <= 5,
            "the portal's own check": board["broken"] == [],
        }
        for name, holds in results.items():
            sys.stdout.write(f"{'ok  ' if holds else 'FAIL'} {name}\n")
        assert all(results.values()), (results, board, {"extra": extra, "doubtful": doubtful})
