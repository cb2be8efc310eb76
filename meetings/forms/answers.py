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
    version = forms.IntegerField(widget=forms.HiddenInput)
