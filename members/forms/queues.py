"""What is asked of a list of work: a step, an organisation, where the page begins."""

from __future__ import annotations

from django import forms

from members.forms.filters import AsksOrganization, organization_choice
from members.queues import Step
from portal.forms import DateField


class DutyFilter(AsksOrganization):
    step = forms.ChoiceField(label="Thời hạn", required=False, choices=[("", "Tất cả"), *Step.choices])
    organization = organization_choice("Tất cả")
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False, widget=forms.HiddenInput)


class ReceiptForm(forms.Form):
    """The day the receiving committee saw the letter."""

    on = DateField(label="Ngày tiếp nhận")
