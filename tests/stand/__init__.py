"""The whole house on ports of its own, for tests that look at it from outside."""

from stand.house import House

__all__ = ["House"]
