"""What is typed when answering an invitation."""

from django import forms

from meetings.models import AnswerChoice
from portal.vietnamese.fields import NFCFormField


class AnswerForm(forms.Form):
    """An answer to the version of the invitation that stood on the page."""

    choice = forms.ChoiceField(
        choices=AnswerChoice.choices, error_messages={"required": "Chọn “Tôi sẽ dự” hoặc “Xin vắng”."}
    )
    reason = NFCFormField(label="Lý do vắng", max_length=300, required=False)
    substitute = NFCFormField(
        label="Họ và tên người dự thay",
        max_length=200,
        required=False,
        help_text="Một đồng chí giữ chức vụ hoặc sinh hoạt trong đơn vị; người dự thay không biểu quyết.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
