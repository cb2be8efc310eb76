"""What a bench stands on: throw-away servers, the portal with large data, and the floor beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.embedded.ports import free_port
from portal.embedded.services import Services

ROOT = Path(__file__).resolve().parent.parent
#: The same shape of server on both sides: two workers of four threads.
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--log-level", "error"]


@dataclass(frozen=True)
class Site:
    """A running site: where it answers, its process, a reader's cookie, and what the desks press."""

    url: str
    pid: int
    cookie: str
    pages: dict[str, str]
    #: Of who works at the desks of the large conference: cookies, and the token of the forms.
    office_cookie: str = ""
    token: str = ""
    people: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey in a folder that goes afterwards; yields the environment."""
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    folder.chmod(0o711)
    services = Services(folder, given={}, wanted=("DATABASE_URL", "REDIS_URL"))
    try:
        yield {
            **os.environ,
            **services.start(),
            "SECRET_KEY": "of the bench and of nothing else, fifty characters long",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            "EMAIL_URL": f"smtp://127.0.0.1:{free_port(2525)}",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "PYTHONPATH": str(ROOT),
        }
    finally:
        services.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def portal_and_floor(env: dict[str, str], *, articles: int, meetings: int) -> Iterator[tuple[Site, Site]]:
    """Both sites with the same texts, each under its own gunicorn."""
    port, floor_port = free_port(8100), free_port(8200)
    demo = ("--articles", str(articles), "--meetings", str(meetings))
    portal_env, portal_facts = _prepared(env, port, demo, "bench.prepare_portal")
    floor_env = {
        **env,
        "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
        "FLOOR_DATABASE_URL": portal_facts["floor_database_url"],
    }
    texts = json.dumps({name: portal_facts.pop(name) for name in ("posts", "rows")})
    del portal_facts["floor_database_url"]
    floor_facts = json.loads(python(floor_env, "-m", "bench.prepare_floor", given=texts))
    with ExitStack() as stack:
        portal_pid = stack.enter_context(gunicorn(portal_env, "portal.wsgi", port))
        floor_pid = stack.enter_context(gunicorn(floor_env, "bench.floor.wsgi", floor_port))
        yield (
            Site(portal_env["SITE_URL"], portal_pid, **portal_facts),
            Site(f"http://127.0.0.1:{floor_port}", floor_pid, **floor_facts),
        )


@contextmanager
def portal_alone(
    env: dict[str, str], *, demo: Sequence[str], prepare: str
) -> Iterator[tuple[Site, dict[str, Any]]]:
    """The portal without a floor, and what its preparation measured."""
    port = free_port(8100)
    portal_env, facts = _prepared(env, port, demo, prepare)
    with gunicorn(portal_env, "portal.wsgi", port) as pid:
        yield Site(portal_env["SITE_URL"], pid, facts.pop("cookie"), facts.pop("pages")), facts


def _prepared(
    env: dict[str, str], port: int, demo: Sequence[str], prepare: str
) -> tuple[dict[str, str], dict[str, Any]]:
    """The portal's environment, its database filled, and what the module says of it."""
    portal_env = {
        **env,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_POOL": "4",
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    python(portal_env, "manage.py", "migrate", "--verbosity", "0")
    # The sample committee comes with a known password, so it is loaded with DEBUG only.
    python({**portal_env, "DEBUG": "1"}, "manage.py", "demo", *demo)
    python(portal_env, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    return portal_env, json.loads(python(portal_env, "-m", prepare))


def python(env: dict[str, str], *command: str, given: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=env,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def gunicorn(env: dict[str, str], application: str, port: int) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}", application],
        cwd=ROOT,
        env=env,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
