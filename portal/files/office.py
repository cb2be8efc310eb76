"""Word, Excel and PowerPoint files: a zip of XML, looked through before any reader opens it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.core.files import File

from portal.files.names import has_secrecy_mark

MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2000
# A chart keeps its workbook inside the document; nobody packs deeper than that.
_MAX_DEPTH = 2
_CHUNK = 1024 * 1024
_MAX_SEARCHED = 20 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = {".xml", ".rels", ".vml"}

_MAIN_PART = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}
_PROGRAMS = {
    ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".htm", ".html", ".jar", ".js", ".lnk", ".msi", ".ps1",
    ".scr", ".vbe", ".vbs", ".wsf",
}  # fmt: skip
_MACRO = re.compile(r"vbaproject|vbadata|/activex/|/macrosheets/", re.IGNORECASE)
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REMOTE = re.compile(
    rb"""<Relationship\b(?=[^>]*TargetMode\s*=\s*["']External)(?=[^>]*/(?:attachedTemplate|oleObject|frame|subDocument|"""
    rb"""externalLinkPath)["'])(?=[^>]*Target\s*=\s*["'](?:https?:|ftp:|smb:|\\\\|//|file:(?:////|\\\\|//[^/])))""",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(rb"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>")

_BROKEN = "Tệp bị hỏng hoặc không phải tệp Word, Excel, PowerPoint. Hãy mở lại tệp, lưu dạng mới rồi tải lên."


def check_office_file(file: File[bytes], ending: str) -> None:
    """Limits of size first, then the structure, then what the parts contain."""
    file.seek(0)
    try:
        _Inspection().look_into(file, file.size, _MAIN_PART[ending])
    except (
        BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise ValidationError(_BROKEN, code="content") from error


class _Inspection:
    """One upload with all that is packed in it: the limit of unpacked bytes is shared by every level."""

    def __init__(self) -> None:
        self.left = MAX_UNPACKED

    def look_into(
        self, file: IO[bytes] | File[bytes], size: int, main_part: bytes | None = None, *, depth: int = 1
    ) -> None:
        head = file.read(8)
        if head == _OLE:
            raise ValidationError(
                "Tệp đang đặt mật khẩu hoặc ở dạng cũ. Hãy bỏ mật khẩu, lưu lại.", code="locked"
            )
        # Anything before the zip is a second file in the same bytes.
        if not head.startswith(_ZIP) or depth > _MAX_DEPTH:
            raise BadZipFile
        with ZipFile(file) as package:
            self._check_sizes(package.infolist(), size)
            _check_names(package.infolist())
            _check_kind(package, main_part)
            for member in package.infolist():
                self._check_member(package, member, depth)

    def _check_sizes(self, members: list[ZipInfo], size: int) -> None:
        unpacked = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        self.left -= unpacked
        if len(members) > MAX_MEMBERS or self.left < 0 or unpacked > MAX_RATIO * max(packed, 1):
            raise ValidationError("Tệp nén quá nhiều dữ liệu để kiểm tra. Hãy chia nhỏ tệp.", code="bomb")
        if any(member.flag_bits & 0x1 for member in members):
            raise ValidationError("Tệp đang đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lại.", code="locked")
        if packed > size:
            # The members overlap: the same bytes are unpacked again and again.
            raise BadZipFile

    def _check_member(self, package: ZipFile, member: ZipInfo, depth: int) -> None:
        """Read to the end: the sizes and sums in the directory are only claims until then."""
        suffix = PurePosixPath(member.filename).suffix.lower()
        head = b""
        for chunk in _chunks(package, member):
            head = head or chunk[:8]
            if suffix in _XML and _DTD.search(_without_zeros(chunk)):
                raise _external()
        if suffix == ".rels" and _REMOTE.search(_without_zeros(package.read(member))):
            raise _external()
        if member.filename.startswith("word/") and suffix == ".xml" and member.file_size <= _MAX_SEARCHED:
            _refuse_marked_paragraph(package.read(member))
        if head.startswith(_ZIP):
            with package.open(member) as inner:
                self.look_into(inner, member.file_size, depth=depth + 1)


def _check_kind(package: ZipFile, main_part: bytes | None) -> None:
    try:
        types = package.read("[Content_Types].xml")
    except KeyError as error:
        raise BadZipFile from error
    if b"macroEnabled" in types or any(_MACRO.search(f"/{name}") for name in package.namelist()):
        raise ValidationError(
            "Tệp chứa macro. Hãy lưu lại dạng không macro (.docx, .xlsx, .pptx).", code="macro"
        )
    if main_part is not None and main_part not in types:
        raise BadZipFile


def _check_names(members: list[ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names) or any(_is_odd(name) for name in names):
        raise BadZipFile


def _is_odd(name: str) -> bool:
    path = PurePosixPath(name)
    return "\\" in name or ":" in name or path.is_absolute() or ".." in path.parts or path.suffix in _PROGRAMS


def _chunks(package: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The member in pieces that overlap a little, so that no word is cut in two."""
    tail = b""
    with package.open(member) as content:
        while chunk := content.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-64:]


def _without_zeros(xml: bytes) -> bytes:
    """UTF-16 hides a word from a search for its letters; without the zero bytes both read alike."""
    return xml.replace(b"\x00", b"")


def _external() -> ValidationError:
    return ValidationError(
        "Tệp tham chiếu đến nguồn bên ngoài hoặc chứa khai báo XML bị cấm. Hãy lưu lại thành tệp mới.",
        code="external",
    )


def _refuse_marked_paragraph(xml: bytes) -> None:
    if any(_is_marked(paragraph) for paragraph in _PARAGRAPH.findall(xml)):
        raise ValidationError(
            "Trong tài liệu có dấu chỉ độ mật. Cổng thông tin không chứa bí mật nhà nước: không tải lên.",
            code="secret",
        )


def _is_marked(paragraph: bytes) -> bool:
    """A paragraph that is nothing but the mark, as it stands at the head of a classified document."""
    text = unescape(b"".join(_TEXT.findall(paragraph)).decode(errors="replace")).strip()
    return len(text) <= 20 and has_secrecy_mark(text)
