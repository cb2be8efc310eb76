"""Uploaded files: checked before they are kept, kept under names of our own, served by permission."""

from portal.files.serving import serve

__all__ = ["serve"]
