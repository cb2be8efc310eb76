"""What people type to sign in and about themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from members.models import User


class SignInForm(AuthenticationForm):
    """One sentence for every refusal: it must not tell which accounts exist (S6)."""

    error_messages: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        "invalid_login": (
            "Chưa đăng nhập được. Tên đăng nhập hoặc mật khẩu chưa đúng. "
            "Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
        "inactive": "Chưa đăng nhập được.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["username"].widget.attrs |= {"spellcheck": "false"}
        self.fields["password"].label = "Mật khẩu"
        self.fields["password"].help_text = "Tắt bộ gõ tiếng Việt khi gõ mật khẩu"


class PasswordForm(PasswordChangeForm):
    """Changing one's own password, in the words of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu đang dùng"
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields["new_password2"].label = "Gõ lại mật khẩu mới"


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """Own telephone and mail. A new mail address needs the present password (P72)."""

    present_password = forms.CharField(
        label="Mật khẩu đang dùng",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Chỉ cần khi đổi thư điện tử, vì giấy mời sẽ gửi đến địa chỉ mới",
    )

    class Meta:
        model = User
        fields = ("phone", "email")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "short"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present_email = self.instance.email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("present_password") or ""
        if cleaned.get("email") != self.present_email and not self.instance.check_password(password):
            self.add_error("present_password", "Chưa đổi thư điện tử: mật khẩu đang dùng chưa đúng.")
        return cleaned
