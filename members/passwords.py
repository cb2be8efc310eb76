"""One rule more for passwords: the words that everybody here would try first (S8)."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from portal.vietnamese import fold

CONTEXT_WORDS = (
    "dangbo",
    "danguy",
    "dangvien",
    "chibo",
    "vanphong",
    "haiphong",
    "dangkhoi",
    "bithu",
    "matkhau",
    "password",
)


class ContextWordsValidator:
    """Refuses passwords made around a word of this house, however marks and spaces are written."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        squeezed = "".join(letter for letter in fold(password) if letter.isalnum())
        if any(word in squeezed for word in CONTEXT_WORDS):
            raise ValidationError(
                "Mật khẩu chứa từ dễ đoán ở cơ quan (như “đảng bộ”, “văn phòng”). Chọn câu khác.",
                code="password_context_word",
            )

    def get_help_text(self) -> str:
        return "Không dùng các từ quen thuộc của cơ quan như “đảng bộ”, “văn phòng”, “Hải Phòng”."
