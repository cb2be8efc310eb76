"""Formatted text: one field, one editor, one cleaner. No other module names CKEditor or nh3."""

from portal.richtext.fields import DeferredEditor, RichTextField, RichTextFormField, editor_settings
from portal.richtext.pages import editor_page
from portal.richtext.sanitiser import clean, is_empty, richtext, to_plain
from portal.richtext.uploads import allow_upload, may_upload

__all__ = [
    "DeferredEditor",
    "RichTextField",
    "RichTextFormField",
    "allow_upload",
    "clean",
    "editor_page",
    "editor_settings",
    "is_empty",
    "may_upload",
    "richtext",
    "to_plain",
]
