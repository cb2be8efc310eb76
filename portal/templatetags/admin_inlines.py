"""{% load admin_inlines %}: Django's own table of inline rows, with what a screen reader misses there."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

DJANGOS = "admin/edit_inline/tabular.html"
MENDED = (
    # The column of the rows' names has a head without words.
    ('<th class="original"></th>', '<th class="original"><span class="sr">Bản ghi</span></th>'),
    # So has the column of the boxes for deleting, where nothing may be deleted.
    ("<th></th>", "<td></td>"),
    # The table scrolls sideways on a telephone, by keyboard too.
    ('data-inline-type="tabular"', 'data-inline-type="tabular" tabindex="0"'),
)


@register.simple_tag(takes_context=True)
def inline_table(context: Context) -> SafeString:
    flat: dict[Any, Any] = context.flatten()
    html: str = get_template(DJANGOS).render(flat)
    for before, after in MENDED:
        html = html.replace(before, after, 1)
    return mark_safe(html)
