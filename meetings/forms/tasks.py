"""What is typed about a task."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.files.fields import UploadFormField
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField


def _words(label: str, rows: int = 3, max_length: int = 1000, **more: Any) -> NFCFormField:
    area = forms.Textarea(attrs={"rows": rows})
    return NFCFormField(label=label, max_length=max_length, multiline=True, widget=area, **more)


class TaskReportForm(forms.Form):
    text = _words("Kết quả, tiến độ", rows=4, max_length=4000)
    file = UploadFormField(
        kinds=("document", "image"),
        label="Tệp minh chứng",
        help_text="Không bắt buộc. PDF, Word, Excel, PowerPoint không quá 20 MB; ảnh không quá 10 MB.",
        required=False,
    )
    no_state_secret_confirmed = forms.BooleanField(
        label="Tệp minh chứng không chứa bí mật nhà nước", required=False
    )
    is_finished = forms.BooleanField(label="Đã hoàn thành, đề nghị Văn phòng kiểm tra", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("file") and not given.get("no_state_secret_confirmed"):
            self.add_error("no_state_secret_confirmed", "Cần xác nhận tệp không chứa bí mật nhà nước.")
        return given


class TaskReturnForm(forms.Form):
    reason = _words("Cần làm thêm gì")


class ExtensionForm(forms.Form):
    extended_to = DateField(label="Gia hạn đến", help_text="Ví dụ 26/9/2024.")
    reason = _words("Lý do xin gia hạn", rows=2)


class ExtensionAnswerForm(forms.Form):
    answer = _words("Trả lời", rows=2, required=False, help_text="Không cho gia hạn thì phải ghi lý do.")


class DueFilter(forms.Form):
    """Tasks whose day came within a period; where a page begins."""

    tu = DateField(label="Từ ngày")
    den = DateField(label="Đến hết ngày")
    xem = forms.ChoiceField(
        label="Kết quả",
        required=False,
        choices=[("", "Tất cả"), ("dung", "Đúng hạn"), ("muon", "Quá hạn")],
    )
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False, widget=forms.HiddenInput)
