"""What is typed to find a document in the registers, to enter one, or to give a paper its number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from meetings.forms.preparation import bodies_for
from meetings.issuers import COMMITTEE
from meetings.models import DocumentKind, DocumentRegister, SigningAuthority
from members.models import Body, BodyType, Term, User
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField

#: The committee's inner bodies sign with its letters and share its registers.
INNER = [one for one in COMMITTEE if one != BodyType.EXECUTIVE_COMMITTEE]


class RegisterFilter(forms.Form):
    q = NFCFormField(label="Số hoặc trích yếu", required=False, max_length=100)
    kind = forms.ModelChoiceField(
        DocumentKind.objects.all(), label="Loại", required=False, empty_label="Tất cả"
    )
    term = forms.ModelChoiceField(Term.objects.none(), label="Nhiệm kỳ", required=False, empty_label="Tất cả")
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers = DocumentRegister.objects.visible_to(user)
        self.fields["term"].queryset = Term.objects.filter(pk__in=registers.values("term"))  # type: ignore[attr-defined]


class NumberForm(forms.Form):
    """The number, the day, and who signs; left alone, the number is the next one."""

    issued_on = DateField(label="Ngày ban hành")
    number = forms.IntegerField(
        label="Số", required=False, min_value=1, max_value=99999, help_text="Để trống: cổng lấy số tiếp theo."
    )
    number_reason = NFCFormField(
        label="Lý do đặt số khác",
        required=False,
        max_length=200,
        help_text="Chỉ cần khi không lấy số tiếp theo.",
    )
    signing_authority = forms.ChoiceField(
        label="Thẩm quyền ký",
        choices=[("", "Ký trực tiếp"), *SigningAuthority.choices],
        required=False,
    )
    signed_for = NFCFormField(
        label="Thay mặt, thừa lệnh", required=False, max_length=120, help_text="Ví dụ: Ban Thường vụ"
    )
    signer_title = NFCFormField(label="Chức vụ người ký", required=False, max_length=120)
    signer_name = NFCFormField(label="Họ và tên người ký", required=False, max_length=120)
    recipients = NFCFormField(
        label="Nơi nhận",
        required=False,
        max_length=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một nơi, bắt đầu bằng gạch ngang.",
    )


class EnterForm(NumberForm):
    """A document from outside the conferences, or a number for one that is kept outside the portal."""

    body = forms.ModelChoiceField(Body.objects.none(), label="Cơ quan ban hành")
    kind = forms.ModelChoiceField(DocumentKind.objects.none(), label="Loại văn bản")
    abstract = NFCFormField(label="Trích yếu", required=False, max_length=400)
    is_external = forms.BooleanField(
        label="Lưu ngoài hệ thống",
        required=False,
        help_text="Chỉ giữ số, không ghi nội dung: dùng cho văn bản không được đưa lên cổng.",
    )
    field_order = ["body", "kind", "abstract", "is_external", "issued_on"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_for(user).exclude(letters="").exclude(body_type__in=INNER)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["kind"].queryset = DocumentKind.objects.on(timezone.localdate())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("is_external") and given.get("abstract"):
            self.add_error("abstract", "Văn bản lưu ngoài hệ thống thì không ghi trích yếu ở đây.")
        if not given.get("is_external") and not given.get("abstract"):
            self.add_error("abstract", "Ghi trích yếu, hoặc chọn “Lưu ngoài hệ thống” nếu chỉ giữ số.")
        return given


class VoidForm(forms.Form):
    reason = NFCFormField(label="Lý do hủy số", max_length=200)
