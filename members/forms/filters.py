"""Fields that most lists of members and figures are narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from members.models import PartyOrganization
from portal.forms import SHORT

A_YEAR = "Năm gồm bốn chữ số, ví dụ 2026."


def organization_choice(everywhere: str | None = None) -> forms.ModelChoiceField[PartyOrganization]:
    """For a form that `AsksOrganization`; `everywhere` names the choice of none."""
    return forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label=everywhere
    )


def year_field(first: int, last: int) -> forms.IntegerField:
    return forms.IntegerField(
        label="Năm",
        required=False,
        min_value=first,
        max_value=last,
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), A_YEAR),
    )


class AsksOrganization(forms.Form):
    """Its field `organization` offers the organisations the view gives it."""

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
