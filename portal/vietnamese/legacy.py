"""TCVN3 (ABC, fonts `.VnTime`) and VNI-Windows: old encodings that arrive as Windows-1252 letters.

A cell is never converted silently: an import asks `detect_legacy`, shows before and after, and keeps
the raw value.
"""

import re
from typing import Literal

from portal.vietnamese.letters import LOOK_ALIKES, is_syllable

Legacy = Literal["tcvn3", "vni"]

# A row: the letter with no tone, huyền, hỏi, ngã, sắc, nặng; below it the same in TCVN 5712:1993.
_TCVN3_ROWS = [
    ("aàảãáạ", "aµ¶·¸¹"),
    ("ăằẳẵắặ", "¨»¼½¾Æ"),
    ("âầẩẫấậ", "©ÇÈÉÊË"),
    ("eèẻẽéẹ", "eÌÎÏÐÑ"),
    ("êềểễếệ", "ªÒÓÔÕÖ"),
    ("iìỉĩíị", "i×ØÜÝÞ"),
    ("oòỏõóọ", "oßáâãä"),
    ("ôồổỗốộ", "«åæçèé"),
    ("ơờởỡớợ", "¬êëìíî"),
    ("uùủũúụ", "uïñòóô"),
    ("ưừửữứự", "\u00adõö÷øù"),
    ("yỳỷỹýỵ", "yúûüýþ"),
    ("đĂÂÊÔƠƯĐ", "®¡¢£¤¥¦§"),
]
_TCVN3 = {
    ord(old): new
    for letters, codes in _TCVN3_ROWS
    for new, old in zip(letters, codes, strict=True)
    if old != new
}

# VNI writes a letter and a mark; capitals are a capital and a capital mark.
_VNI_ROWS = [
    ("àảãáạ", "aø aû aõ aù aï"),
    ("ăằẳẵắặ", "aê aè aú aü aé aë"),
    ("âầẩẫấậ", "aâ aà aå aã aá aä"),
    ("èẻẽéẹ", "eø eû eõ eù eï"),
    ("êềểễếệ", "eâ eà eå eã eá eä"),
    ("ìỉĩíị", "ì æ ó í ò"),
    ("òỏõóọ", "oø oû oõ où oï"),
    ("ôồổỗốộ", "oâ oà oå oã oá oä"),
    ("ơờởỡớợ", "ô ôø ôû ôõ ôù ôï"),
    ("ùủũúụ", "uø uû uõ uù uï"),
    ("ưừửữứự", "ö öø öû öõ öù öï"),
    ("ỳỷỹýỵ", "yø yû yõ yù î"),
    ("đ", "ñ"),
]
_VNI: dict[str, str] = {}
for _letters, _codes in _VNI_ROWS:
    for _new, _old in zip(_letters, _codes.split(), strict=True):
        _VNI |= {_old: _new, _old.upper(): _new.upper(), _old[0].upper() + _old[1:]: _new.upper()}
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# Letters that Windows-1252 does not have: where one stands, the text is Unicode already.
_ONLY_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_COMBINING = re.compile("[\u0300-\u036f]")
_WORD_EDGES = "\t .,;:!?\"'()[]{}/\\-–—…“”‘’0123456789"


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Decode TCVN3. `capitals` for a cell in a font ending in H, which shows the same bytes as capitals."""
    decoded = text.translate(_TCVN3)
    return decoded.upper() if capitals else decoded


def from_vni(text: str) -> str:
    """Decode VNI-Windows, longest match first, so that "aë" is ặ and not a and ë."""
    return _VNI_PATTERN.sub(lambda found: _VNI[found.group()], text)


def is_capital_font(font: str) -> bool:
    """`.VnTimeH` and its sisters: TCVN3 shown as capitals."""
    return font.lower().startswith(".vn") and font.endswith("H")


def detect_legacy(text: str, font: str = "") -> Legacy | None:
    """The old encoding of one cell, or None for Unicode. The font's name decides where it is known.

    Without it each reading is tried, and the one that gives more Vietnamese words wins. Unicode wins
    a draw: "Hoà" is a Vietnamese word as it stands, whatever VNI would make of it.
    """
    name = font.lower()
    if name.startswith(".vn"):
        return "tcvn3"
    if name.startswith("vni"):
        return "vni"
    if text.isascii() or _ONLY_UNICODE.search(text) or _COMBINING.search(text):
        return None
    words = [
        stripped for word in text.split() if (stripped := word.strip(_WORD_EDGES)) and not stripped.isascii()
    ]
    readings: dict[Legacy | None, int] = {
        None: sum(_reads_as_unicode(word) for word in words),
        "tcvn3": sum(_is_word(from_tcvn3(word), len(word)) for word in words),
        "vni": sum(_is_word(from_vni(word), len(word)) for word in words),
    }
    return max(readings, key=lambda reading: readings[reading])


def _reads_as_unicode(word: str) -> bool:
    """A word as it stands, or a sign without letters such as ½, § or ©."""
    parts = word.translate(LOOK_ALIKES).split("\u00ad")
    return not any(letter.isalpha() for letter in word) or all(is_syllable(part) for part in parts)


def _is_word(decoded: str, length: int) -> bool:
    return length > 1 and all(is_syllable(part) for part in re.split(r"[-/.]", decoded))
