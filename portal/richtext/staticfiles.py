"""Static files of the apps, without the parts of CKEditor that nobody may reach."""

from collections.abc import Iterator
from posixpath import normpath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import Storage

EDITOR = "ckeditor/ckeditor/"


def is_withheld(path: str) -> bool:
    """Pages of the bundle (its own tests, previews) and plugins the editor is told not to load."""
    path = normpath(path)
    if not path.startswith(EDITOR):
        return False
    removed = str(settings.CKEDITOR_CONFIGS["default"]["removePlugins"]).split(",")
    return path.endswith((".html", ".htm", ".md")) or path.startswith(
        tuple(f"{EDITOR}plugins/{plugin}/" for plugin in removed)
    )


class LockedDownFinder(AppDirectoriesFinder):
    """Neither collected for production nor served in development."""

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if not is_withheld(path):
                yield path, storage

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        return [] if is_withheld(path) else super().find(path, *args, **kwargs)
