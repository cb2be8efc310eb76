"""Uploaded files: checked before they are kept, kept under names of our own, served by permission."""

from portal.files.serving import attach, serve

__all__ = ["attach", "serve"]
