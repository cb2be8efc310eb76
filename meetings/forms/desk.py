"""What is typed at the minutes desk: texts that save by themselves, votes, tasks, comments."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from meetings.actions.minutes import On
from meetings.models import Conclusion, ConclusionKind, Meeting, OpinionResponse, Participant, VoteBase
from members.models import PartyMember, PartyOrganization, User
from portal.forms import DateField, DateTimeField, TimeField
from portal.richtext import DeferredEditor, RichTextFormField
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCFormField

#: Grows with what is typed; the desk's serif, as the paper will read.
WRITE = {"class": "write", "rows": 2}


class SavedForm(forms.Form):
    """A text on top of the revision it was read at; `desk` and `step` come from the desk's script."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    desk = forms.UUIDField(widget=forms.HiddenInput, required=False)
    step = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def taken(self) -> dict[str, Any]:
        """What the action takes: the values, and what they stand on."""
        given = dict(self.cleaned_data)
        on = On(given.pop("revision") or 0, given.pop("desk"), given.pop("step") or 0)
        return given | {"on": on}


class BlockForm(SavedForm):
    """How an agenda item went."""

    body = RichTextFormField(label="Diễn biến", required=False, widget=DeferredEditor(WRITE))


class PersonSelect(forms.Select):
    """Each option carries its folded letters, so that the script finds "Mậu" by "mau"."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if value:
            option["attrs"]["data-find"] = fold(str(label))
        return option


class ParticipantField(forms.ModelChoiceField):  # type: ignore[type-arg]
    widget = PersonSelect

    def label_from_instance(self, person: Any) -> str:
        return f"{person.full_name}, {person.position_text}" if person.position_text else person.full_name


class OpinionForm(SavedForm):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    participant = ParticipantField(
        Participant.objects.none(), label="Người phát biểu", required=False, empty_label="chưa ghi tên"
    )
    said_at = TimeField(label="Lúc", required=False)
    text = NFCFormField(
        label="Nội dung phát biểu",
        multiline=True,
        max_length=20_000,
        required=False,
        widget=forms.Textarea(WRITE | {"rows": 3}),
    )
    response = forms.ChoiceField(
        label="Người chủ trì", choices=[("", "chưa trả lời"), *OpinionResponse.choices], required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Participant.objects.filter(meeting=meeting).taking_part().in_protocol_order()
        self.fields["participant"].queryset = people  # type: ignore[attr-defined]

    def taken(self) -> dict[str, Any]:
        given = super().taken()
        return given | {"key": given["key"] or uuid4()}


class ConclusionForm(SavedForm):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        choices=ConclusionKind.choices,
        initial=ConclusionKind.INSTRUCTION,
        widget=forms.Select({"class": "input", "aria-label": "Loại kết luận"}),
    )
    text = NFCFormField(
        multiline=True,
        max_length=4000,
        required=False,
        widget=forms.Textarea(WRITE | {"aria-label": "Lời kết luận của người chủ trì"}),
    )

    def taken(self) -> dict[str, Any]:
        given = super().taken()
        return given | {"key": given["key"] or uuid4()}


class ScratchForm(SavedForm):
    text = NFCFormField(
        label="Nháp riêng", multiline=True, max_length=20_000, required=False, widget=forms.Textarea(WRITE)
    )


class VoteForm(forms.Form):
    subject = NFCFormField(label="Biểu quyết về", max_length=300)
    in_favour = forms.IntegerField(label="Tán thành", min_value=0, max_value=9999)
    against = forms.IntegerField(label="Không tán thành", min_value=0, max_value=9999, initial=0)
    other = forms.IntegerField(label="Ý kiến khác", min_value=0, max_value=9999, initial=0)
    base = forms.ChoiceField(
        label="Tính trên",
        choices=VoteBase.choices,
        initial=VoteBase.INCUMBENT,
        help_text="Nghị quyết cần quá nửa tổng số ủy viên đương nhiệm, kể cả người vắng.",
    )
    is_secret = forms.BooleanField(label="Bỏ phiếu kín", required=False)
    reserved_opinion = NFCFormField(
        label="Bảo lưu ý kiến",
        multiline=True,
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class TaskForm(forms.Form):
    # By its key: a line typed a moment ago has one before the page is loaded again.
    conclusion = forms.ModelChoiceField(Conclusion.objects.none(), label="Theo kết luận", to_field_name="key")
    title = NFCFormField(label="Nhiệm vụ", max_length=400)
    lead = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Cơ quan chủ trì", empty_label="chọn cơ quan"
    )
    supporting = forms.ModelMultipleChoiceField(
        PartyOrganization.objects.none(),
        label="Cơ quan phối hợp",
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "picklist"}),
    )
    assignee = forms.ModelChoiceField(
        PartyMember.objects.none(),
        label="Người thực hiện",
        required=False,
        empty_label="không ghi người",
        widget=PersonSelect,
    )
    deadline = DateField(label="Hạn")
    product = NFCFormField(label="Sản phẩm", max_length=200, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Conclusion.objects.filter(meeting=meeting, issued_at=None).exclude(text="")
        under = PartyOrganization.objects.under([meeting.organization_id]).on(meeting.held_on).in_tree_order()
        # Whoever answers to the meeting's organisation directly; cells get theirs from their committee.
        charged = under.filter(parent=meeting.organization_id)
        people = PartyMember.objects.filter(
            participations__in=Participant.objects.filter(meeting=meeting).taking_part()
        )
        self.fields["conclusion"].queryset = lines  # type: ignore[attr-defined]
        self.fields["lead"].queryset = charged  # type: ignore[attr-defined]
        self.fields["supporting"].queryset = charged  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = people.by_name()  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Until when the delegates may comment on the draft."""

    until = DateTimeField(label="Góp ý trước")


class CommentForm(forms.Form):
    agrees = forms.ChoiceField(
        label="Ý kiến của tôi",
        choices=[("yes", "Tôi nhất trí với dự thảo"), ("no", "Tôi đề nghị sửa")],
        widget=forms.RadioSelect,
        initial="yes",
    )
    text = NFCFormField(
        label="Chỗ cần sửa",
        multiline=True,
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_agrees(self) -> bool:
        return bool(self.cleaned_data["agrees"] == "yes")


class PresenceForm(forms.Form):
    """A sign of life of an open desk."""

    item = forms.IntegerField()
    desk = forms.UUIDField()


class HelpersForm(forms.Form):
    helpers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Cùng ghi biên bản",
        required=False,
        help_text="Cùng viết tại bàn ghi với thư ký. Chỉ thư ký ký biên bản.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helpers"].queryset = people  # type: ignore[attr-defined]
