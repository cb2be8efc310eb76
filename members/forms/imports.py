"""What is asked when a list is brought in."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forms.filters import AsksOrganization
from members.imports.headers import FIELDS
from members.models import ImportBatch, PartyOrganization, RowState
from portal.files.fields import NoStateSecretField, PlainUploadFormField

#: Groups of columns of the register's form are recognised, not chosen.
CHOICES = [("", "Không nhập"), *((name, label) for name, (label, _) in FIELDS.items())]
MOST_PIVOT = 99


class UploadListForm(AsksOrganization):
    file = PlainUploadFormField(
        label="Tệp Excel",
        help_text="Tệp .xlsx như cơ quan đang dùng: có dòng tiêu đề, nhiều trang, mẫu 7-HSĐV đều được.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(),
        label="Danh sách của",
        empty_label=None,
        help_text="Dòng không ghi chi bộ thì thuộc tổ chức này.",
    )
    no_state_secret = NoStateSecretField()


class ColumnsForm(forms.Form):
    """What each heading of the file means, and how two-figure years are read."""

    pivot = forms.IntegerField(
        label="Năm hai chữ số",
        required=False,
        min_value=0,
        max_value=MOST_PIVOT,
        help_text="Từ 00 đến số này là thế kỷ 21. Ghi 30 thì 24 là 2024, 65 là 1965. Để trống thì báo lỗi.",
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, data: Any = None, *, batch: ImportBatch) -> None:
        super().__init__(data, initial={"pivot": batch.pivot})
        self.keys = {f"cot-{place}": one["key"] for place, one in enumerate(batch.columns)}
        for place, one in enumerate(batch.columns):
            self.fields[f"cot-{place}"] = forms.ChoiceField(
                label=one["header"], choices=CHOICES, required=False, initial=one["field"]
            )

    def chosen(self) -> dict[str, str]:
        """{heading: field} of what was changed on the page; the rest is recognised as before."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items() if name in self.changed_data}


class RowsFilter(forms.Form):
    """Which rows of a list are shown, and where the page begins."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *RowState.choices])
    after = forms.IntegerField(required=False, min_value=1)
