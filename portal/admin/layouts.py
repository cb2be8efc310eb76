"""The layouts of papers, one row a guide."""

from __future__ import annotations

from django.contrib import admin

from portal.admin.base import PortalModelAdmin
from portal.models import DocumentLayout


@admin.register(DocumentLayout)
class DocumentLayoutAdmin(PortalModelAdmin):
    list_display = ["basis", "effective_from", "part_numbering"]
    search_fields = ["basis"]
    fieldsets = [
        (None, {"fields": ["effective_from", "basis"]}),
        (
            "Trang giấy A4",
            {
                "fields": [
                    ("margin_top", "margin_bottom", "margin_left", "margin_right"),
                    "is_mirrored",
                    "page_number_top",
                ]
            },
        ),
        (
            "Đoạn văn",
            {"fields": [("first_line", "line_spacing", "paragraph_spacing"), "part_numbering"]},
        ),
        (
            "Cỡ chữ (pt)",
            {
                "fields": [
                    ("title_size", "superior_size", "issuer_size"),
                    ("number_size", "date_size"),
                    ("type_size", "abstract_size", "body_size", "table_size"),
                    ("signature_size", "recipients_head_size", "recipients_size"),
                ]
            },
        ),
    ]
