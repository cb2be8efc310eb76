"""What is typed about papers: a file, a paper asked of an organisation, a reason to send one back."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import Meeting
from members.models import PartyOrganization
from portal.files.fields import UploadFormField
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField


class FileForm(forms.Form):
    file = UploadFormField(
        kinds=("document", "image"),
        label="Tệp",
        help_text="PDF, Word, Excel, PowerPoint không quá 20 MB; ảnh không quá 10 MB.",
    )
    no_state_secret_confirmed = forms.BooleanField(label="Tài liệu không chứa bí mật nhà nước")


class PaperForm(FileForm):
    title = NFCFormField(label="Tên tài liệu", max_length=200)
    field_order = ("title",)


class PaperRequestForm(forms.Form):
    """Asked of the meeting's organisation itself or of one that answers to it directly."""

    organization = forms.ModelChoiceField(PartyOrganization.objects.none(), label="Đơn vị chuẩn bị")
    title = NFCFormField(label="Tên tài liệu", max_length=200)
    due_on = DateField(label="Hạn nộp", help_text="Ví dụ 26/9/2024.")
    note = NFCFormField(label="Yêu cầu", max_length=300, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        under = PartyOrganization.objects.under([meeting.organization_id]).on(meeting.held_on)
        near = under.filter(parent=meeting.organization_id) | under.filter(pk=meeting.organization_id)
        self.fields["organization"].queryset = near.in_tree_order()  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    reason = NFCFormField(label="Cần sửa gì", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
