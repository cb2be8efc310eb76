"""Tags and filters every template has without loading them: icons, state badges, dates, numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from django import template
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal import dates, numbers
from portal.richtext.sanitiser import richtext
from portal.states import shape_of

register = template.Library()

Given = TypeVar("Given")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the sprite in parts/icons.svg; the word beside it is its name."""
    return format_html(
        '<svg class="i" aria-hidden="true" focusable="false"><use href="#i-{}"></use></svg>', name
    )


@register.simple_tag
def state(subject: models.Model | models.Choices, word: str = "", line: bool = False) -> SafeString:
    """The state of a record as shape and word: a badge, or with line=True bare in a line of text.

    `word` says more than the plain label ("Hẹn đăng 8 giờ 00"); the shape stays that of the state.
    """
    shape, tone, label = shape_of(subject)
    return format_html(
        '<span class="{}{}">{}{}</span>',
        "state" if line else "badge",
        f" is-{tone}" if tone else "",
        icon(shape),
        word or label,
    )


@register.simple_tag(takes_context=True)
def nav_link(
    context: template.Context, view_name: str, words: str, symbol: str = "", count: int = 0
) -> SafeString:
    """A link to a section of the portal that marks where the reader stands."""
    address = reverse(view_name)
    path = context["request"].path
    # Below a section its link is still marked, though it is another page.
    here = "page" if path == address else "true" if address != "/" and path.startswith(address) else ""
    return format_html(
        '<a href="{}"{}>{}{}{}</a>',
        address,
        format_html(' aria-current="{}"', here) if here else "",
        icon(symbol) if symbol else "",
        words,
        format_html('<span class="count">{}<span class="sr"> chưa đọc</span></span>', count) if count else "",
    )


@register.simple_tag
def today() -> datetime.date:
    return timezone.localdate()


@register.simple_tag(takes_context=True)
def printed_from(context: template.Context) -> str:
    """What the foot of a printed page says: from which address, and when."""
    request: Any = context["request"]
    return f"In từ {request.get_host()}{request.path} lúc {moment(timezone.localtime())}."


def _said(write: Callable[[Given], str]) -> Callable[[Given | None], str]:
    """A filter that says nothing of nothing, and whose words never break across lines."""

    def said(value: Given | None) -> str:
        return dates.unbroken(write(value)) if value else ""

    return said


register.filter("richtext", richtext)
register.filter("day", _said(dates.day))
register.filter("day_short", _said(dates.day_short))
register.filter("weekday", _said(dates.weekday))
register.filter("day_official", _said(dates.day_official))
register.filter("duration", _said(dates.duration))


@register.filter
def day_long(value: dates.Day | None) -> str:
    """thứ Năm 26/9/2024: may break before the figures, nowhere else."""
    if not value:
        return ""
    return f"{dates.unbroken(dates.weekday(value))} {dates.day(value)}"


@register.filter
def hour(value: dates.Hour | None) -> str:
    # Midnight is a time of day like any other: only None says nothing.
    return "" if value is None else dates.unbroken(dates.hour(value))


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """14 giờ 00, thứ Năm 26/9/2024"""
    return f"{hour(value)}, {day_long(value)}" if value else ""


register.filter("number", numbers.number)
register.filter("percent", numbers.percent)
