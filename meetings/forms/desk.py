"""What is typed at the desks: a mark at the door, a block of minutes, an opinion, a conclusion, a task."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import Conclusion, ConclusionKind, Meeting, OpinionResponse, Participant
from members.models import PartyOrganization
from portal.forms import DateField
from portal.richtext import RichTextFormField


class BlockForm(forms.Form):
    """One agenda item's text, on top of the revision it was opened at."""

    body = RichTextFormField(label="Diễn biến", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class OpinionForm(forms.Form):
    participant = forms.ModelChoiceField(Participant.objects.none(), label="Đại biểu")
    text = forms.CharField(label="Ý kiến", widget=forms.Textarea({"rows": 3}), max_length=4000)
    response = forms.ChoiceField(
        label="Người chủ trì",
        choices=[("", "chưa trả lời"), *OpinionResponse.choices],
        required=False,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Participant.objects.filter(meeting=meeting).taking_part().in_protocol_order()
        self.fields["participant"].queryset = people  # type: ignore[attr-defined]


class ConclusionForm(forms.Form):
    kind = forms.ChoiceField(label="Loại", choices=ConclusionKind.choices, initial=ConclusionKind.INSTRUCTION)
    text = forms.CharField(label="Kết luận", widget=forms.Textarea({"rows": 3}), max_length=4000)


class TaskForm(forms.Form):
    conclusion = forms.ModelChoiceField(Conclusion.objects.none(), label="Theo kết luận")
    title = forms.CharField(label="Nhiệm vụ", max_length=400)
    lead = forms.ModelChoiceField(PartyOrganization.objects.none(), label="Cơ quan chủ trì")
    supporting = forms.ModelMultipleChoiceField(
        PartyOrganization.objects.none(), label="Cơ quan phối hợp", required=False
    )
    deadline = DateField(label="Hạn")
    product = forms.CharField(label="Sản phẩm", max_length=200, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks = Conclusion.objects.filter(meeting=meeting, kind=ConclusionKind.TASK)
        under = PartyOrganization.objects.under([meeting.organization_id]).on(meeting.held_on).in_tree_order()
        # Whoever answers to the meeting's organisation directly; cells get theirs from their committee.
        charged = under.filter(parent=meeting.organization_id)
        self.fields["conclusion"].queryset = tasks  # type: ignore[attr-defined]
        self.fields["lead"].queryset = charged  # type: ignore[attr-defined]
        self.fields["supporting"].queryset = charged  # type: ignore[attr-defined]
