"""Is this upload what it says it is, and harmless? Asked before any other program reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files import File

from portal.files.names import clean_name, refuse_secrecy_mark
from portal.files.office import check_office_file
from portal.files.pdf import check_pdf
from portal.files.pictures import check_picture, rewritten
from portal.files.types import MAX_SIZE, TYPES, FileType, Kind, ending, endings

EMPTY = "Tệp rỗng. Hãy kiểm tra lại tệp trên máy của đồng chí."

# Old formats people still have at hand, with what to do about them.
_ADVICE = {
    "doc": "Hãy mở bằng Word và lưu lại dạng .docx.",
    "xls": "Hãy mở bằng Excel và lưu lại dạng .xlsx.",
    "ppt": "Hãy mở bằng PowerPoint và lưu lại dạng .pptx.",
    "docm": "Tệp này chứa macro. Hãy lưu lại dạng .docx.",
    "xlsm": "Tệp này chứa macro. Hãy lưu lại dạng .xlsx.",
    "pptm": "Tệp này chứa macro. Hãy lưu lại dạng .pptx.",
    "zip": "Hãy giải nén và tải từng tệp.",
    "rar": "Hãy giải nén và tải từng tệp.",
    "7z": "Hãy giải nén và tải từng tệp.",
    "heic": "Hãy chuyển ảnh sang .jpg.",
}


@dataclass(frozen=True)
class Upload:
    """A file that passed: its cleaned name and what the portal knows of its type."""

    name: str
    ending: str
    file_type: FileType


def check_upload(file: File[bytes], *, kinds: tuple[Kind, ...] = ("document",)) -> Upload:
    """Judge an upload by name, size and content; `ValidationError` says in Vietnamese what is wrong."""
    upload = _named(file, kinds)
    refuse_secrecy_mark(upload.name)
    _check_size(file, upload.file_type.kind)
    try:
        _content_check(upload)(file, upload.ending)
    finally:
        file.seek(0)
    return upload


def accepted(file: File[bytes], *, kinds: tuple[Kind, ...] = ("document",)) -> File[bytes]:
    """The upload as it is kept: checked, under a cleaned name, a picture written anew without a second
    file behind it and without the place where it was taken."""
    upload = check_upload(file, kinds=kinds)
    if upload.file_type.kind == "image":
        file.file = rewritten(file).file
        file.size = file.file.size
    file.name = upload.name
    return file


def _named(file: File[bytes], kinds: tuple[Kind, ...]) -> Upload:
    name = clean_name(file.name or "")
    given = ending(name)
    file_type = TYPES.get(given)
    if file_type is None or file_type.kind not in kinds:
        allowed = ", ".join(f".{name}" for name in endings(kinds))
        advice = _ADVICE.get(given, "")
        raise ValidationError(f"Chỉ nhận tệp {allowed}. {advice}".strip(), code="type")
    return Upload(name, given, file_type)


def _check_size(file: File[bytes], kind: Kind) -> None:
    if not file.size:
        raise ValidationError(EMPTY, code="empty")
    if file.size > MAX_SIZE[kind]:
        limit = MAX_SIZE[kind] // (1024 * 1024)
        raise ValidationError(f"Tệp lớn quá {limit} MB. Hãy giảm dung lượng hoặc chia nhỏ tệp.", code="size")


def _content_check(upload: Upload) -> Callable[[File[bytes], str], None]:
    if upload.file_type.kind == "image":
        return check_picture
    return check_pdf if upload.ending == "pdf" else check_office_file
