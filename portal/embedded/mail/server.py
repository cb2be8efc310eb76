"""The catcher as a server among the others."""

import hashlib
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from portal.embedded.folders import private_folder
from portal.embedded.ports import LOOPBACK, free_port
from portal.embedded.process import Process
from portal.embedded.programs import PROJECT
from portal.embedded.server import Server, ServerFailed, log_of

SMTP_PORT = 1025
PAGES_PORT = 8025


class MailCatcher(Server):
    def __init__(self, base: Path, *, detached: bool = False) -> None:
        self.base = base.resolve()
        self.folder = private_folder(self.base / "mail")
        self.ident = f"portal-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}"
        self.note = self.folder / "running"
        self.smtp_port, self.pages_port, self.pid = self._last_start()
        self.process = Process("mail", command=[], log=log_of(base, "mail"), cwd=PROJECT, detached=detached)

    def _last_start(self) -> tuple[int, int, int]:
        """Ports and pid of the last start: bookmarks stay right, a running catcher is found."""
        with suppress(OSError, ValueError):
            smtp, pages, pid = map(int, self.note.read_text().split())
            return smtp, pages, pid
        return SMTP_PORT, PAGES_PORT, 0

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.smtp_port}"

    @property
    def pages(self) -> str:
        return f"http://{LOOPBACK}:{self.pages_port}/"

    @property
    def is_answering(self) -> bool:
        """Whether a greeting at the port names this very folder."""
        with suppress(OSError), socket.create_connection((LOOPBACK, self.smtp_port), timeout=1) as line:
            return self.ident in line.recv(256).decode(errors="replace")
        return False

    def _launch(self) -> None:
        """On the ports of the last time or the next free ones; once more if one was taken meanwhile."""
        try:
            self._launch_on_free_ports()
        except ServerFailed:
            self._launch_on_free_ports()

    def _launch_on_free_ports(self) -> None:
        self.smtp_port, self.pages_port = free_port(self.smtp_port), free_port(self.pages_port)
        self.process.command = [
            *(sys.executable, "-m", "portal.embedded.mail", self.folder),
            *(str(self.smtp_port), str(self.pages_port), self.ident),
        ]
        super()._launch()
        self.pid = self.process.pid
        self.note.write_text(f"{self.smtp_port} {self.pages_port} {self.pid}")

    def stop_adopted(self) -> None:
        # The greeting proves that the noted pid is still the catcher's and no stranger's.
        if self.is_answering:
            os.kill(self.pid, signal.SIGTERM)
