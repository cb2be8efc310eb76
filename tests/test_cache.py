"""Without Redis the portal is slower, never broken (reliability F04 to F06)."""

import time

import pytest

from portal.cache import Breaker, ForgivingRedisCache, breakers
from portal.embedded.valkey import ValkeyServer


@pytest.fixture
def server(base):
    with ValkeyServer(base) as server:
        yield server
        server.thaw()


@pytest.fixture
def cache(server):
    options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    cache = ForgivingRedisCache(f"{server.url}?db=1", {"OPTIONS": options})
    cache._breaker.pause = 0.3
    yield cache
    cache.close()
    breakers.clear()


def test_with_redis_it_is_a_cache(cache):
    cache.set("a", 1)
    cache.set_many({"b": 2, "c": 3})

    assert cache.get_many(["a", "b", "c", "d"]) == {"a": 1, "b": 2, "c": 3}
    assert (cache.add("a", 9), cache.incr("a"), cache.has_key("a"), cache.touch("a")) == (
        False,
        2,
        True,
        True,
    )
    assert (cache.delete("a"), cache.get("a", "gone")) == (True, "gone")


def test_without_redis_every_call_behaves_as_on_an_empty_cache(cache, server):
    server.stop()

    assert cache.get("a", "default") == "default"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1) is True
    assert (cache.delete("a"), cache.touch("a"), cache.has_key("a")) == (False, False, False)
    cache.set("a", 1)
    assert cache.get_or_set("a", lambda: "made") == "made"
    with pytest.raises(ValueError):
        cache.incr("a")


def test_a_restart_of_redis_goes_unnoticed(cache, server):
    cache.set("a", 1)

    server.restart()

    assert cache.get("a") == 1


def test_a_frozen_redis_costs_one_time_out_and_not_one_for_every_call(cache, server):
    server.freeze()
    began = time.monotonic()

    for _ in range(200):
        assert cache.get("a") is None

    assert time.monotonic() - began < 1


def test_it_comes_back_when_redis_does(cache, server):
    server.stop()
    cache.set("a", 1)
    server.start()

    time.sleep(0.35)
    cache.set("a", 2)

    assert cache.get("a") == 2


def test_one_thread_learns_of_the_trouble_for_all(cache, server):
    server.freeze()
    cache.get("a")
    other = ForgivingRedisCache(f"{server.url}?db=1", {})
    began = time.monotonic()

    other.get("a")

    assert time.monotonic() - began < 0.1


def test_after_a_pause_one_call_tries_for_all():
    breaker = Breaker(pause=0.05)
    breaker.trip()
    assert breaker.is_open

    time.sleep(0.06)

    assert [breaker.is_open, breaker.is_open] == [False, True]
