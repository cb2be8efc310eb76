"""What is asked about ratings, and what is typed for a whole cell and for an organisation."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forms.filters import AsksOrganization, organization_choice, year_field
from members.models import (
    FULL_POINTS,
    GOODS,
    RATING_QUARTERS,
    FourGoodsAssessment,
    QualityRating,
    RatingLevel,
    RatingRule,
)
from members.ratings import RatingPeriod
from portal.forms import SHORT, DateField
from portal.vietnamese.fields import NFCFormField

FIRST_YEAR, LAST_YEAR = 1990, 2100


def _points() -> forms.IntegerField:
    said = "Điểm từ 0 đến 100."
    return forms.IntegerField(
        label="Điểm",
        required=False,
        min_value=0,
        max_value=FULL_POINTS,
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
        error_messages={"invalid": said, "min_value": said, "max_value": said},
    )


class RatingFilter(AsksOrganization):
    year = year_field(FIRST_YEAR, LAST_YEAR)
    quarter = forms.TypedChoiceField(label="Kỳ", required=False, choices=RATING_QUARTERS, coerce=int)
    organization = organization_choice()


class RatingListFilter(RatingFilter):
    level = forms.ChoiceField(label="Mức", required=False, choices=[("", "Tất cả"), *RatingLevel.choices])
    after = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class RoundForm(forms.Form):
    """What holds for all rows of the page."""

    rated_on = DateField(label="Ngày xếp loại")
    decision_number = NFCFormField(label="Số quyết định", max_length=60, required=False)
    over_cap_reason = NFCFormField(
        label="Lý do vượt tỷ lệ xuất sắc", max_length=150, required=False, help_text="Chỉ khi vượt tỷ lệ"
    )


class MemberRatingForm(forms.Form):
    """One row; points alone choose the level they allow."""

    points = _points()
    level = forms.ChoiceField(label="Mức", required=False)

    def __init__(
        self, *args: Any, present: QualityRating | None, rule: RatingRule | None, **kwargs: Any
    ) -> None:
        self.rule = rule
        if present:
            kwargs["initial"] = {"points": present.points, "level": present.level}
        super().__init__(*args, **kwargs)
        # A rating that stands is corrected here and taken out in the record, with a reason.
        empty = [] if present else [("", "chưa xếp loại")]
        self.fields["level"].choices = [*empty, *RatingLevel.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        points = given.get("points")
        if points is not None and not given.get("level"):
            level = self.rule.level_of(points) if self.rule else None
            if level is None:
                self.add_error("level", "Kỳ này không xếp theo điểm: chọn mức.")
            else:
                given["level"] = level.value
        return given


class OrganizationRatingForm(RoundForm):
    points = _points()
    level = forms.ChoiceField(label="Mức", choices=RatingLevel.choices)

    field_order = ("level", "points", "rated_on", "decision_number", "over_cap_reason")


class FourGoodsForm(forms.ModelForm):  # type: ignore[type-arg]
    assessed_on = DateField(label="Ngày xét")

    class Meta:
        model = FourGoodsAssessment
        fields = (*GOODS, "assessed_on", "decision_number")


def period_of(asked: dict[str, Any], usual: RatingPeriod) -> RatingPeriod:
    return RatingPeriod(asked.get("year") or usual.year, asked.get("quarter") or 0)
