"""What is asked of a list of work: a step, an organisation, where the page begins."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import PartyOrganization
from members.queues import Step
from portal.forms import DateField


class DutyFilter(forms.Form):
    step = forms.ChoiceField(label="Thời hạn", required=False, choices=[("", "Tất cả"), *Step.choices])
    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label="Tất cả"
    )
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]


class ReceiptForm(forms.Form):
    """The day the receiving committee saw the letter."""

    on = DateField(label="Ngày tiếp nhận")
