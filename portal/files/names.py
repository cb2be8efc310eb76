"""File names: cleaned for people to read, and read for marks of secrecy."""

import re

from django.core.exceptions import ValidationError

from portal.vietnamese import nfc

MAX_NAME = 150
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)

# Marks of secrecy by law: MẬT, TỐI MẬT, TUYỆT MẬT. "Bảo vệ bí mật", "bảo mật", "liên hệ mật thiết"
# and "mật khẩu" are ordinary words, so MẬT alone must stand by itself or in capitals of its own.
_HIGH_MARK = re.compile(r"\b(?:tối|tuyệt)[\s_\-]*mật\b", re.IGNORECASE)
_HIGH_MARK_WITHOUT_SIGNS = re.compile(r"(?<![A-Za-z])(?:TOI|TUYET)[\s_\-]*MAT(?![A-Za-z])")
_CAPITALS = re.compile(r"(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!\w)MẬT(?!\w)(?! (?:KHẨU|THIẾT|ONG|MÃ|VỤ|NGỮ|ĐỘ)\b)")
_ALONE = re.compile(r"(?:^|[\[({\-–—.,;:/|])\s*mật\s*(?:$|[\])}\-–—.,;:/|])", re.IGNORECASE)


def clean_name(name: str) -> str:
    """The last part of a path, in normal form, fit for every file system; never empty."""
    name = nfc(name.replace("\\", "/").rpartition("/")[2])
    name = _FORBIDDEN.sub("-", name).strip(" .")
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, point, ending = name.rpartition(".")
    if not point:
        return name[:MAX_NAME] or "tep"
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"[:MAX_NAME]


def has_secrecy_mark(text: str) -> bool:
    """Does a title or file name say that its document is classified?"""
    text = nfc(text).replace("_", " - ")
    return any(mark.search(text) for mark in (_HIGH_MARK, _HIGH_MARK_WITHOUT_SIGNS, _CAPITALS, _ALONE))


def refuse_secrecy_mark(text: str) -> None:
    """Stop a classified document at the door: the portal is no place for state secrets (law 117/2025)."""
    if has_secrecy_mark(text):
        raise ValidationError(
            "Tài liệu mang dấu chỉ độ mật. Cổng thông tin không chứa bí mật nhà nước: "
            "không tải lên, hãy xử lý theo quy định về văn bản mật.",
            code="secret",
        )
