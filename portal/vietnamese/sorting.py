"""Sort keys in the order of the Vietnamese alphabet (Unicode CLDR, locale vi).

The keys are plain ASCII and sort rightly by code point, so a stored column needs no ICU collation.
"""

from portal.vietnamese.letters import TONES, split_tone, without_marks
from portal.vietnamese.text import nfc, unify_tone_placement

# Signs after "z", so that ă follows every a: "an" < "ay" < "a{n".
_LETTERS = str.maketrans(
    {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{", "'": ""}
)


def sort_key(text: str) -> str:
    """Letters first, tones after: ma < mà < mả < mã < má < mạ < mă."""
    letters, tones = [], []
    for word in unify_tone_placement(nfc(text).lower()).replace("-", " ").split():
        bare, marks = split_tone(word)
        letters.append(without_marks(bare.translate(_LETTERS)))
        tones.append("".join(str(TONES.index(mark) + 1) for mark in marks) or "0")
    # The space between the levels sorts before the point between words: a shorter text comes first.
    return f"{'.'.join(letters)} {''.join(tones)}".strip()


def name_sort_key(name: str) -> str:
    """Persons by given name, the last word; then by family and middle names."""
    *before, given = nfc(name).split() or [""]
    return f"{sort_key(given)} {sort_key(' '.join(before))}".strip()
