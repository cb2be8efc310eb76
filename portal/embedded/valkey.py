"""Valkey (the Redis protocol) for development and tests: unix socket only, nothing forgotten."""

import socket
from contextlib import suppress
from pathlib import Path

from portal.embedded.binaries import find_valkey
from portal.embedded.folders import private_folder, socket_folder
from portal.embedded.process import Process
from portal.embedded.server import Server, log_of

SOCKET = "valkey.sock"


class ValkeyServer(Server):
    def __init__(self, base: Path, *, durable: bool = True, detached: bool = False) -> None:
        self.base = base.resolve()
        self.data = private_folder(self.base / "valkey")
        self.socket = socket_folder(self.base / "run" / "valkey", SOCKET) / SOCKET
        self.process = Process(
            name="valkey", command=self._command(durable), log=log_of(base, "valkey"), detached=detached
        )

    def _command(self, durable: bool) -> list[str | Path]:
        return [
            *(find_valkey(), "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"),
            *("--dir", self.data, "--appendonly", "yes" if durable else "no", "--save", ""),
            # A broker must refuse new work rather than forget old work.
            *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
        ]

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def is_answering(self) -> bool:
        return self._ask("PING").startswith("+PONG")

    def flush(self) -> None:
        """Forget everything, as an administrator's mistake would."""
        self._ask("FLUSHALL")

    def stop_adopted(self) -> None:
        self._ask("SHUTDOWN")

    def _ask(self, command: str) -> str:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(self.socket))
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(1024).decode(errors="replace")
        return ""
