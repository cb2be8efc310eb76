"""What is typed into a record, and what is asked of the register."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst

from members.actions.newcomers import Arrival
from members.actions.people import CORRECTABLE
from members.forms.filters import AsksOrganization, organization_choice
from members.models import (
    Award,
    Departure,
    DisciplinaryAction,
    Exemption,
    FeeRelief,
    Interruption,
    MemberStatus,
    PartyMember,
    PartyOrganization,
    QualityRating,
    Transfer,
)
from members.models.organizations import PartyOrganizationQuerySet
from members.places import Places
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField

NOT_ABOVE_THEN = "Ngày ấy chi bộ không thuộc tổ chức này. Chọn lại."
SHORT_NUMBER = {"class": "short", "inputmode": "numeric", "autocomplete": "off"}


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a secretary corrects in a record; it validates, the action writes."""

    #: The sheet's parts in the order of the page: the minimum profile stands first.
    PARTS: ClassVar[list[tuple[str, tuple[str, ...]]]] = [
        (
            "Hồ sơ tối thiểu",
            (
                "full_name",
                "sex",
                "born_on",
                "status",
                "card_number",
                "citizen_number",
                "file_number",
                "phone",
                "email",
            ),
        ),
        (
            "Vào Đảng và tuổi đảng",
            ("admission_decision_on", "admitted_on", "official_on", "seniority_from", "seniority_basis"),
        ),
        (
            "Lý lịch",
            ("birth_name", "aliases", "birth_place", "native_place", "residence", "ethnicity", "religion"),
        ),
        (
            "Nghề nghiệp, trình độ",
            (
                "occupation_before",
                "occupation",
                "service_group",
                "general_education",
                "professional_education",
                "political_theory",
                "languages",
                "note",
            ),
        ),
    ]

    class Meta:
        model = PartyMember
        fields = CORRECTABLE
        field_classes: ClassVar[dict[str, type[forms.Field]]] = dict.fromkeys(
            ("born_on", "admission_decision_on", "admitted_on", "official_on", "seniority_from"), DateField
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "card_number": forms.TextInput(attrs=SHORT_NUMBER),
            "citizen_number": forms.TextInput(attrs=SHORT_NUMBER),
            "file_number": forms.TextInput(attrs={"class": "short"}),
            "phone": forms.TextInput(attrs={"class": "short", "inputmode": "tel"}),
        }
        help_texts: ClassVar[dict[str, str]] = {
            "seniority_from": "Để trống nếu tính từ ngày quyết định kết nạp",
            "official_on": "Ngày vào Đảng cộng 12 tháng, kể cả khi chi bộ họp xét muộn",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present_citizen_number = self.instance.citizen_number
        # The page never carries the number itself (permissions: P65).
        self.initial["citizen_number"] = ""
        if self.present_citizen_number:
            masked = self.instance.masked_citizen_number
            self.fields["citizen_number"].help_text = f"Đang ghi {masked}. Để trống nếu không đổi"

    def clean_citizen_number(self) -> str:
        return str(self.cleaned_data["citizen_number"] or self.present_citizen_number)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.PARTS]


class NewMemberForm(AsksOrganization, MemberForm):
    """Somebody entered by hand. Whether he stands in the register already is asked by the action: it may
    say so where the reader sees the record, and otherwise says no more than the database would."""

    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Chi bộ", empty_label="Chọn chi bộ"
    )
    arrival = forms.ChoiceField(label="Vào sổ vì", choices=Arrival.choices)
    since = DateField(label="Sinh hoạt tại chi bộ từ ngày")
    place = NFCFormField(
        label="Chuyển đến từ",
        required=False,
        max_length=200,
        help_text="Khi chuyển đến. Ví dụ: Đảng bộ phường Hồng Bàng",
    )
    decision_number = NFCFormField(label="Số quyết định hoặc giấy giới thiệu", required=False, max_length=60)
    accepts_warnings = forms.BooleanField(
        label="Đã xem các điểm cần xem, vẫn thêm", required=False, widget=forms.HiddenInput
    )

    PARTS: ClassVar[list[tuple[str, tuple[str, ...]]]] = [
        ("Vào sổ", ("organization", "arrival", "since", "place", "decision_number")),
        *MemberForm.PARTS,
    ]

    def _get_validation_exclusions(self) -> set[str]:
        """Numbers are left to the action, which first asks whose they are."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return {*excluded, "card_number", "citizen_number"}

    def ask_to_accept(self) -> None:
        """The warnings have been shown: from now on the box to accept them is."""
        self.fields["accepts_warnings"].widget = forms.CheckboxInput()

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CORRECTABLE}


def background(member: PartyMember) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the record holds beyond the minimum profile, in the parts and words of its form."""
    return [
        (title, [(_label(name), _value(member, name)) for name in names])
        for title, names in MemberForm.PARTS[2:]
    ]


