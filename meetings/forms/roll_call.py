"""What is typed at the roll-call desk: an entry of the script, a corrected mark, the exceptions of all."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import Attendance, AttendanceStatus, AttendeeRole, Meeting, Participant
from members.models import User
from portal.forms import DateTimeField

DAY = 24 * 60 * 60 * 1000
VERBS = ("present", "left", "excused", "absent", "substitute", "clear", "undo")


class EntryForm(forms.Form):
    """One press at a desk. `age` is how long ago, in milliseconds: the desk's clock may be wrong."""

    key = forms.UUIDField()
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    person = forms.IntegerField(required=False, min_value=1)
    undone = forms.UUIDField(required=False)
    words = forms.CharField(required=False, max_length=300)
    age = forms.IntegerField(min_value=0, max_value=DAY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        needed = "undone" if given.get("verb") == "undo" else "person"
        if not given.get(needed):
            self.add_error(needed, "Thiếu.")
        return given


class CorrectionForm(forms.Form):
    """A person's mark as it should be; "đến muộn" follows from the time of arrival."""

    status = forms.ChoiceField(label="Điểm danh", widget=forms.RadioSelect)
    arrived_at = DateTimeField(label="Đến lúc", required=False)
    left_at = DateTimeField(label="Ra về lúc", required=False)
    returned_at = DateTimeField(label="Trở lại lúc", required=False)
    reason = forms.CharField(label="Lý do vắng", max_length=300, required=False)
    substitute = forms.CharField(label="Người dự thay", max_length=200, required=False)

    def __init__(self, *args: Any, person: Participant, meeting: Meeting, **kwargs: Any) -> None:
        mark: Attendance | None = getattr(person, "attendance", None)
        initial: dict[str, Any] = {"arrived_at": meeting.starts_at, "status": AttendanceStatus.NOT_ARRIVED}
        if mark and mark.status != AttendanceStatus.NOT_ARRIVED:
            initial = {name: getattr(mark, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.initial = initial
        choices = [one for one in AttendanceStatus if one != AttendanceStatus.LATE]
        if person.role == AttendeeRole.OFFICIAL:
            choices.remove(AttendanceStatus.SUBSTITUTE)
            del self.fields["substitute"]
        self.fields["status"].choices = [(one.value, one.label) for one in choices]  # type: ignore[attr-defined]
        if self.initial["status"] == AttendanceStatus.LATE:
            self.initial["status"] = AttendanceStatus.PRESENT

    def said(self) -> dict[str, Any]:
        """Only what belongs to the status chosen; times left over from another one are dropped."""
        given = self.cleaned_data
        belongs = {
            AttendanceStatus.PRESENT: ("arrived_at", "left_at", "returned_at"),
            AttendanceStatus.LEFT: ("arrived_at", "left_at"),
            AttendanceStatus.SUBSTITUTE: ("arrived_at", "substitute"),
            AttendanceStatus.EXCUSED: ("reason",),
        }.get(AttendanceStatus(given["status"]), ())
        return {"status": given["status"]} | {name: given[name] for name in belongs}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        status = given.get("status")
        if status == AttendanceStatus.EXCUSED and not given.get("reason"):
            self.add_error("reason", "Vắng có lý do thì phải ghi lý do.")
        if status == AttendanceStatus.PRESENT and given.get("left_at") and not given.get("returned_at"):
            self.add_error("returned_at", "Đã ra mà nay có mặt thì ghi giờ trở lại, hoặc chọn “Về sớm”.")
        return given


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """By name and position: two people of one name are told apart."""

    def label_from_instance(self, obj: Participant) -> str:
        position = obj.position_text or obj.organization_text
        return f"{obj.full_name}, {position}" if position else obj.full_name


class AllPresentForm(forms.Form):
    missing = PeopleField(
        Participant.objects.none(),
        label="Trừ các đồng chí",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waited_for = Participant.objects.filter(meeting=meeting).unmarked().in_protocol_order()
        self.fields["missing"].queryset = waited_for  # type: ignore[attr-defined]


class HelperForm(forms.Form):
    """Named by the sign-in name: the office asks the person for it, and no list of accounts is shown."""

    username = forms.CharField(label="Tên đăng nhập của người giúp", max_length=150)

    def clean_username(self) -> User:
        name = self.cleaned_data["username"].strip()
        helper: User | None = User.objects.filter(username__iexact=name, is_active=True).first()
        if helper is None:
            raise forms.ValidationError(f"Không có tài khoản “{name}” đang hoạt động. Xem lại tên đăng nhập.")
        return helper
