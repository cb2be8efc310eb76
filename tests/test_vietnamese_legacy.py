"""TCVN3 and VNI: decoding by the tables, and telling them from Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vietnamese import detect_legacy, from_tcvn3, from_vni
from portal.vietnamese.legacy import is_capital_font

# Unicode, TCVN3, VNI
SAMPLES = [
    (
        "Đảng ủy Khối các cơ quan thành phố",
        "§¶ng ñy Khèi c¸c c¬ quan thµnh phè",
        "Ñaûng uûy Khoái caùc cô quan thaønh phoá",
    ),
    ("Nguyễn Thị Thanh Thủy", "NguyÔn ThÞ Thanh Thñy", "Nguyeãn Thò Thanh Thuûy"),
    ("Phạm Hưng Hùng", "Ph¹m H\u00adng Hïng", "Phaïm Höng Huøng"),
    ("chuyển sinh hoạt tạm thời", "chuyÓn sinh ho¹t t¹m thêi", "chuyeån sinh hoaït taïm thôøi"),
    ("kỷ luật", "kû luËt", "kyû luaät"),
]
# Base letters with the order of the toned ones in TCVN3: huyền, hỏi, ngã, sắc, nặng.
TCVN3 = {
    "a": "aµ¶·¸¹", "ă": "¨»¼½¾Æ", "â": "©ÇÈÉÊË", "e": "eÌÎÏÐÑ", "ê": "ªÒÓÔÕÖ", "i": "i×ØÜÝÞ",
    "o": "oßáâãä", "ô": "«åæçèé", "ơ": "¬êëìíî", "u": "uïñòóô", "ư": "\u00adõö÷øù", "y": "yúûüýþ",
}  # fmt: skip
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VNI_PLAIN = ["", "ø", "û", "õ", "ù", "ï"]
VNI_ROOFED = ["â", "à", "å", "ã", "á", "ä"]
VNI_BREVE = ["ê", "è", "ú", "ü", "é", "ë"]


def encode_tcvn3(text: str) -> str:
    return "".join(
        "®" if letter == "đ" else _row_cell(letter, TCVN3) if letter.isalpha() else letter for letter in text
    )


def _base_and_tone(letter: str) -> tuple[str, int]:
    signs = unicodedata.normalize("NFD", letter)
    tone = next((sign for sign in signs if sign in TONES[1:]), "")
    return unicodedata.normalize("NFC", signs.replace(tone, "")), TONES.index(tone)


def _row_cell(letter: str, rows: dict[str, str]) -> str:
    base, tone = _base_and_tone(letter)
    return rows[base][tone] if base in rows else letter


def encode_vni(text: str) -> str:
    return "".join(_vni_letter(letter) for letter in text)


def _vni_letter(letter: str) -> str:
    base, tone = _base_and_tone(letter)
    if base == "i":
        return "iìæóíò"[tone]
    if letter == "ỵ":
        return "î"
    marks = {"â": VNI_ROOFED, "ê": VNI_ROOFED, "ô": VNI_ROOFED, "ă": VNI_BREVE}.get(base, VNI_PLAIN)
    plain = {"â": "a", "ă": "a", "ê": "e", "ô": "o", "ơ": "ô", "ư": "ö", "đ": "ñ"}.get(base, base)
    return plain + marks[tone]


toned = [unicodedata.normalize("NFC", base + tone) for base in TCVN3 for tone in TONES]
# A consonant between vowels, as in real words: where two vowels meet, VNI itself is ambiguous.
words = st.lists(
    st.tuples(st.sampled_from(["b", "đ", "ng", "th", "kh", " "]), st.sampled_from(toned)).map("".join)
).map("".join)


@pytest.mark.parametrize(("text", "tcvn3", "vni"), SAMPLES)
def test_the_samples_decode(text: str, tcvn3: str, vni: str):
    assert from_tcvn3(tcvn3) == text
    assert from_vni(vni) == text


@pytest.mark.parametrize(("text", "tcvn3", "vni"), SAMPLES)
def test_the_samples_are_told_apart(text: str, tcvn3: str, vni: str):
    assert (detect_legacy(text), detect_legacy(tcvn3), detect_legacy(vni)) == (None, "tcvn3", "vni")


@given(words)
def test_tcvn3_there_and_back(text: str):
    assert from_tcvn3(encode_tcvn3(text)) == text


@given(words)
def test_vni_there_and_back(text: str):
    assert from_vni(encode_vni(text)) == text


@given(words)
def test_vni_capitals_there_and_back(text: str):
    assert from_vni(encode_vni(text).upper()) == text.upper()


def test_vni_takes_the_longest_match():
    assert from_vni("aë aì yû yõ") == "ặ aì ỷ ỹ"
    assert from_vni("Aùnh AÙNH Ñöùc ÑÖÙC") == "Ánh ÁNH Đức ĐỨC"


def test_tcvn3_capitals_without_tone():
    assert from_tcvn3("¡¢£¤¥¦§") == "ĂÂÊÔƠƯĐ"


def test_a_cell_in_an_h_font_is_shown_in_capitals():
    assert is_capital_font(".VnTimeH")
    assert not is_capital_font(".VnTime")
    assert from_tcvn3("BÝ TH¦", capitals=True) == "BÍ THƯ"


@pytest.mark.parametrize(
    ("font", "expected"),
    [(".VnTime", "tcvn3"), (".VnArialH", "tcvn3"), ("VNI-Times", "vni"), ("Times New Roman", None)],
)
def test_the_font_decides_first(font: str, expected: str | None):
    assert detect_legacy("Chi bo 1", font) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hoà", "hoá đơn", "½ ngày", "© 2024", "Café Müller", "résumé", "Nghị quyết số 5", "quản\u00adlý",
        "12 m²", "25 °C ± 1", "«trích»", "Hội nghị", "Ðào", "", "Zoë", "la hoà là cô",
    ],
)  # fmt: skip
def test_unicode_is_left_alone(text: str):
    assert detect_legacy(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BÝ TH¦", "tcvn3"),
        ("H\u00adng", "tcvn3"),
        ("caùc", "vni"),
        ("Chi boä 3", "vni"),
        ("§¶ng viªn", "tcvn3"),
    ],
)
def test_short_cells_are_detected(text: str, expected: str):
    assert detect_legacy(text) == expected
