"""Handing a file over. The caller has asked the owner's permission before."""

from urllib.parse import quote

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.files.names import clean_name
from portal.files.types import TYPES, ending
from portal.vietnamese import fold

_OTHER = "application/octet-stream"


def serve(request: HttpRequest, file: FieldFile, *, name: str = "", inline: bool = False) -> FileResponse:
    """`file` under the name people know it by; `inline` only works for pictures and PDF."""
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Không tìm thấy tệp.") from error
    file_type = TYPES.get(ending(file.name or ""))
    shown = inline and file_type is not None and file_type.inline
    response = FileResponse(content, content_type=file_type.content_type if file_type else _OTHER)
    _guard(response, disposition(name or file.name or "", inline=shown))
    response["Content-Security-Policy"] = _policy(shown and ending(file.name or "") == "pdf")
    return response


def attach(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """What was written just now, as a file to keep; never shown in the page's own place."""
    response = HttpResponse(content, content_type=content_type)
    _guard(response, disposition(name))
    response["Content-Security-Policy"] = _policy(is_pdf=False)
    return response


def _guard(response: HttpResponseBase, disposition: str) -> None:
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"


def _policy(is_pdf: bool) -> str:
    policy = (
        "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    # A browser shows no PDF inside a sandbox.
    return policy if is_pdf else f"{policy}; sandbox"


def disposition(name: str, *, inline: bool = False) -> str:
    """RFC 6266: a name without marks for old programs, the true one by RFC 8187."""
    name = clean_name(name)
    plain = "".join(sign for sign in fold(name) if sign.isascii() and sign.isprintable() and sign not in '"%')
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
