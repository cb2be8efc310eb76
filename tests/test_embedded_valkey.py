"""The launcher of Valkey."""

import os

import pytest
import redis

from portal.embedded import folders
from portal.embedded.valkey import ValkeyServer


@pytest.fixture
def server(base):
    with ValkeyServer(base) as server:
        yield server


def test_what_was_stored_survives_a_kill(server):
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "yes")

    server.kill()
    server.start()

    with redis.Redis.from_url(server.url) as client:
        assert client.get("kept") == b"yes"


def test_it_forgets_nothing_for_want_of_room(server):
    with redis.Redis.from_url(server.url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("port") == {"port": "0"}


def test_flushed_it_is_empty(server):
    with redis.Redis.from_url(server.url) as client:
        client.set("gone", "yes")

        server.flush()

        assert client.get("gone") is None


def test_frozen_it_does_not_answer_until_thawed(server):
    server.freeze()
    assert not server.is_answering

    server.thaw()

    assert server.is_answering


def test_a_second_start_adopts_it(server):
    with ValkeyServer(server.base) as second:
        assert second.adopted
    assert server.is_answering

    second.stop_adopted()
    server.process.wait_stopped(5)

    assert not server.is_answering


def test_a_long_path_gets_a_short_socket(base):
    deep = base / ("thư-mục-dài-" * 6) / ("rất-dài-" * 6)

    with ValkeyServer(deep) as server:
        assert len(os.fsencode(server.socket)) <= folders.SOCKET_PATH_LIMIT
    server.socket.parent.rmdir()
