"""What PostgreSQL, Valkey and the mail catcher have in common: start, stop, adopt, and be hurt."""

import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

from portal.embedded.folders import exclusive
from portal.embedded.process import Process

START_PATIENCE = 15.0


class ServerFailed(Exception):
    """A server did not start; the text holds the end of its log."""


class Server(ABC):
    """`with PostgresServer(folder) as server: server.url` — or call the methods by hand."""

    base: Path
    process: Process
    adopted = False

    @property
    @abstractmethod
    def url(self) -> str:
        """What the portal's environment variable for this server says."""

    @property
    @abstractmethod
    def is_answering(self) -> bool:
        """Whether the server of this very folder answers, whoever started it."""

    @abstractmethod
    def stop_adopted(self) -> None:
        """Stop the server of this folder, whoever started it."""

    def start(self) -> None:
        """Start the server, or adopt the one that already answers."""
        with exclusive(self.base / "start.lock"):
            self.adopted = not self.process.is_running and self.is_answering
            if not self.adopted and not self.process.is_running:
                self._launch()

    def _launch(self) -> None:
        self.process.start()
        self._await_answer(time.monotonic() + START_PATIENCE)
        if not self.process.is_running:
            raise ServerFailed(f"{self.process.name} did not start:\n{self.process.log_tail()}")

    def _await_answer(self, deadline: float) -> None:
        """Return when the server answers, or is gone: after the deadline it is."""
        while self.process.is_running and not self.is_answering:
            if time.monotonic() > deadline:
                self.process.kill(tree=True)
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop our own server. One we adopted belongs to somebody else and goes on."""
        self.process.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        """SIGKILL to the server's first process, as the kernel's memory killer would do it."""
        self.process.kill()

    def freeze(self) -> None:
        self.process.freeze()

    def thaw(self) -> None:
        self.process.thaw()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def log_of(base: Path, name: str) -> Path:
    log = base.resolve() / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    return log
