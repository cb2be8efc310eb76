"""PostgreSQL for development and tests: unix socket only, built-in locale, no help from outside.

What can go wrong, and was seen to, is answered here:

1. PostgreSQL refuses root: it then runs as `nobody`, and so its data belong to `nobody`.
2. Under LC_ALL=C initdb would choose a locale that cannot lower "Đ": the provider is named.
3. The pid file of a killed server may name a zombie or, after a reboot, a stranger's process.
4. A killed server's children hold the shared memory a moment longer: the start is repeated.
5. A socket's path is limited to 107 bytes: see `folders.socket_folder`.
"""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from portal.embedded.binaries import find_postgres
from portal.embedded.folders import private_folder, server_account, server_base, socket_folder
from portal.embedded.process import Process, state_of
from portal.embedded.server import START_PATIENCE, Server, ServerFailed, log_of

SOCKET = ".s.PGSQL.5432"
OWNER = DATABASE = "portal"
# A PGPORT, PGDATA or LC_ALL of the caller's shell must not reach the server.
CLEAN_ENVIRONMENT = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# Words of postgres for "the killed one is not quite gone yet".
STILL_HELD = ("lock file", "pre-existing shared memory block")


class PostgresServer(Server):
    def __init__(self, base: Path, *, durable: bool = True, detached: bool = False) -> None:
        self.account = server_account()
        self.programs = find_postgres()
        self.base = server_base(base.resolve())
        # The version is part of the name: another major version cannot read these files.
        self.data = self.base / f"postgres-{self.programs.major}"
        self.run = socket_folder(self.base / "run" / "postgres", SOCKET, self.account)
        self.process = Process(
            name="postgres",
            command=self._command(durable),
            log=log_of(base, "postgres"),
            env=CLEAN_ENVIRONMENT,
            account=self.account,
            # "Fast" shutdown: open sessions are cut, nothing is left to recover.
            stop_signal=signal.SIGINT,
            detached=detached,
        )

    def _command(self, durable: bool) -> list[str | Path]:
        command: list[str | Path] = [self.programs / "postgres", "-D", self.data, "-k", self.run, "-h", ""]
        for option in () if durable else FAST_AND_FORGETFUL:
            command += ["-c", option]
        return command

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        return f"postgres://{OWNER}@/{database}?host={self.run}"

    @property
    def is_answering(self) -> bool:
        return self._program("pg_isready", "-q").returncode == 0

    def _launch(self) -> None:
        if not self.data.exists():
            self._initialise()
        private_folder(self.data, self.account)
        deadline = time.monotonic() + START_PATIENCE
        while not self._start_once(deadline):
            time.sleep(0.05)
        self._create_database()

    def _initialise(self) -> None:
        """In a folder beside, renamed when complete: a start that was cut short leaves no half."""
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        private_folder(unfinished, self.account)
        locale = (
            ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.programs.major >= 17
            else ["--locale=C.UTF-8"]
        )
        options = ("-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")
        initdb = Process(
            name="initdb",
            command=[self.programs / "initdb", "-D", unfinished, *options, *locale],
            log=self.process.log,
            env=CLEAN_ENVIRONMENT,
            account=self.account,
        )
        initdb.start()
        initdb.wait_stopped(60)
        if initdb.exit_code != 0:
            raise ServerFailed(f"initdb failed:\n{initdb.log_tail()}")
        unfinished.rename(self.data)

    def _start_once(self, deadline: float) -> bool:
        """True when it runs, False when a killed predecessor is still in the way."""
        self._drop_stale_pid_file()
        log_end = self.process.log.stat().st_size
        self.process.start()
        self._await_answer(deadline)
        if self.process.is_running:
            return True
        said = self.process.log.read_bytes()[log_end:].decode(errors="replace")
        if time.monotonic() > deadline or not any(words in said for words in STILL_HELD):
            raise ServerFailed(f"PostgreSQL did not start:\n{said}")
        return False

    def _drop_stale_pid_file(self) -> None:
        """Remove a pid file whose process is gone, a zombie, or not a postgres of this folder.

        Children of a killed server that still live are noticed by postgres itself, by the shared
        memory they hold: it derives the key from the data folder, not from this file.
        """
        file = self.data / "postmaster.pid"
        if file.exists() and self._living_pid() is None:
            file.unlink(missing_ok=True)

    def _living_pid(self) -> int | None:
        """The server's pid by its own file, if that process really is a postgres of this folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError, IndexError):
            return None
        is_ours = b"postgres" in arguments[0] and os.fsencode(self.data) in arguments
        return pid if is_ours and state_of(pid) != "Z" else None

    def _create_database(self) -> None:
        done = self._program("createdb", DATABASE)
        if done.returncode and "already exists" not in done.stderr:
            raise ServerFailed(f"The database could not be created: {done.stderr}")

    def _program(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of PostgreSQL's own small programs, pointed at this server."""
        command: list[str | Path] = [self.programs / name, "-h", self.run, "-U", OWNER, *arguments]
        return subprocess.run(
            command, env=CLEAN_ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False
        )

    def restart(self, *, immediate: bool = False) -> None:
        """With `immediate` as after a power cut: the next start recovers from the log."""
        self.process.ask_to_stop(signal.SIGQUIT if immediate else None)
        self.process.wait_stopped(20)
        self.start()

    def stop_adopted(self) -> None:
        pid = self._living_pid()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            while state_of(pid) not in (None, "Z"):
                time.sleep(0.02)
