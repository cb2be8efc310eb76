"""Signed tokens for links, names derived from rows, and secrets of which only the digest is stored.

The same parts give the same token every time, so a letter sent twice carries the same link;
whether the link still counts is answered by the row, not by a time inside the token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

BYTES = 24  # 192 bits


def make_token(purpose: str, *parts: object) -> str:
    """32 characters for a link that only we can make: `make_token("meetings.answer", participant.pk)`."""
    return _token(settings.SECRET_KEY, purpose, parts)


def check_token(token: str, purpose: str, *parts: object) -> bool:
    """Whether we made `token` for exactly this purpose and these parts; constant-time."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    given = token.encode("utf-8", "replace")
    return any(hmac.compare_digest(given, _token(key, purpose, parts).encode()) for key in keys)


def derived_name(purpose: str, *parts: object) -> str:
    """24 hexadecimal digits for a Message-ID or a file name."""
    return _digest(settings.SECRET_KEY, purpose, parts).hex()[:24]


def new_secret() -> str:
    """256 random bits: nothing to guess and nothing to slow down by a costly digest."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _token(key: str, purpose: str, parts: tuple[object, ...]) -> str:
    return base64.urlsafe_b64encode(_digest(key, purpose, parts)[:BYTES]).decode()


def _digest(key: str, purpose: str, parts: tuple[object, ...]) -> bytes:
    # As JSON, so that ("1", "23") and ("12", "3") differ.
    value = json.dumps([str(part) for part in parts])
    return salted_hmac(f"portal.tokens:{purpose}", value, secret=key, algorithm="sha256").digest()
