"""Two people with one form open: the second one to save is told, and nothing he typed is lost."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone

from portal import dates
from portal.models import AuditEntry

#: The hidden field that remembers what the record looked like when the form was opened.
MARK = "opened_as"


def mark_of(record: Model) -> str:
    values = [
        f"{field.attname}={field.value_from_object(record)!r}" for field in record._meta.concrete_fields
    ]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:32]


def guarded(form: type[forms.ModelForm[Any]]) -> type[forms.ModelForm[Any]]:
    """The same form, which refuses once to overwrite what it has not shown."""
    return type(form.__name__, (StaleGuard, form), {MARK: forms.CharField(widget=forms.HiddenInput)})


class StaleGuard:
    """Mixed into a ModelForm over a record that exists."""

    instance: Model
    initial: dict[str, Any]
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[MARK] = mark_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()  # type: ignore[misc]
        # Locked until the change is written, so that two saves in one instant are told apart too.
        rows = type(self.instance)._base_manager.select_for_update()
        now = mark_of(rows.get(pk=self.instance.pk))
        if (cleaned or {}).get(MARK) != now:
            # A second press on "Lưu" is a decision, taken with the sentence in view.
            self.data = self.data.copy()
            self.data[self.add_prefix(MARK)] = now  # type: ignore[attr-defined]
            raise forms.ValidationError(_who_saved(self.instance), code="stale")
        return cleaned


def _who_saved(record: Model) -> str:
    entry = AuditEntry.objects.about(record).first()
    who = f"{entry.actor} đã lưu mục này lúc {_at(entry)}" if entry and entry.actor else "Mục này đã được lưu"
    return (
        f"{who}, sau khi đồng chí mở trang. Chưa ghi đè; chữ đồng chí gõ vẫn còn dưới đây. "
        "Mở lại mục này ở một thẻ khác để đối chiếu, rồi bấm Lưu lần nữa."
    )


def _at(entry: AuditEntry) -> str:
    today = timezone.localdate() == dates.local_day(entry.at)
    return dates.hour(entry.at) if today else dates.moment(entry.at)
