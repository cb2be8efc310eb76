"""A list of members brought in from a workbook: its check, its rows, and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from members.models.organizations import PartyOrganization
from members.models.people import PartyMember
from portal.files.fields import UploadField
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class ImportState(models.TextChoices):
    QUEUED = "queued", "Đang kiểm tra"
    CHECKED = "checked", "Chờ nhận"
    ACCEPTED = "accepted", "Đang ghi"
    DONE = "done", "Đã ghi vào hồ sơ"
    UNDONE = "undone", "Đã hoàn tác"
    REFUSED = "refused", "Không nhận tệp"
    CANCELLED = "cancelled", "Đã dừng"


#: What a worker has still to do; a row lock says who does it, so a killed worker leaves no trace.
WAITING = (ImportState.QUEUED, ImportState.ACCEPTED)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> Self:
        """A list brought in is seen by who brought it: it may name people in words of its own."""
        return self.filter(by=user) if user.is_active else self.none()


class ImportBatch(models.Model):
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người nhập", on_delete=models.PROTECT, related_name="+"
    )
    file = UploadField("tệp", upload_to="dang-vien/nhap/")
    name = NFCCharField("tên tệp", max_length=150)
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=ImportState.choices, default=ImportState.QUEUED
    )
    #: The last year of this century that two figures may mean: with 30, 24 is 2024 and 65 is 1965.
    pivot = models.PositiveSmallIntegerField("năm hai chữ số", null=True, blank=True)
    #: As found in the file: sheet, header, and the field it is read into.
    columns = models.JSONField("các cột", default=list)
    counts = models.JSONField("số dòng theo trạng thái", default=dict)
    trouble = NFCCharField("vì sao không nhận", max_length=300, blank=True)
    created_at = models.DateTimeField("tải lên lúc", default=timezone.now)
    written_at = models.DateTimeField("ghi lúc", null=True, blank=True)

    objects: ClassVar[ImportBatchQuerySet] = ImportBatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lượt nhập danh sách"
        verbose_name_plural = "lượt nhập danh sách"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def errors(self) -> int:
        return int(self.counts.get(RowState.ERROR, 0))

    @property
    def writable(self) -> int:
        """Rows that would change something."""
        return sum(int(self.counts.get(state, 0)) for state in WRITABLE)

    def accept_refusal(self, *, only_good: bool) -> str | None:
        """Why the rows can't be taken as asked; shared by the button and the action."""
        if self.state != ImportState.CHECKED:
            return "Danh sách này không chờ nhận."
        if not self.writable:
            return "Không có dòng nào làm thay đổi hồ sơ."
        if self.errors and not only_good:
            return f"Còn {self.errors} dòng lỗi. Sửa trong tệp rồi tải lại, hoặc chỉ nhận các dòng tốt."
        return None


class RowState(models.TextChoices):
    NEW = "new", "Mới"
    CHANGED = "changed", "Thay đổi"
    SAME = "same", "Như cũ"
    WARNING = "warning", "Cần xem"
    ERROR = "error", "Lỗi"


WRITABLE = (RowState.NEW, RowState.CHANGED, RowState.WARNING)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(batch__in=ImportBatch.objects.visible_to(user))


class ImportRow(models.Model):
    """One line of the list and what it would do. `changes` holds {field: [before, after]}."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField("trang tính", max_length=60)
    number = models.PositiveIntegerField("dòng")
    state = models.CharField("trạng thái", max_length=8, choices=RowState.choices)
    name = models.CharField("họ và tên", max_length=200, blank=True)
    member = models.ForeignKey(
        PartyMember, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    changes = models.JSONField("thay đổi", default=dict)
    #: [{"column", "code", "message"}], errors first.
    remarks = models.JSONField("ghi nhận", default=list)
    #: Fields of `changes` the person left as they are in the record.
    kept = models.JSONField("giữ như cũ", default=list)
    is_skipped = models.BooleanField("bỏ qua", default=False)
    is_written = models.BooleanField("đã ghi", default=False)

    objects: ClassVar[ImportRowQuerySet] = ImportRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dòng nhập"
        verbose_name_plural = "dòng nhập"
        ordering = ["pk"]
        indexes = [models.Index("batch", "state", "id", name="import_row_by_state")]

    def __str__(self) -> str:
        return f"{self.sheet}, dòng {self.number}"


class ImportColumn(models.Model):
    """A heading and what an organisation means by it: asked once, remembered for the next list."""

    organization = models.ForeignKey(PartyOrganization, on_delete=models.CASCADE, related_name="+")
    header = models.CharField("tiêu đề", max_length=200)
    field = models.CharField("đọc vào", max_length=40, blank=True)

    class Meta:
        verbose_name = "cột đã nhớ"
        verbose_name_plural = "cột đã nhớ"
        constraints = [models.UniqueConstraint(fields=["organization", "header"], name="import_header_once")]

    def __str__(self) -> str:
        return self.header
