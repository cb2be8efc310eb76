"""Numbers as they are written in Vietnamese: 4.312 and 72,5 (domain §8.7)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SIGNS = str.maketrans(",.", ".,")


def number(value: int | float | Decimal | None) -> str:
    """4.312 and 72,5; a dash for the unknown, which is not zero."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    exact = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{exact:,}".translate(_SIGNS).removesuffix(",0")


def percent(value: int | float | Decimal | None) -> str:
    """72,5%, 85%, and a dash where there was no target."""
    return "–" if value is None else f"{number(value)}%"
