"""Who may put pictures into formatted text. The portal knows no roles, so the apps say."""

from collections.abc import Callable
from typing import Any

# The user is whatever the apps sign in with; the portal only passes it on.
Check = Callable[[Any], bool]
_checks: list[Check] = []


def allow_upload(check: Check) -> None:
    """Let everyone upload for whom `check(user)` is true. Called from an app's `ready`."""
    if check not in _checks:
        _checks.append(check)


def may_upload(user: Any) -> bool:
    return any(check(user) for check in _checks)
