"""How every form of the portal looks and speaks: the renderer, and fields for days and hours."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import to_current_timezone

A_DAY = "Chưa hiểu ngày này. Ghi ngày, tháng, năm, ví dụ 26/9/2024."
AN_HOUR = "Chưa hiểu giờ này. Ghi giờ và phút, ví dụ 14:00."

#: A typed field of a few figures; the browser offers nothing and corrects nothing.
SHORT = {"class": "short", "autocomplete": "off", "spellcheck": "false"}


class PortalRenderer(TemplatesSetting):
    """Forms by templates/forms/: what is wrong stands on top, and again beside its field."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class DateInput(forms.DateInput):
    """Typed, dd/mm/yyyy. A browser's own date field shows the month first on an English machine."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(SHORT | (attrs or {}))


class TimeInput(forms.TimeInput):
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(SHORT | (attrs or {}), format="%H:%M")


class DateField(forms.DateField):
    """A day as an office writes it: 26/9/2024."""

    widget = DateInput
    default_error_messages: ClassVar = {"invalid": A_DAY}


class TimeField(forms.TimeField):
    """An hour as an office writes it: 14:00, 14h00, 14 giờ 00, 14 giờ."""

    widget = TimeInput
    default_error_messages: ClassVar = {"invalid": AN_HOUR}


class DateTimeWidget(forms.MultiWidget):
    """A day and an hour side by side, each with a name for those who hear the page."""

    template_name = "forms/date_time.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([DateInput({"aria-label": "Ngày"}), TimeInput({"aria-label": "Giờ"})], attrs)

    def decompress(self, value: Any) -> list[Any]:
        if not value:
            return [None, None]
        local = to_current_timezone(value)
        return [local.date(), local.time()]


class DateTimeField(forms.SplitDateTimeField):
    """A moment, typed as a day and an hour; what comes out is aware, in local time."""

    widget = DateTimeWidget
    default_error_messages: ClassVar = {"invalid_date": A_DAY, "invalid_time": AN_HOUR}
