"""From a letter to the bytes on the wire: the same bytes at every attempt.

Written by hand because it is the dearest step of a mass sending: subject, texts and attachments
that many letters share are encoded once. Nothing that comes from a person can start a new header
line: line breaks and control characters are gone before a value is encoded.
"""

from __future__ import annotations

import base64
import re
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone

from portal.models import Delivery
from portal.outbox import Attachment, Letter

CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
ATOM_TEXT = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+")
CRLF = "\r\n"


def build(delivery: Delivery, letter: Letter, address: str) -> bytes:
    """The whole message; its boundary comes from the Message-ID, so a repeat is the same letter."""
    mark = delivery.message_id[1:-1].rpartition("@")[0].replace(".", "-")
    body = _alternatives(letter, f"a-{mark}") if letter.html else _text_part("plain", letter.text)
    if letter.attachments:
        parts = [body, *(_attachment(attachment) for attachment in letter.attachments)]
        body = _multipart("mixed", f"m-{mark}", parts)
    return (_headers(delivery, letter, address) + body).encode("ascii", "strict")


def sender_address() -> str:
    return _parts(settings.DEFAULT_FROM_EMAIL)[1]


def checked_address(address: str) -> str:
    """The address with its domain in the ASCII form every server knows, or a ValidationError."""
    validate_email(address)
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def _headers(delivery: Delivery, letter: Letter, address: str) -> str:
    lines = [
        f"From: {_mailbox(*_parts(settings.DEFAULT_FROM_EMAIL))}",
        f"To: {_mailbox(delivery.name, address)}",
        f"Subject: {_encoded(letter.subject)}",
        # The moment it was meant to leave: a repeat carries the same one.
        f"Date: {format_datetime(timezone.localtime(delivery.notice.hold_until))}",
        f"Message-ID: {delivery.message_id}",
        "MIME-Version: 1.0",
        # No out-of-office answers to a machine (RFC 3834).
        "Auto-Submitted: auto-generated",
    ]
    if letter.reply_to:
        lines.append(f"Reply-To: {_mailbox(*_parts(clean(letter.reply_to)))}")
    if delivery.was_in_doubt:
        lines.append(f"X-Portal-Attempt: {delivery.attempts + 1}")
    return CRLF.join(lines) + CRLF


def clean(value: str) -> str:
    """One line without control characters."""
    return " ".join(CONTROL.sub(" ", value).split())


@lru_cache(maxsize=64)
def _parts(mailbox: str) -> tuple[str, str]:
    """Name and address; the same few mailboxes send everything."""
    return parseaddr(mailbox)


def _mailbox(name: str, address: str) -> str:
    name = clean(name)
    if not name:
        return f"<{address}>"
    if not name.isascii():
        name = _encoded(name)
    elif not ATOM_TEXT.fullmatch(name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{name}{CRLF} <{address}>"


@lru_cache(maxsize=1024)
def _encoded(value: str) -> str:
    value = clean(value)
    return Header(value, "utf-8" if not value.isascii() else "us-ascii", maxlinelen=72).encode(linesep=CRLF)


def _text_part(subtype: str, text: str) -> str:
    kind = f'Content-Type: text/{subtype}; charset="utf-8"'
    return CRLF.join([kind, "Content-Transfer-Encoding: base64", "", _base64(text.encode())])


def _alternatives(letter: Letter, boundary: str) -> str:
    parts = [_text_part("plain", letter.text), _text_part("html", letter.html)]
    return _multipart("alternative", boundary, parts)


def _multipart(subtype: str, boundary: str, parts: list[str]) -> str:
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{CRLF}{CRLF}'
    return head + "".join(f"--{boundary}{CRLF}{part}" for part in parts) + f"--{boundary}--{CRLF}"


@lru_cache(maxsize=64)
def _attachment(attachment: Attachment) -> str:
    """Cached: the calendar of a conference is the same for everybody."""
    name = clean(attachment.name).replace('"', "")
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    return CRLF.join(
        [
            f"Content-Type: {clean(attachment.kind)}",
            f"Content-Disposition: attachment; filename=\"{plain}\";{CRLF} filename*=utf-8''{quote(name)}",
            "Content-Transfer-Encoding: base64",
            "",
            _base64(attachment.content),
        ]
    )


def _base64(content: bytes) -> str:
    return base64.encodebytes(content).decode("ascii").replace("\n", CRLF)
