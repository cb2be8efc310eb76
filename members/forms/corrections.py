"""A correction of the own record: which field, what it should say, and why; and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms

from members.actions.corrections import PROPOSABLE
from members.forms.people import MemberForm
from members.models import PartyMember
from portal.vietnamese.fields import NFCFormField


class CorrectionFieldForm(forms.Form):
    """Chosen first, because a day is asked otherwise than a name."""

    muc = forms.ChoiceField(label="Mục cần sửa")

    def __init__(self, *args: Any, member: PartyMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = MemberForm(instance=member).fields
        self.fields["muc"].choices = [  # type: ignore[attr-defined]
            (title, [(name, asked[name].label) for name in names if name in PROPOSABLE])
            for title, names in MemberForm.PARTS
        ]


class CorrectionForm(forms.Form):
    """`value` is asked as the secretary's form asks the same field."""

    reason = NFCFormField(
        label="Lý do, căn cứ", max_length=300, help_text="Ví dụ: theo giấy khai sinh số 12/2001"
    )

    def __init__(self, *args: Any, member: PartyMember, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = MemberForm(instance=member).fields[field]
        value.label = "Đề nghị ghi là"
        self.fields = {"value": value, **self.fields}


class AnswerForm(forms.Form):
    answer = NFCFormField(
        label="Trả lời", max_length=300, required=False, help_text="Không sửa thì phải ghi lý do"
    )
