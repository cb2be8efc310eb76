"""The portal's own programs, as `make run` and docker-compose.yml start them."""

import sys
from collections.abc import Mapping
from pathlib import Path

from portal.embedded.process import Process
from portal.embedded.server import log_of

PROJECT = Path(__file__).resolve().parents[2]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "web": ("gunicorn", "-c", "python:portal.gunicorn", "portal.wsgi"),
    "worker": ("celery", "-A", "portal", "worker", "--concurrency=2", "--without-gossip", "--without-mingle"),
    "beat": ("celery", "-A", "portal", "beat", "--pidfile="),
}


def program(name: str, base: Path, env: Mapping[str, str]) -> Process:
    """`web`, `worker` or `beat`, not yet started."""
    module, *arguments = COMMANDS[name]
    command = [sys.executable, "-m", module, *arguments]
    return Process(name, command, log_of(base, name), env=env, cwd=PROJECT)


def manage(base: Path, env: Mapping[str, str], *arguments: str) -> Process:
    """One command of manage.py, not yet started."""
    command = [sys.executable, "manage.py", *arguments]
    return Process(arguments[0], command, log_of(base, arguments[0]), env=env, cwd=PROJECT)
