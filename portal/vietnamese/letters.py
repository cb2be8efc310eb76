"""Letters, tones and the shape of a syllable: enough to tell words from the noise of a wrong encoding."""

import re
import unicodedata

# Combining marks in the order of the tones: huyền, hỏi, ngã, sắc, nặng (Unicode CLDR, locale vi).
TONES = "\u0300\u0309\u0303\u0301\u0323"

# Icelandic and African letters that look like Đ and đ and come from wrong keyboards and old files.
LOOK_ALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})

INITIALS = "ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p q r s t v x"
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êc êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oe oen oeo oet oc oi om on ong oong ooc op ot
oăc oăm oăn oăng oăt ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uê uêch uênh uơ uy uya uych uynh uyt uyu uyên uyêt uân uâng uât uây
uôc uôi uôm uôn uông uôt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych ynh yêm yên yêng yêt yêu
"""


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(sorted(words.split(), key=len, reverse=True))})"


_SYLLABLE = re.compile(f"{_one_of(INITIALS)}?{_one_of(RHYMES)}")


def split_tone(word: str) -> tuple[str, str]:
    """`word` without its tone marks, and the marks: "Hạ" is ("Ha", "\\u0323")."""
    signs = unicodedata.normalize("NFD", word)
    bare = "".join(sign for sign in signs if sign not in TONES)
    return unicodedata.normalize("NFC", bare), "".join(sign for sign in signs if sign in TONES)


def without_marks(text: str) -> str:
    """`text` without any combining mark; đ has none and stays."""
    signs = unicodedata.normalize("NFD", text)
    # Composed again: a Korean syllable is taken apart by NFD, yet it is one character.
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if not unicodedata.combining(sign)))


def is_syllable(word: str) -> bool:
    """Could this one word be Vietnamese? Spelling only: no dictionary is asked."""
    bare, tones = split_tone(word.lower())
    return len(tones) <= 1 and _SYLLABLE.fullmatch(bare) is not None
