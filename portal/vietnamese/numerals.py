"""Numbers written in words, as they are spoken: "một trăm mười sáu" is 116. Letters without marks."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
#: After "mươi" one, four and five have names of their own; "mười năm" is ten years and not fifteen.
_AFTER_TEN = {name: unit for name, unit in _UNITS.items() if name != "nam"} | {"lam": 5, "nham": 5}
_AFTER_TENS = _AFTER_TEN | {"tu": 4}
_GAP = {"linh", "le"}
#: The longest one read here: "chín trăm chín mươi chín".
LONGEST = 5


def number_in(syllables: Sequence[str]) -> int | None:
    """The number these syllables say, all of them, from 11 to 999; None for anything else."""
    if not 2 <= len(syllables) <= LONGEST:
        return None
    if syllables[1] == "tram" and syllables[0] in _UNITS:
        rest = _rest_of_hundred(syllables[2:])
        return None if rest is None else 100 * _UNITS[syllables[0]] + rest
    return _tens(syllables)


def _rest_of_hundred(syllables: Sequence[str]) -> int | None:
    if not syllables:
        return 0
    if syllables[0] in _GAP:
        return _UNITS.get(syllables[1]) if len(syllables) == 2 else None
    return 10 if tuple(syllables) == ("muoi",) else _tens(syllables)


def _tens(syllables: Sequence[str]) -> int | None:
    match list(syllables):
        case ["muoi", unit]:
            return 10 + _AFTER_TEN[unit] if unit in _AFTER_TEN else None
        case [tens, "muoi"] if tens in _UNITS and tens != "mot":
            return 10 * _UNITS[tens]
        case [tens, "muoi", unit] if tens in _UNITS and tens != "mot" and unit in _AFTER_TENS:
            return 10 * _UNITS[tens] + _AFTER_TENS[unit]
        case _:
            return None
