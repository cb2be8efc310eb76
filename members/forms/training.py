"""What is typed about training classes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from members.forms.filters import AsksOrganization, OrganizationChoice
from members.models import CourseKind, Enrollment, LearningResult, PartyOrganization, TrainingCourse
from portal.forms import SHORT, DateField
from portal.vietnamese.fields import NFCFormField

MOST_PASTED = 40_000


class CourseFilter(forms.Form):
    kind = forms.ChoiceField(label="Loại lớp", required=False, choices=[("", "Tất cả"), *CourseKind.choices])
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False, widget=forms.HiddenInput)


class CourseForm(AsksOrganization, forms.ModelForm):  # type: ignore[type-arg]
    organization = OrganizationChoice(
        PartyOrganization.objects.none(), label="Đơn vị mở lớp", empty_label=None
    )

    class Meta:
        model = TrainingCourse
        fields = ("kind", "name", "organization", "starts_on", "ends_on")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {
            "starts_on": DateField,
            "ends_on": DateField,
        }


class LearnersForm(forms.Form):
    """A list copied from Excel or typed."""

    lines = NFCFormField(
        label="Danh sách học viên",
        max_length=MOST_PASTED,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label="Kết quả", required=False, choices=[("", "chưa ghi"), *LearningResult.choices]
    )
    certificate_number = NFCFormField(label="Số giấy chứng nhận", required=False, max_length=40)
    certified_on = DateField(label="Ngày cấp", required=False)

    def __init__(self, *args: Any, row: Enrollment, **kwargs: Any) -> None:
        kwargs["initial"] = {
            name: getattr(row, name) for name in ("result", "certificate_number", "certified_on")
        }
        super().__init__(*args, **kwargs)
        self.fields["certificate_number"].widget.attrs.update(SHORT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("certificate_number")) != bool(given.get("certified_on")):
            self.add_error("certificate_number", "Số giấy chứng nhận và ngày cấp đi cùng nhau.")
        elif given.get("certificate_number") and given.get("result") != LearningResult.PASSED:
            self.add_error("result", "Giấy chứng nhận chỉ cấp cho người đạt.")
        return given
