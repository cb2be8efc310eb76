"""What the portal needs around it, started where the environment names nothing of its own."""

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded.mail.server import MailCatcher
from portal.embedded.postgres import PostgresServer
from portal.embedded.server import Server
from portal.embedded.valkey import ValkeyServer

Announce = Callable[[str], AbstractContextManager[None]]
ALL = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL")


@dataclass
class Services:
    """One server for each variable of `wanted` that `given` does not hold."""

    base: Path
    given: Mapping[str, str]
    wanted: Sequence[str] = ALL
    durable: bool = True
    detached: bool = False
    servers: dict[str, Server] = field(default_factory=dict, init=False)

    def start(self, announce: Announce = lambda name: nullcontext()) -> dict[str, str]:
        """The variables of all servers wanted, started or given."""
        variables = {}
        for name in self.wanted:
            with announce(name):
                variables[name] = self.given.get(name) or self._start(name)
        return variables

    def _start(self, name: str) -> str:
        server = self.build(name)
        # Noted first: what was started half is stopped too.
        self.servers[name] = server
        server.start()
        return server.url

    def build(self, name: str) -> Server:
        if name == "DATABASE_URL":
            return PostgresServer(self.base, durable=self.durable, detached=self.detached)
        if name == "REDIS_URL":
            return ValkeyServer(self.base, durable=self.durable, detached=self.detached)
        return MailCatcher(self.base, detached=self.detached)

    def stop(self) -> None:
        for server in reversed(self.servers.values()):
            server.stop()

    def stop_adopted(self) -> None:
        """Stop the servers of this folder, whoever started them."""
        for name in self.wanted:
            self.build(name).stop_adopted()


def secret_key(base: Path) -> str:
    """The key of this installation, made once and readable by its owner only."""
    base.mkdir(parents=True, exist_ok=True)
    file = base / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with open(handle, "w") as out:
        out.write(key := secrets.token_urlsafe(50))
    return key
