"""What the office types while it prepares a conference."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils import timezone

from meetings.models import (
    AgendaItem,
    AnswerChoice,
    Meeting,
    MeetingKind,
    Participant,
    ParticipantClass,
    WorkProgramItem,
)
from members.models import Body, PartyMember, PartyOrganization, PositionHolding, User
from members.roles import Role
from portal.forms import DateTimeField
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCFormField

DAY_AND_HOUR = "Ngày và giờ, ví dụ 26/9/2024 và 14:00."
FEW_LINES = forms.Textarea(attrs={"rows": 3})


def bodies_for(user: User) -> Any:
    """The bodies whose conferences this person may set up."""
    bodies = Body.objects.on(timezone.localdate()).select_related("organization")
    if user.has_role(Role.OFFICE):
        return bodies
    own = PartyOrganization.objects.managed_by(user)
    return bodies.filter(organization__in=own)


def minute_takers_for(user: User) -> Any:
    """The office's staff, himself, and who belongs to an organisation he manages."""
    own = PartyOrganization.objects.managed_by(user)
    return User.objects.filter(
        Q(pk__in=User.objects.with_role(Role.OFFICE)) | Q(pk=user.pk) | Q(member__organization__in=own)
    ).order_by("full_name")


def chairs_for(meeting: Meeting) -> Any:
    """Whoever holds a position in the organisation on the day, and the chair already chosen."""
    held = PositionHolding.objects.on(meeting.held_on).filter(organization=meeting.organization_id)
    return PartyMember.objects.filter(Q(pk__in=held.values("member")) | Q(pk=meeting.chair_id)).by_name()


class TimeAndPlaceForm(forms.Form):
    starts_at = DateTimeField(label="Bắt đầu", help_text=DAY_AND_HOUR)
    ends_at = DateTimeField(label="Dự kiến xong", help_text=DAY_AND_HOUR)
    venue = NFCFormField(label="Địa điểm", max_length=200)
    answer_by = DateTimeField(label="Trả lời trước", required=False, help_text=DAY_AND_HOUR)


