"""A list is taken back while nobody has touched what it wrote: then every record is what it was."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from members.actions.imports.writing import STEP, stored, wanted
from members.models import FormerNumber, Membership, PartyMember, User
from members.models.history import forget
from members.models.imports import ImportBatch, ImportRow, ImportState
from portal import audit


@audit.act
def undo(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Restore changed records and take new ones out; refused as a whole where anything was touched."""
    if batch.by_id != by.pk:
        raise PermissionDenied("Chỉ người nhập hoàn tác được.")
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.DONE:
        raise ValidationError("Danh sách này chưa ghi hoặc đã hoàn tác.")
    rows = list(batch.rows.filter(is_written=True))
    members = PartyMember.objects.select_for_update().in_bulk([row.member_id for row in rows])
    touched = [row.name for row in rows if not _is_untouched(row, members)]
    if touched:
        named = ", ".join(touched[:3]) + (" …" if len(touched) > 3 else "")
        raise ValidationError(
            f"Không hoàn tác được: {len(touched)} hồ sơ đã có người sửa sau khi nhập ({named})."
        )
    new = [row.member_id for row in rows if row.member_id and "organization" in row.changes]
    _restore([row for row in rows if "organization" not in row.changes], members, batch)
    _take_out(new, batch)
    batch.state = ImportState.UNDONE
    batch.save(update_fields=["state"])
    audit.record(
        "members.undo_import", about=batch, by=by, summary=f"Hoàn tác nhập danh sách: {len(rows)} hồ sơ"
    )
    return batch


def _is_untouched(row: ImportRow, members: dict[int, PartyMember]) -> bool:
    member = members.get(row.member_id or 0)
    if member is None:
        return False
    return all(getattr(member, name) == value for name, value in wanted(row).items())


def _restore(rows: list[ImportRow], members: dict[int, PartyMember], batch: ImportBatch) -> None:
    fields: set[str] = {"sort_key", "search_text"}
    for row in rows:
        member = members[row.member_id]  # type: ignore[index]
        for name in wanted(row):
            setattr(member, name, stored(name, row.changes[name][0]))
            fields.add(name)
        member.derive()
    changed = [row.member_id for row in rows]
    FormerNumber.objects.filter(batch=batch).delete()
    PartyMember.objects.bulk_update([members[pk] for pk in changed if pk], fields, batch_size=STEP)


def _take_out(new: list[int], batch: ImportBatch) -> None:
    """Only a record with nothing behind it but the membership the list gave it goes again. The database
    itself is asked: looking through every relation first takes a quarter of a minute for a large list."""
    batch.rows.filter(member__in=new).update(member=None)
    held = list(Membership.objects.filter(member__in=new).values_list("pk", flat=True))
    Membership.objects.filter(pk__in=held).delete()
    members = PartyMember.objects.filter(pk__in=new)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            members._raw_delete(members.db)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise ValidationError(
            "Không hoàn tác được: có hồ sơ mới đã được ghi thêm việc khác (chức vụ, huy hiệu, tài khoản …)."
        ) from error
    # Nobody could read it any more, and it names people who ought never to have been in the register.
    forget(new, PartyMember)
    forget(held, Membership)
