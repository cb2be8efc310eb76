"""Vietnamese text: one normal form, keys for search and sorting, and the old office encodings."""

from portal.vietnamese.legacy import detect_legacy, from_tcvn3, from_vni
from portal.vietnamese.sorting import name_sort_key, sort_key
from portal.vietnamese.text import comparison_key, fold, given_name, nfc, unify_tone_placement

__all__ = [
    "comparison_key",
    "detect_legacy",
    "fold",
    "from_tcvn3",
    "from_vni",
    "given_name",
    "name_sort_key",
    "nfc",
    "sort_key",
    "unify_tone_placement",
]