class CreateForm(TimeAndPlaceForm):
    """A new draft; number, title, agenda and classes come from the kind."""

    kind = forms.ModelChoiceField(MeetingKind.objects.all(), label="Loại hội nghị")
    body = forms.ModelChoiceField(Body.objects.none(), label="Của")
    is_expanded = forms.BooleanField(label="Mở rộng (có đại biểu mời dự)", required=False)
    program_item = forms.ModelChoiceField(
        WorkProgramItem.objects.none(), label="Theo chương trình công tác", required=False
    )
    minute_taker = forms.ModelChoiceField(User.objects.none(), label="Thư ký ghi biên bản", required=False)
    purpose = NFCFormField(label="Mục đích, nội dung", multiline=True, required=False, widget=FEW_LINES)
    requirements = NFCFormField(
        label="Yêu cầu với người dự", max_length=500, required=False, widget=FEW_LINES
    )
    ordinal = forms.IntegerField(
        label="Lần thứ", required=False, min_value=1, help_text="Để trống: cổng lấy số tiếp theo."
    )
    ordinal_reason = NFCFormField(label="Lý do đặt số khác", max_length=200, required=False)
    field_order = (
        "kind",
        "body",
        "is_expanded",
        "program_item",
        "starts_at",
        "ends_at",
        "venue",
        "answer_by",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies_for(user)  # type: ignore[attr-defined]
        self.fields["minute_taker"].queryset = minute_takers_for(user)  # type: ignore[attr-defined]
        rows = WorkProgramItem.objects.visible_to(user)
        self.fields["program_item"].queryset = rows  # type: ignore[attr-defined]


class CorrectForm(forms.ModelForm):  # type: ignore[type-arg]
    """Names and words: what may be put right without telling everybody again."""

    class Meta:
        model = Meeting
        fields = ("is_expanded", "chair", "minute_taker", "purpose", "requirements")
        widgets: ClassVar = {"purpose": FEW_LINES, "requirements": FEW_LINES}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance
        self.fields["chair"].queryset = chairs_for(meeting)  # type: ignore[attr-defined]
        self.fields["minute_taker"].queryset = minute_takers_for(user)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = NFCFormField(label="Lý do", max_length=200, widget=FEW_LINES)


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = AgendaItem
        fields = (
            "kind",
            "title",
            "presenter",
            "presenter_text",
            "minutes",
            "is_committee_only",
            "is_internal",
            "is_handed_out",
        )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = meeting.participants.taking_part().filter(member__isnull=False).values("member")
        chosen = Q(pk__in=listed) | Q(pk=meeting.chair_id) | Q(pk=self.instance.presenter_id)
        self.fields["presenter"].queryset = PartyMember.objects.filter(chosen).by_name()  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """The keys of all items, in their new order."""

    order = forms.CharField(max_length=4000)

    def clean_order(self) -> list[int]:
        keys = self.cleaned_data["order"].split(",")
        if not all(key.isascii() and key.isdecimal() for key in keys):
            raise forms.ValidationError("Chưa hiểu thứ tự này. Mở lại trang rồi xếp lại.")
        return [int(key) for key in keys]


def invitable(meeting: Meeting, *, by: User) -> Any:
    """Those the directory shows anyway, holders of a position and people with an account, and those
    whose records one sees: a list that took any number would tell the name behind it (P62)."""
    held = PositionHolding.objects.on(meeting.held_on).values("member")
    own = PartyMember.objects.visible_to(by).values("pk")
    return PartyMember.objects.current().filter(Q(pk__in=held) | Q(user__is_active=True) | Q(pk__in=own))


class PersonSearchForm(forms.Form):
    q = NFCFormField(label="Tìm theo họ tên", max_length=80, required=False)

    def found(self, meeting: Meeting, *, by: User) -> list[PartyMember]:
        words = fold(self.cleaned_data["q"]).split() if self.is_valid() else []
        if not words:
            return []
        listed = invitable(meeting, by=by)
        for word in words:
            listed = listed.filter(search_text__contains=word)
        already = meeting.participants.taking_part().filter(member__isnull=False).values("member")
        return list(listed.exclude(pk__in=already).select_related("organization").by_name()[:20])


class AddMemberForm(forms.Form):
    member = forms.ModelChoiceField(PartyMember.objects.none(), widget=forms.HiddenInput)
    participant_class = forms.ModelChoiceField(ParticipantClass.objects.none(), required=False)
    reason = NFCFormField(label="Lý do", max_length=200, required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = invitable(meeting, by=by)  # type: ignore[attr-defined]
        self.fields["participant_class"].queryset = meeting.classes.all()  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """One of those found instead of the person on the list."""

    member = forms.ModelChoiceField(
        PartyMember.objects.none(),
        label="Người thay",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Tìm rồi chọn người thay."},
    )
    reason = NFCFormField(label="Lý do", max_length=200)

    def __init__(self, *args: Any, found: list[PartyMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = PartyMember.objects.filter(pk__in=[member.pk for member in found])
        self.fields["member"].queryset = among.select_related("organization").by_name()  # type: ignore[attr-defined]
        self.fields["member"].label_from_instance = _with_organization  # type: ignore[attr-defined]


def _with_organization(member: PartyMember) -> str:
    return f"{member}, {member.organization}"


class GuestForm(forms.Form):
    full_name = NFCFormField(label="Họ và tên", max_length=120)
    position_text = NFCFormField(label="Chức vụ", max_length=250, required=False)
    organization_text = NFCFormField(label="Đơn vị", max_length=250, required=False)
    address = forms.EmailField(label="Thư điện tử", required=False)
    reason = NFCFormField(
        label="Lý do thêm", max_length=200, required=False, help_text="Bắt buộc khi hội nghị đã triệu tập."
    )


class PhoneAnswerForm(forms.Form):
    """What a person said on the telephone, written down by the office."""

    choice = forms.ChoiceField(label="Trả lời", choices=AnswerChoice.choices, widget=forms.RadioSelect)
    reason = NFCFormField(label="Lý do vắng", max_length=300, required=False)
    substitute = NFCFormField(
        label="Người dự thay",
        max_length=200,
        required=False,
        help_text="Họ và tên đồng chí cùng đơn vị; chỉ ghi khi cử người dự thay.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.may_send_stand_in:
            del self.fields["substitute"]
            own = [one for one in AnswerChoice.choices if one[0] != AnswerChoice.SUBSTITUTE]
            self.fields["choice"].choices = own  # type: ignore[attr-defined]


class ConveneForm(forms.Form):
    """Asks only what the gate leaves open: who tells the unreached, and why in spite of warnings."""

    others_told = forms.BooleanField(
        label="Văn phòng báo riêng cho những đồng chí chưa có thư điện tử", required=False
    )
    reason = NFCFormField(
        label="Lý do vẫn triệu tập dù còn cảnh báo", max_length=300, required=False, widget=FEW_LINES
    )

    def __init__(self, *args: Any, has_unreached: bool, has_warnings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_unreached:
            del self.fields["others_told"]
        if not has_warnings:
            del self.fields["reason"]