def _label(name: str) -> str:
    return str(capfirst(PartyMember._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _value(member: PartyMember, name: str) -> str:
    display = getattr(member, f"get_{name}_display", None)
    return str(display() if display else getattr(member, name))


class ReasonForm(forms.Form):
    """Why: asked before something that is logged with its reason."""

    reason = NFCFormField(label="Lý do", max_length=150)


#: What can be entered into a record, by the word in the address.
ENTRIES: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "khen-thuong": (Award, ("title", "given_by", "decided_on", "decision_number")),
    "ky-luat": (DisciplinaryAction, ("level", "decided_by", "decided_on", "decision_number", "matter")),
    "xep-loai": (QualityRating, ("year", "quarter", "level", "points", "rated_on", "decision_number")),
    "mien-sinh-hoat": (Exemption, ("reason", "valid_from", "valid_to", "decision_number")),
    "giam-dang-phi": (FeeRelief, ("percent", "reason", "valid_from", "valid_to", "decision_number")),
    "gian-doan": (Interruption, ("reason", "valid_from", "valid_to", "decision_number")),
    "ra-khoi-dang": (Departure, ("reason", "left_on", "decided_by", "decision_number", "note")),
}
MOVE = "chuyen-sinh-hoat"
MOVED: tuple[str, ...] = ("kind", "to_organization", "place", "moved_on", "until", "decision_number")
_HELP = {
    "place": "Khi chuyển ra ngoài đảng bộ. Ví dụ: Đảng bộ phường Hồng Bàng",
    "until": "Chỉ khi chuyển tạm thời: từ 3 tháng đến dưới 1 năm, đi học đến 2 năm",
    "decided_by": "Để trống khi từ trần",
    "left_on": "Từ ngày này không còn là đảng viên; nơi sinh hoạt và các chức vụ kết thúc từ hôm trước",
    "valid_to": "Để trống nếu chưa có ngày kết thúc",
}


def entry_form(kind: str, data: Any, *, member: PartyMember, organizations: Any) -> forms.ModelForm[Any]:
    """The form of one kind of entry for this member; organisations are those the reader manages."""
    model, names = (Transfer, MOVED) if kind == MOVE else ENTRIES[kind]
    days = [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
    made = forms.modelform_factory(
        model,
        fields=names,
        field_classes={name: DateField for name in names if name in days},
        help_texts={name: text for name, text in _HELP.items() if name in names},
    )
    start = {"from_organization": member.organization} if kind == MOVE else {}
    form: forms.ModelForm[Any] = made(data, instance=model(member=member, **start))
    for name in ("to_organization", "decided_by"):
        if name in form.fields:
            form.fields[name].queryset = organizations  # type: ignore[attr-defined]
    if model is Departure:
        # The cell proposes, a committee above it decides: who writes it down need not manage that one.
        form.fields["decided_by"].queryset = _deciders(member, form)  # type: ignore[attr-defined]
        form.fields["decided_by"].error_messages["invalid_choice"] = NOT_ABOVE_THEN
    if "year" in form.fields:
        form.fields["year"].localize = form.fields["year"].widget.is_localized = False
    return form


def _deciders(member: PartyMember, form: forms.ModelForm[Any]) -> PartyOrganizationQuerySet:
    """The cell and who stood above it on the day; while none is given, on any day since he came to it."""
    try:
        first = last = form.fields["left_on"].clean(form["left_on"].data)
    except ValidationError:
        last = timezone.localdate()
        first = member.memberships.aggregate(latest=Max("valid_from"))["latest"] or last
    above = Places(first, last).above(member.organization)
    return PartyOrganization.objects.filter(pk__in=above).in_tree_order()


class RegisterFilter(AsksOrganization):
    """What is asked of the list of members."""

    q = NFCFormField(label="Họ và tên", required=False, max_length=100)
    organization = organization_choice("Tất cả")
    status = forms.ChoiceField(label="Diện", required=False, choices=[("", "Tất cả"), *MemberStatus.choices])
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
