"""Where uploads lie: outside every web folder, whole or not at all."""

from __future__ import annotations

import errno
import os
import uuid
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

from portal.files.types import TYPES, ending

NO_SPACE = "Máy chủ hết chỗ lưu tệp, tệp chưa được lưu. Hãy báo quản trị hệ thống rồi thử lại."


@deconstructible(path="portal.files.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Random names, and a file appears under its name only when its last byte is on the disk.

    Django's own storage leaves half a file behind when the disk is full (measured: reliability, §8).
    """

    def get_valid_name(self, name: str) -> str:
        """A random name with an ending from our own list: nothing of the user's reaches the disk."""
        given = ending(name)
        return f"{uuid.uuid4().hex}.{given if given in TYPES else 'bin'}"

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return str(PurePosixPath(name).with_name(self.get_valid_name(name)))

    def _save(self, name: str, content: File[bytes]) -> str:
        final = Path(self.path(name))
        partial = final.with_name(f".{final.name}.part")
        try:
            final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(partial, content)
            partial.rename(final)
            self._flush_folder(final.parent)
        except BaseException as error:
            partial.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise ValidationError(NO_SPACE, code="no_space") from error
            raise
        return str(PurePosixPath(name))

    def _write(self, path: Path, content: File[bytes]) -> None:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for chunk in content.chunks():
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())

    def _flush_folder(self, folder: Path) -> None:
        """The name itself is on the disk only when the folder is."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
