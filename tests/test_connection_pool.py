"""Connections of a web process: one that PostgreSQL has closed is noticed, and is not asked at every page."""

import pytest
from django.db import OperationalError, connection

from portal.postgresql import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooled():
    web = connection.copy()
    pool = {"min_size": 1, "max_size": 1, "timeout": 5}
    web.settings_dict |= {
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": web.settings_dict["OPTIONS"] | {"pool": pool},
    }
    yield web
    web.close()
    web.close_pool()


def backend(web):
    """Of one page, which process of the server answered it; the connection goes back to the pool."""
    try:
        with web.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]
    finally:
        web.close()


def end(process):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        assert cursor.fetchone() == (True,)


def test_closed_connection_is_replaced_before_it_is_used(pooled, monkeypatch):
    monkeypatch.setattr(base, "BELIEVED", 0)
    before = backend(pooled)
    end(before)

    assert backend(pooled) not in (None, before)


def test_connection_that_just_answered_is_believed_once(pooled, monkeypatch):
    monkeypatch.setattr(base, "BELIEVED", 3600)
    before = backend(pooled)
    end(before)

    with pytest.raises(OperationalError):
        backend(pooled)
    assert backend(pooled) != before
