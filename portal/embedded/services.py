"""What the portal needs around it, started where the environment names nothing of its own."""

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded.mail.server import MailCatcher
from portal.embedded.postgres import PostgresServer
from portal.embedded.valkey import ValkeyServer

Server = PostgresServer | ValkeyServer | MailCatcher
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

    def start(self) -> dict[str, str]:
        """The variables of all servers wanted, started or given."""
        for name, server in self._missing():
            server.start()
            self.servers[name] = server
        return {
            name: self.servers[name].url if name in self.servers else self.given[name] for name in self.wanted
        }

    def _missing(self) -> Iterator[tuple[str, Server]]:
        for name in self.wanted:
            if not self.given.get(name):
                yield name, self.build(name)

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
