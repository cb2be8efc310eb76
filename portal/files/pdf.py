"""PDF: a whole document without code, attachments or a lock."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from django.core.files import File

_END = re.compile(rb"%%EOF\s*\Z")
_STREAM = re.compile(rb"<<(?P<about>.{0,2000}?)>>\s*stream\r?\n(?P<body>.*?)endstream", re.DOTALL)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_END = rb"(?=[\s/<>\[\](){}%]|\Z)"
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFiles?|XFA)" + _NAME_END)
_LOCKED = re.compile(rb"/Encrypt" + _NAME_END)
_MAX_INFLATED = 20 * 1024 * 1024


def check_pdf(file: File[bytes], ending: str) -> None:
    """Structure and active content; streams of text and pictures are not looked into."""
    file.seek(0)
    data = file.read()
    if not data.startswith(b"%PDF-") or not _END.search(data[-2048:]) or is_zipfile(file):
        raise ValidationError(
            "Tệp không phải PDF hợp lệ hoặc bị hỏng. Hãy xuất lại từ tài liệu gốc.", code="content"
        )
    for part in _readable_parts(data):
        # Names may be written with escapes: /J#61vaScript.
        plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)
        if _LOCKED.search(plain):
            raise ValidationError("PDF đang đặt mật khẩu hoặc khóa. Hãy bỏ khóa rồi tải lại.", code="locked")
        if _ACTIVE.search(plain):
            raise ValidationError(
                "PDF chứa mã lệnh, biểu mẫu động hoặc tệp đính kèm. Hãy in lại ra PDF (Print to PDF).",
                code="active",
            )


def _readable_parts(data: bytes) -> Iterator[bytes]:
    """What stands outside streams, and the objects packed inside object streams."""
    yield _STREAM.sub(lambda found: b"<<" + found["about"] + b">>", data)
    left = _MAX_INFLATED
    for stream in _STREAM.finditer(data):
        if b"/ObjStm" not in _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), stream["about"]):
            continue
        try:
            inflated = zlib.decompressobj().decompress(stream["body"], left) if left else b""
        except zlib.error:
            inflated = stream["body"]
        left -= min(left, len(inflated))
        if not left:
            raise ValidationError(
                "PDF quá phức tạp để kiểm tra. Hãy in lại ra PDF (Print to PDF).", code="bomb"
            )
        yield inflated
