"""What people type about themselves, and what they ask the register and the figures for."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils import timezone

from members.actions.people import CORRECTABLE
from members.models import MemberStatus, PartyMember, PartyOrganization, User
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField


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


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a secretary corrects in a record; it validates, the action writes."""

    class Meta:
        model = PartyMember
        fields = CORRECTABLE
        field_classes: ClassVar[dict[str, type[forms.Field]]] = dict.fromkeys(
            ("born_on", "admission_decision_on", "admitted_on", "official_on"), DateField
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "card_number": forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
            "phone": forms.TextInput(attrs={"class": "short", "inputmode": "tel"}),
        }


class RegisterFilter(forms.Form):
    """What is asked of the list of members."""

    q = NFCFormField(label="Họ và tên", required=False, max_length=100)
    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label="Tất cả"
    )
    status = forms.ChoiceField(label="Diện", required=False, choices=[("", "Tất cả"), *MemberStatus.choices])
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """Which figures: cumulative from 1 January to a day, for an organisation and all below it."""

    PERIODS: ClassVar[list[tuple[str, str]]] = [
        ("3", "3 tháng"),
        ("6", "6 tháng"),
        ("9", "9 tháng"),
        ("12", "Cả năm"),
    ]

    months = forms.ChoiceField(label="Kỳ báo cáo", required=False, choices=[("", "Đến nay"), *PERIODS])
    year = forms.IntegerField(label="Năm", required=False, min_value=1930, max_value=2100, localize=False)
    until = DateField(label="Chốt đến ngày", required=False)
    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label=None
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def day(self) -> datetime.date:
        """The last day counted: as typed, else the end of the period, never later than today's year."""
        today = timezone.localdate()
        if until := self.cleaned_data.get("until"):
            return until  # type: ignore[no-any-return]
        year = self.cleaned_data.get("year") or today.year
        months = int(self.cleaned_data.get("months") or (today.month if year == today.year else 12))
        first_after = datetime.date(year + months // 12, months % 12 + 1, 1)
        end = first_after - datetime.timedelta(days=1)
        return min(end, today) if year == today.year else end


class FigureForm(forms.Form):
    """The address of one figure: an organisation, the day it is counted to, and where a page begins."""

    until = forms.DateField(input_formats=["%Y-%m-%d"])
    organization = forms.ModelChoiceField(PartyOrganization.objects.none())
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
