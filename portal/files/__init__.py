"""Uploaded files: checked before they are kept, kept under names of our own, served by permission."""

from portal.files.keeping import delete_after_commit, nothing_left_behind
from portal.files.serving import attach, serve

__all__ = ["attach", "delete_after_commit", "nothing_left_behind", "serve"]
