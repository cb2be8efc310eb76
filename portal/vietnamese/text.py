"""The normal form in which text is stored, and the keys by which it is compared and searched."""

import re
import unicodedata

from portal.vietnamese.legacy import detect_legacy
from portal.vietnamese.letters import LOOK_ALIKES, TONES, without_marks

# Invisible characters: zero width, byte order mark, direction marks that turn a line round, control
# codes (NUL is no text for PostgreSQL), halves of surrogate pairs. Tab and line ends are spaces.
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]"
)
_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_OLD_TRACE = re.compile("[\u00ad\u00d0\u0189\u00f0\u0256]")


def _toned(letter: str) -> list[str]:
    return [unicodedata.normalize("NFC", letter + tone) for tone in TONES]


# o or u carrying the tone before a, e, y, the old way of "hòa", "khỏe", "thủy": how the new way has it.
_NEW_TONES = {
    old + second: first + new
    for first, seconds in (("o", "aAeE"), ("O", "aAeE"), ("u", "yY"), ("U", "yY"))
    for second in seconds
    for old, new in zip(_toned(first), _toned(second), strict=True)
}
_OLD_TONE = re.compile(rf"(?:{'|'.join(_NEW_TONES)})(?![\u0300-\u036f])")


def normal_letters(text: str) -> str:
    """NFC, right Đ and đ, no invisible characters; spaces and lines stay as they are.

    Soft hyphens and look-alikes go only when the text is not TCVN3: there U+00AD is the letter ư and
    Ð the letter é, and a raw cell must stay as it came until a person has seen it converted.
    """
    if text.isprintable():
        if text.isascii():
            return text
    else:
        text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if _OLD_TRACE.search(text) and detect_legacy(text) is None:
        text = text.replace("\u00ad", "").translate(LOOK_ALIKES)
        # What a soft hyphen kept apart may be a letter and its mark.
        text = unicodedata.normalize("NFC", text)
    return text


def nfc(text: str, *, multiline: bool = False) -> str:
    """`text` as the portal stores it: normal letters, and single spaces with none at the ends."""
    text = normal_letters(text)
    if not multiline:
        return " ".join(text.split())
    lines = _LINE_END.sub("\n", text).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()


class _Folds(dict[int, str]):
    """A translation table that works out a letter when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code).translate(LOOK_ALIKES).lower()
        self[code] = without_marks(letter).translate({ord("đ"): "d", 0xA0: " "})
        return self[code]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` for search without marks: "Đảng ủy Khối" is "dang uy khoi".

    One character of NFC text gives one character, so that a find in the folded text can be shown at
    the same place of the text itself.
    """
    return unicodedata.normalize("NFC", text).translate(_FOLDS)


def unify_tone_placement(text: str) -> str:
    """The new way of placing tones: hòa is hoà, thủy is thuỷ. For keys only, names stay as written."""
    return _OLD_TONE.sub(lambda found: _NEW_TONES[found[0]], unicodedata.normalize("NFC", text))


def comparison_key(text: str) -> str:
    """Equal for texts that differ only in case, spaces, normal form or the placing of tones."""
    return unify_tone_placement(nfc(text).casefold())


def given_name(full_name: str) -> str:
    """The last word of a name: the one a comrade is called and sorted by."""
    return full_name.split()[-1] if full_name.strip() else ""
