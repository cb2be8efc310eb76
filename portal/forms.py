"""How every form of the portal looks and speaks: the renderer, and fields for days and hours."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import to_current_timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

A_DAY = "Chưa hiểu ngày này. Ghi ngày, tháng, năm, ví dụ 26/9/2024."
AN_HOUR = "Chưa hiểu giờ này. Ghi giờ và phút, ví dụ 14:00."

#: A typed field of a few figures; the browser offers nothing and corrects nothing.
SHORT = {"class": "short", "autocomplete": "off", "spellcheck": "false"}


SELECTED = SafeString(" selected")


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


class LongSelect(forms.Select):
    """Hundreds of choices without groups, written in one go: the loop of a template would take longer than
    the rest of the page."""

    template_name = "forms/long_select.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The plain widget's; each choice of a `Select` would be made for a template that is not there."""
        context: dict[str, Any] = forms.Widget.get_context(self, name, value, attrs)
        chosen = self.format_value(value)
        context["options"] = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return context
