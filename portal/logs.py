"""Logs as lines of JSON: when, what, which request; never who, in words, or a secret.

Ids go into `extra`; names, addresses, numbers and tokens that slip into a message are masked.
"""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

request_number: ContextVar[str] = ContextVar("request_number", default="")
"""Shown on error pages and in every line logged meanwhile, so that one finds the other."""

requests_logger = logging.getLogger("portal.requests")

# PostgreSQL repeats the row's values in these lines of an error.
DATABASE_VALUES = re.compile(r"^(DETAIL|CONTEXT|Failing row).*$", re.MULTILINE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Telephone, citizen and card numbers; not the digits within an id such as a UUID.
LONG_NUMBER = re.compile(r"(?<![\w-])\+?\d(?:[ .]?\d){8,}(?![\w-])")
# Signed links and session keys: long, with capitals, small letters and digits mixed.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*[0-9])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w:-]{20,}")

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def masked(text: str) -> str:
    text = DATABASE_VALUES.sub(r"\1 …", text)
    text = EMAIL.sub("…@…", text)
    text = TOKEN.sub("…", text)
    return LONG_NUMBER.sub("…", text)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if number := request_number.get():
            line["request"] = number
        for name, value in vars(record).items():
            # Objects (Django adds the request itself) would bring their data along.
            if name not in STANDARD and isinstance(value, int | float | str | None):
                line[name] = masked(value) if isinstance(value, str) else value
        if record.exc_info:
            line["trace"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def number_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a number for each request, and one line about it when it is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request_number.set(secrets.token_hex(6))
        started = time.perf_counter()
        try:
            response = get_response(request)
            _log_answer(request, response, time.perf_counter() - started)
        finally:
            request_number.reset(token)
        return response

    return middleware


def _log_answer(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    # The route and not the path: paths hold slugs, searches and the tokens of signed links.
    match = request.resolver_match
    facts = {
        "method": request.method,
        "route": match.route if match else None,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
    }
    requests_logger.info("%(method)s %(route)s %(status)s", facts, extra=facts)
