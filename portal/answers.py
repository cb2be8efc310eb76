"""Answers for scripts: JSON that no cache keeps and no page can be made of (headers: class json)."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}


def json_answer(content: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers=_HEADERS)
