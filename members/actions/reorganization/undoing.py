"""A decision entered by mistake is taken back while nothing has been built on it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members.actions.reorganization.decisions import NOT_YOURS
from members.actions.reorganization.journal import TOUCHED, is_untouched, take_back
from members.actions.reorganization.telling import tell_undone
from members.models import PartyOrganization, Reorganization, ReorgKind, User
from members.permissions import can_reorganize, manages
from portal import audit


def undo_refusal(row: Reorganization) -> str | None:
    """Why it can't be taken back; shared by the button and the action."""
    if row.undone_at is not None:
        return "Quyết định này đã được hoàn tác."
    return None if is_untouched(row.journal) else TOUCHED


@audit.act
def undo(row: Reorganization, *, by: User, reason: str) -> Reorganization:
    """Everything stands as before; the trail keeps both the deed and its undoing."""
    row = Reorganization.objects.select_for_update(of=("self",)).select_related("source").get(pk=row.pk)
    if not may_undo(by, row):
        raise PermissionDenied(NOT_YOURS)
    if sentence := undo_refusal(row):
        raise ValidationError(sentence)
    if not reason.strip():
        raise ValidationError("Ghi lý do hoàn tác.")
    row.successions.all().delete()
    take_back(row.journal)
    # The words it is found by follow from the name.
    PartyOrganization.objects.get(pk=row.source_id).save(update_fields=["search_text"])
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    audit.record(
        "members.undo_reorganization",
        about=row.source,
        by=by,
        summary=f"Hoàn tác {row.get_kind_display().lower()} theo {row.decision_number}: {reason}",
    )
    tell_undone(row, by=by, reason=reason)
    return row


def may_undo(user: User, row: Reorganization) -> bool:
    if row.kind == ReorgKind.SET_UP:
        return manages(user, row.source)
    return can_reorganize(user, row.source)
