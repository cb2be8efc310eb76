"""`record` writes the line that says who did what; it joins the caller's transaction.

Middleware says once per request where the deed comes from, so that no action has to pass it on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from portal.audit.acts import present
from portal.models import AuditEntry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Origin(NamedTuple):
    ip: str | None = None
    request_id: str = ""


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=NOWHERE)


@contextmanager
def coming_from(*, ip: str | None, request_id: str) -> Iterator[None]:
    """Everything recorded inside carries this address and request number."""
    token = _origin.set(Origin(ip, request_id))
    try:
        yield
    finally:
        _origin.reset(token)


def record(
    action: str,
    *,
    about: Model,
    by: AbstractBaseUser | None,
    summary: str = "",
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one line: `action` like "meetings.convene", `summary` a short sentence without
    personal data, `changes` as {field: [before, after]}."""
    origin = _origin.get()
    return AuditEntry.objects.create(
        actor_id=by.pk if by else None,
        action=action,
        about_type=ContentType.objects.get_for_model(about),
        about_id=about.pk,
        about_text=_one_line(str(about), 250),
        summary=_one_line(summary, 300),
        changes=changes or {},
        ip=origin.ip,
        request_id=origin.request_id,
        act=present(),
    )


def _one_line(text: str, length: int) -> str:
    """No line breaks, so that a name can't forge a second line in an export or a log."""
    return " ".join(text.split())[:length]
