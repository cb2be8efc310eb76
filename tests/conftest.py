"""One PostgreSQL and one Valkey a session, thrown away afterwards; Django learns of them before
its settings load. Servers named in the environment are used instead."""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

from portal.embedded.ports import free_port
from portal.embedded.services import Services

SERVICES = pytest.StashKey[Services]()
FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-django's own hook, which loads the settings."""
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o711)  # PostgreSQL of a root's run lives in there as another user.
    services = Services(folder, given=os.environ, wanted=("DATABASE_URL", "REDIS_URL"), durable=False)
    config.stash[SERVICES], config.stash[FOLDER] = services, folder
    os.environ |= services.start() | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": "of the tests and of nothing else, fifty characters long",
        # Unhashed static files: no collectstatic before a test.
        "DEBUG": "1",
        "SITE_URL": "http://testserver",
        "MEDIA_ROOT": str(folder / "media"),
    }
    os.environ.setdefault("EMAIL_URL", f"smtp://127.0.0.1:{free_port(2525)}")
    django.setup()
    # The cast names models, so it can only be read now.
    config.pluginmanager.import_plugin("cast")


def pytest_unconfigure(config: pytest.Config) -> None:
    if services := config.stash.get(SERVICES, None):
        services.stop()
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
