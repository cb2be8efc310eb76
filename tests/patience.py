"""Waiting for what another process does in its own time."""

import time
from collections.abc import Callable


def until(condition: Callable[[], object], patience: float = 5.0) -> None:
    deadline = time.monotonic() + patience
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()
