"""The sample committee as `manage.py demo` loads it, once for all tests of a module."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from members import owning_committee

SIZE = {"members": 800, "verbosity": 0}


@pytest.fixture(scope="module")
def loaded_sample(django_db_setup, django_db_blocker):
    """Loading takes seconds. Each test's own transaction stands inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        owning_committee.forget()
        with override_settings(DEBUG=True):
            call_command("demo", **SIZE)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def sample(loaded_sample, db, settings):
    settings.DEBUG = True
    cache.clear()
