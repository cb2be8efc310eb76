"""The cache that may go away: without Redis the portal is slower, never broken.

A call that fails behaves as on an empty cache. After a failure nobody asks again for a short
while, so that a frozen Redis costs one time-out now and then and not one for every call.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Breaker:
    """Open for `pause` seconds after a failure; then one call tries for all."""

    def __init__(self, pause: float = 5.0) -> None:
        self.pause = pause
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        now = time.monotonic()
        if not self.open_until:
            return False
        if now < self.open_until:
            return True
        # This caller is the one that tries; the others wait for its result.
        self.open_until = now + self.pause
        return False

    def trip(self) -> None:
        self.open_until = time.monotonic() + self.pause

    def reset(self) -> None:
        self.open_until = 0.0


# Django builds a cache object for every thread; what one thread learns, all of them know.
breakers: dict[str, Breaker] = {}


class OneClient(RedisCacheClient):
    """Django builds a client object for every call, which costs as much as the call; it is safe to share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        if write not in self._kept:
            self._kept[write] = super().get_client(key, write=write)
        return self._kept[write]


class KeptRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient


class ForgivingRedisCache(BaseCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        # A connection that Redis closed at a restart is opened anew; a time-out is not repeated.
        retry = Retry(NoBackoff(), 1, supported_errors=(ConnectionError,))
        options = {"retry": retry, **params.get("OPTIONS", {})}
        self._redis = KeptRedisCache(server, {**params, "OPTIONS": options})
        self._nothing = DummyCache(server, params)
        self._breaker = breakers.setdefault(server, Breaker())

    def _try(self, call: Callable[[BaseCache], T]) -> T:
        if not self._breaker.is_open:
            try:
                answer = call(self._redis)
            except (RedisError, OSError) as error:
                self._breaker.trip()
                logger.warning("Redis does not answer, going on without a cache: %s", type(error).__name__)
            else:
                self._breaker.reset()
                return answer
        return call(self._nothing)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda cache: cache.add(key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda cache: cache.get(key, default, version))

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._try(lambda cache: cache.touch(key, timeout, version))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda cache: cache.delete(key, version))

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        return self._try(lambda cache: cache.get_many(list(keys), version))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda cache: cache.has_key(key, version))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._try(lambda cache: cache.incr(key, delta, version))

    def set_many(
        self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[Any]:
        return self._try(lambda cache: cache.set_many(data, timeout, version))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._try(lambda cache: cache.delete_many(list(keys), version))

    def clear(self) -> None:
        self._try(lambda cache: cache.clear())

    def close(self, **kwargs: Any) -> None:
        self._redis.close(**kwargs)
