"""One PostgreSQL and one Valkey a session, thrown away afterwards; Django learns of them before
its settings load. Servers named in the environment are used instead."""

import os
import random
import shutil
import socket
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import django
import migrated
import psycopg
import pytest

from portal.embedded.ports import free_port
from portal.embedded.services import Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SERVICES = pytest.StashKey[Services]()
FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", choices=["short", "long"], default="short", help="how long the fault tests insist"
    )
    parser.addoption(
        "--seed", type=int, default=random.randrange(10**6), help="repeats a run of the fault tests"
    )
    parser.addoption(
        "--guide", action="store_true", help="take the pictures of docs/guide on the way through the stories"
    )
    parser.addoption(
        "--pictures",
        type=Path,
        help="a folder for each page type as seen at a desk, on a telephone, on paper",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"faults: --seed={config.getoption('--seed')}"


def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-django's own hook, which loads the settings."""
    if config.getoption("dist") != "no" and not hasattr(config, "workerinput"):
        # This process hands the tests to others and runs none. They must not inherit what importing the
        # portal has set: they would read the settings before their servers are up.
        del os.environ["DJANGO_SETTINGS_MODULE"]
        return
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o711)  # PostgreSQL of a root's run lives in there as another user.
    (folder / "static").mkdir()
    services = Services(folder, given=os.environ, wanted=("DATABASE_URL", "REDIS_URL"), durable=False)
    config.stash[SERVICES], config.stash[FOLDER] = services, folder
    os.environ |= services.start() | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "of the tests and of nothing else, fifty characters long",
        # Unhashed static files: no collectstatic before a test.
        "DEBUG": "1",
        "SITE_URL": "http://testserver",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }
    os.environ.setdefault("EMAIL_URL", f"smtp://127.0.0.1:{free_port(2525)}")
    django.setup()
    # They name models, so they can only be read now.
    config.pluginmanager.import_plugin("cast")
    config.pluginmanager.import_plugin("newsroom")
    config.pluginmanager.import_plugin("conferences")
    config.pluginmanager.import_plugin("minutes_desk")
    config.pluginmanager.import_plugin("sample")
    config.pluginmanager.import_plugin("doors.scene")


def pytest_unconfigure(config: pytest.Config) -> None:
    if services := config.stash.get(SERVICES, None):
        services.stop()
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Under --dist=loadgroup a file's tests stay together, but for those that empty the tables: they come
    after all others, as they do in one process."""
    if config.getoption("dist") == "loadgroup":
        for item in items:
            group = f"{item.path.name}{' emptying' if _empties_tables(item) else ''}"
            item.add_marker(pytest.mark.xdist_group(group))


def _empties_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or not {
        "transactional_db",
        "live_server",
    }.isdisjoint(fixtures)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not shutil.which("chromium"):
        pytest.skip(
            "Chromium is not installed: as root `make test` installs it, else apt-get install chromium"
        )


@pytest.fixture(scope="session", autouse=True)
def nothing_leaves_the_machine() -> Iterator[None]:
    """Names of other machines are unknown here, but for those the environment's servers stand on."""
    servers = (urlsplit(os.environ[name]).hostname for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"))
    known = {None, "", "localhost", "127.0.0.1", "::1", *servers}
    resolve = socket.getaddrinfo

    def resolve_known(host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, f"No test talks to another machine: {host}")
        return resolve(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolve_known)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    pytestconfig: pytest.Config, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """On our own server the test database is a copy; a server of the environment runs the migrations."""
    from django.db import connection  # noqa: PLC0415

    if ours := pytestconfig.stash[SERVICES].servers.get("DATABASE_URL"):
        with psycopg.connect(ours.url, autocommit=True) as server:
            server.execute("CREATE DATABASE migrated")
        migrated.fill(urlsplit(ours.url)._replace(path="/migrated").geturl())
        connection.settings_dict["TEST"]["TEMPLATE"] = "migrated"


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder for embedded servers that another account can reach, as pytest's own cannot."""
    with tempfile.TemporaryDirectory(prefix="portal-base-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """One headless Chromium for the tests marked `browser`; each opens a context of its own."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second for the others

    # Playwright keeps an event loop in this thread; Django would take the tests for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        # Each test asks the server itself; those of the worker let it in by name.
        chromium.new_context = partial(chromium.new_context, service_workers="block")
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test() -> None:
    """The database is rolled back after each test; the cache and what the process remembers are not."""
    # Settings load only after pytest_configure.
    from django.core.cache import cache  # noqa: PLC0415

    from members import owning_committee  # noqa: PLC0415

    cache.clear()
    owning_committee.forget()
