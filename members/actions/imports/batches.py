"""What a person does with a list: brings it, says what its columns mean, chooses rows, accepts, stops."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from celery import current_app
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction

from members.imports.headers import FIELDS
from members.imports.workbook import check_workbook
from members.models import PartyOrganization, User
from members.models.imports import ImportBatch, ImportColumn, ImportRow, ImportState
from members.permissions import can_import_members, manages
from portal import audit
from portal.files.names import clean_name

logger = logging.getLogger(__name__)
#: By name: tasks stand above actions.
TASK = "members.tasks.run_import"
HOUR = 3600


@audit.act
def upload(file: File[bytes], *, organization: PartyOrganization, by: User) -> ImportBatch:
    """Keep the workbook and have it checked; nothing of the register changes yet."""
    if not can_import_members(by) or not manages(by, organization):
        raise PermissionDenied("Chỉ nhập danh sách của tổ chức trong phạm vi quản lý.")
    check_workbook(file)
    name = clean_name(file.name or "danh-sach.xlsx")
    batch = ImportBatch(by=by, organization=organization, name=name)
    batch.file.save(name, file, save=False)
    batch.save()
    audit.record("members.upload_list", about=batch, by=by, summary="Tải danh sách đảng viên lên để kiểm tra")
    call_worker(batch)
    return batch


@audit.act
def remap(batch: ImportBatch, *, fields: Mapping[str, str], pivot: int | None, by: User) -> ImportBatch:
    """Say what headings mean and how two-figure years are read; remembered for the next list."""
    batch = _locked(batch, by)
    if batch.state not in (ImportState.CHECKED, ImportState.REFUSED, ImportState.CANCELLED):
        raise ValidationError("Danh sách này đang chạy hoặc đã ghi, không đổi cách đọc được nữa.")
    for key, name in fields.items():
        if name and name not in FIELDS:
            raise ValidationError("Có cột chọn một mục không có trong hồ sơ.")
        ImportColumn.objects.update_or_create(
            organization=batch.organization, header=key, defaults={"field": name}
        )
    cache.delete(stop_key(batch.pk))
    batch.pivot, batch.state, batch.trouble = pivot, ImportState.QUEUED, ""
    batch.save(update_fields=["pivot", "state", "trouble"])
    call_worker(batch)
    return batch


@audit.act
def choose(
    batch: ImportBatch, *, shown: Iterable[int], skipped: set[int], kept: set[tuple[int, str]], by: User
) -> None:
    """Leave rows out, or single fields as they are in the record; `shown` are the rows decided about."""
    batch = _locked(batch, by)
    if batch.state != ImportState.CHECKED:
        raise ValidationError("Danh sách này không chờ nhận.")
    rows = list(ImportRow.objects.filter(batch=batch, pk__in=list(shown)))
    for row in rows:
        row.is_skipped = row.pk in skipped
        row.kept = sorted(name for name in row.changes if (row.pk, name) in kept)
    ImportRow.objects.bulk_update(rows, ["is_skipped", "kept"])


@audit.act
def accept(batch: ImportBatch, *, only_good: bool, by: User) -> ImportBatch:
    """Have the rows written in the background: all of them, or those without errors."""
    batch = _locked(batch, by)
    if refusal := batch.accept_refusal(only_good=only_good):
        raise ValidationError(refusal)
    # A wish to stop that came too late for the check is none for the writing.
    cache.delete(stop_key(batch.pk))
    batch.state = ImportState.ACCEPTED
    batch.save(update_fields=["state"])
    call_worker(batch)
    return batch


def cancel(batch: ImportBatch, *, by: User) -> None:
    """Ask the worker to stop. It holds the row, so the wish goes by way of the cache."""
    if batch.by_id != by.pk:
        raise PermissionDenied("Chỉ người nhập dừng được.")
    cache.set(stop_key(batch.pk), True, HOUR)
    audit.record("members.stop_import", about=batch, by=by, summary="Dừng nhập danh sách")
    call_worker(batch)


def call_worker(batch: ImportBatch) -> None:
    """A tap after the commit; beat looks at the table anyway."""
    transaction.on_commit(lambda: _tap(batch.pk), robust=True)


def _tap(pk: int) -> None:
    try:
        current_app.send_task(TASK, args=[pk], retry=False, ignore_result=True)
    except Exception:  # the edge: whatever the broker does, the row waits in the table
        logger.warning("The workers were not told of an import; beat will find it", exc_info=True)


def stop_key(pk: int) -> str:
    return f"import-stop:{pk}"


def _locked(batch: ImportBatch, by: User) -> ImportBatch:
    if batch.by_id != by.pk:
        raise PermissionDenied("Chỉ người nhập quyết định về danh sách này.")
    found: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    return found
