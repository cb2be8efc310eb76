"""What the pages of notices take from outside."""

from __future__ import annotations

from typing import Any

from django import forms

from portal import outbox
from portal.models import DeliveryState, NoticeChoice
from portal.outbox.kinds import NoticeKind


class PageForm(forms.Form):
    truoc = forms.IntegerField(required=False, min_value=1)


class BoardForm(forms.Form):
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), *DeliveryState.choices]
    )
    sau = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class PreferencesForm(forms.Form):
    """One choice a kind, under the kind's code; both ways unless somebody chose otherwise."""

    def __init__(self, *args: Any, kinds: list[NoticeKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.code] = forms.ChoiceField(
                label=kind.label,
                choices=NoticeChoice.choices,
                widget=forms.RadioSelect,
                initial=NoticeChoice.BOTH,
            )


class DecisionForm(forms.Form):
    """`act` is the action itself, found by its name."""

    ACTS = {
        "send_again": (outbox.send_again, "Đã xếp hàng gửi lại"),
        "mark_sent": (outbox.mark_sent, "Đã ghi là đã gửi"),
    }

    act = forms.ChoiceField(choices=[(name, words) for name, (_, words) in ACTS.items()])

    def clean_act(self) -> Any:
        action, self.done = self.ACTS[self.cleaned_data["act"]]
        return action
