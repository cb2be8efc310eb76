"""Kinds of meeting: what an office sets up once so that each conference starts half done."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from members.models import BodyType, Position
from portal.vietnamese.fields import NFCCharField


class QuorumRule(models.TextChoices):
    MORE_THAN_HALF = "more_than_half", "quá một nửa"
    TWO_THIRDS = "two_thirds", "ít nhất hai phần ba"
    FIXED = "fixed", "một số cố định"
    ALL = "all", "toàn thể"


class QuorumBase(models.TextChoices):
    CONVENED = "convened", "đại biểu chính thức được triệu tập"
    INCUMBENT = "incumbent", "ủy viên đương nhiệm"


class ItemKind(models.TextChoices):
    OPENING = "opening", "Khai mạc, thủ tục"
    REPORT = "report", "Báo cáo"
    OPINION = "opinion", "Cho ý kiến dự thảo"
    VOTE = "vote", "Biểu quyết"
    INFORMATION = "information", "Thông tin"
    REVIEW = "review", "Rà soát việc đã giao"
    CONCLUSION = "conclusion", "Kết luận"
    FAREWELL = "farewell", "Chia tay, tặng hoa"


class ClassSource(models.TextChoices):
    BODY = "body", "Thành viên của tập thể"
    MEMBERS = "members", "Toàn thể đảng viên của chi bộ"
    HEADS = "heads", "Người đứng đầu các tổ chức trực thuộc"
    POSITION = "position", "Người giữ chức vụ"
    ORGANS = "organs", "Cán bộ các ban, Văn phòng, đoàn thể"
    PERSON = "person", "Từng đồng chí"
    GUEST = "guest", "Khách mời ghi tên"


class AttendeeRole(models.TextChoices):
    OFFICIAL = "official", "Đại biểu chính thức"
    INVITED = "invited", "Đại biểu mời dự"


class SummonKind(models.TextChoices):
    SUMMONED = "summoned", "Triệu tập"
    INVITED = "invited", "Mời dự"


class MeetingKind(models.Model):
    name = NFCCharField("tên loại", max_length=120, unique=True)
    body_type = models.CharField("của", max_length=24, choices=BodyType.choices)
    noun = NFCCharField("cách gọi", max_length=40, default="Hội nghị")
    is_numbered = models.BooleanField("đánh số lần thứ", default=True)
    is_on_schedule = models.BooleanField(
        "đưa lên lịch công tác tuần",
        default=False,
        help_text="Tên, giờ, nơi họp và thành phần hiện cho mọi người khi lịch tuần được đăng.",
    )
    notice_working_days = models.PositiveSmallIntegerField("gửi giấy mời trước (ngày làm việc)", default=3)
    paper_working_days = models.PositiveSmallIntegerField("gửi tài liệu trước (ngày làm việc)", default=3)

    class Meta:
        verbose_name = "loại hội nghị"
        verbose_name_plural = "loại hội nghị"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def quorum_on(self, day: datetime.date) -> QuorumProvision:
        """What held on the day. Where nothing was decided it is two thirds (domain §2.2, item 6)."""
        decided = self.quorum_provisions.filter(valid_from__lte=day).order_by("-valid_from").first()
        return decided or QuorumProvision(kind=self)


class QuorumProvision(models.Model):
    """How many must be present at a kind of meeting, from a day on until another provision begins."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="quorum_provisions")
    valid_from = models.DateField("từ ngày")
    rule = models.CharField(
        "số cần có mặt", max_length=16, choices=QuorumRule.choices, default=QuorumRule.TWO_THIRDS
    )
    number = models.PositiveSmallIntegerField("số cố định", null=True, blank=True)
    base = models.CharField(
        "tính trên", max_length=10, choices=QuorumBase.choices, default=QuorumBase.CONVENED
    )
    basis = NFCCharField("căn cứ", max_length=200, help_text="Văn bản quy định, ví dụ Quy chế làm việc")

    class Meta:
        verbose_name = "quy định số cần có mặt"
        verbose_name_plural = "quy định số cần có mặt"
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                name="quorum_provision_once_a_day",
                violation_error_message="Từ ngày này đã có một quy định.",
            ),
            models.CheckConstraint(
                condition=~Q(rule=QuorumRule.FIXED) | Q(number__isnull=False, number__gt=0),
                name="fixed_quorum_names_its_number",
                violation_error_message="Chọn “một số cố định” thì phải ghi số đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_rule_display()}"


class SkeletonItem(models.Model):
    """An agenda item that every conference of a kind begins with."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="skeleton")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = NFCCharField("nội dung", max_length=300)
    item_kind = models.CharField("loại", max_length=12, choices=ItemKind.choices)
    presenter_text = NFCCharField("trình bày", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("số phút", default=10)

    class Meta:
        verbose_name = "mục chương trình mẫu"
        verbose_name_plural = "chương trình mẫu"
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return self.title


class ClassRule(models.Model):
    """How one class of participants is found: a source, narrowed by a body or a position."""

    label = NFCCharField("thành phần", max_length=200)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    source = models.CharField("lấy từ", max_length=12, choices=ClassSource.choices)
    body_type = models.CharField("tập thể", max_length=24, choices=BodyType.choices, blank=True)
    positions = models.ManyToManyField(Position, verbose_name="chức vụ", related_name="+", blank=True)
    role = models.CharField("tư cách", max_length=10, choices=AttendeeRole.choices)
    summon = models.CharField("hình thức", max_length=10, choices=SummonKind.choices)

    class Meta:
        abstract = True


class DefaultClass(ClassRule):
    """A class of participants that a kind of meeting usually has."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="default_classes")

    class Meta:
        verbose_name = "thành phần mặc định"
        verbose_name_plural = "thành phần mặc định"
        ordering: ClassVar[list[str]] = ["kind", "order"]

    def __str__(self) -> str:
        return self.label
